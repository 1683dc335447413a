"""docs/cli.md is what ``--help`` says, and every example in it runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kzgraph.cli import main

TOP = Path(__file__).resolve().parent.parent
REFERENCE = TOP / "docs" / "cli.md"


def reference() -> str:
    """The help of every verb as one Markdown file."""
    parts = [
        "# The command line\n\nWhat `kzgraph --help` and `kzgraph VERB --help` say; the tests keep this page equal.\n"
    ]
    width = {"terminal_width": 100, "max_content_width": 100}
    context = click.Context(main, info_name="kzgraph", **width, **main.context_settings)
    parts.append(f"```text\n{main.get_help(context)}\n```\n")
    for name, command in sorted(main.commands.items()):
        inner = click.Context(command, info_name=name, parent=context, **width)
        parts.append(f"## {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


def examples() -> list[str]:
    """Every example of every verb's help."""
    found = []
    for name, command in sorted(main.commands.items()):
        text = (command.help or "").partition("Example")[2]
        lines = re.findall(r"kzgraph .*", text)
        assert lines, name
        found += lines
    return found


def test_the_page_is_what_help_says(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        REFERENCE.write_text(reference(), "utf-8")
    assert REFERENCE.read_text("utf-8") == reference()


@pytest.mark.slow
@pytest.mark.parametrize("command", examples())
def test_every_example_runs(command: str, tmp_path: Path, sources: Path) -> None:
    words = shlex.split(command)[1:]
    (tmp_path / "texts").symlink_to(sources)
    root = tmp_path / "root"
    for part in ("ontology", "graph", "queries"):
        shutil.copytree(TOP / part, root / part)
    words = ["haldane-kazakhstan-profile" if word == "my-article" else word for word in words]
    env = {**os.environ, "KZGRAPH_ROOT": str(root), "KZGRAPH_SOURCES": str(sources)}
    done = subprocess.run(
        [sys.executable, "-m", "kzgraph", *words], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
