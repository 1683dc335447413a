"""The README says what is true: its commands are run, and their output is compared."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
README = (TOP / "README.md").read_text("utf-8")
CONSOLE = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Every `$ command` of the README with the output that stands below it."""
    found = []
    for block in CONSOLE:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def matches(shown: str, said: str) -> bool:
    """Whether what was said is what is shown; a line `…` stands for any lines, `…` within one for any text."""
    pattern = "\n".join(re.escape(line.rstrip()) for line in shown.rstrip().split("\n"))
    pattern = pattern.replace("\n…\n", "\n(?:.*\n)*?").replace("\n…", "(?:\n.*)*").replace("…", ".*?")
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in said.rstrip().split("\n"))) is not None


@pytest.mark.parametrize(("command", "shown"), commands(), ids=[command for command, _ in commands()])
def test_a_command_of_the_readme_says_what_is_shown(command: str, shown: str, tmp_path: Path, sources: Path) -> None:
    words = shlex.split(command)
    assert words[0] == "kzgraph", "the README's console blocks hold kzgraph's own verbs"
    env = {**os.environ, "KZGRAPH_SOURCES": str(sources), "KZGRAPH_ROOT": str(TOP), "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, "-m", "kzgraph", *words[1:]],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not shown.strip() or matches(shown, done.stdout + done.stderr), done.stdout + done.stderr


@pytest.mark.parametrize("code", PYTHON, ids=[str(number) for number, _ in enumerate(PYTHON)])
def test_python_of_the_readme_runs(code: str, tmp_path: Path) -> None:
    env = {**os.environ, "KZGRAPH_ROOT": str(TOP)}
    shown = "\n".join(re.findall(r"^# → (.*)$", code, re.MULTILINE))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not shown or matches(shown, done.stdout), done.stdout


def test_every_verb_is_told() -> None:
    from kzgraph.cli import main

    for verb in main.commands:
        assert f"kzgraph {verb}" in README, verb


def test_pictures_and_links_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", README):
        name = target[0] or target[1]
        assert (TOP / name).exists(), name
