"""The README and the pages on analysis say what is true: their commands are run, and their output is compared.

``--accept`` renews the output that is shown: as many lines as are shown now, or all if nothing is left out.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
PAGES = {
    page.relative_to(TOP).as_posix(): page
    for page in (TOP / "README.md", *sorted((TOP / "docs/analysis").glob("*.md")))
}
README = PAGES["README.md"].read_text("utf-8")
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_FIRST = 25  # lines that are shown of a command which shows none yet


def commands() -> list[tuple[str, str, str]]:
    """Every `$ command` of every page with the output that stands below it."""
    found = []
    for name, page in PAGES.items():
        for block in _CONSOLE.findall(page.read_text("utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                found.append((name, command, output))
    return found


def matches(shown: str, said: str) -> bool:
    """Whether what was said is what is shown; a line `…` stands for any lines, `…` within one for any text."""
    pattern = "\n".join(re.escape(line.rstrip()) for line in shown.rstrip().split("\n"))
    pattern = pattern.replace("\n…\n", "\n(?:.*\n)*?").replace("\n…", "(?:\n.*)*").replace("…", ".*?")
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in said.rstrip().split("\n"))) is not None


def renewed(shown: str, said: str) -> str:
    """What is to be shown of what was said: as many lines of its beginning and its end as are shown now."""
    lines = [line.rstrip() for line in said.rstrip().split("\n")]
    kept = shown.rstrip().split("\n") if shown.strip() else [""] * _FIRST + ["…"]
    if "…" not in kept:
        return "\n".join(lines) + "\n"
    head, tail = kept.index("…"), kept[::-1].index("…")
    if len(lines) <= head + tail:
        return "\n".join(lines) + "\n"
    return "\n".join([*lines[:head], "…", *lines[len(lines) - tail :]]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "command", "shown"), commands(), ids=[f"{page}: {command}" for page, command, _ in commands()]
)
def test_a_command_of_a_page_says_what_is_shown(
    page: str, command: str, shown: str, tmp_path: Path, sources: Path, request: pytest.FixtureRequest
) -> None:
    words = shlex.split(command)
    assert words[0] == "kzgraph", "console blocks hold kzgraph's own verbs"
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
    said = done.stdout + done.stderr
    if request.config.getoption("--accept") and not (shown.strip() and matches(shown, said)):
        text = PAGES[page].read_text("utf-8")
        shown = renewed(before := shown, said)
        PAGES[page].write_text(text.replace(f"$ {command}\n{before}", f"$ {command}\n{shown}"), "utf-8")
    assert matches(shown, said), said


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


@pytest.mark.parametrize("page", PAGES)
def test_pictures_and_links_are_there(page: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", PAGES[page].read_text("utf-8")):
        name = target[0] or target[1]
        assert (PAGES[page].parent / name).exists(), name
