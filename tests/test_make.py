"""The two commands of the README, as far as a test can run them without running itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent


def test_make_alone_lists_the_verbs() -> None:
    done = subprocess.run(["make", "--no-print-directory"], cwd=TOP, capture_output=True, text=True, check=True)
    for verb in ("demo", "test", "quick", "check", "fmt", "bench"):
        assert f"make {verb}" in done.stdout


def test_ci_runs_the_readme_s_test_command() -> None:
    command = "make test"
    assert command in (TOP / "README.md").read_text("utf-8")
    assert (TOP / ".ci" / "run").read_text("utf-8").strip().splitlines()[-1] == command


@pytest.mark.slow
def test_the_demo_builds_a_page_and_answers_a_question(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"PATH": f"{Path(sys.executable).parent}:{env['PATH']}", "KZGRAPH_ROOT": str(TOP)}
    done = subprocess.run(
        ["bash", str(TOP / "tools" / "demo.sh")], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert "doc:haldane-kazakhstan-profile" in done.stdout
    assert (tmp_path / "build" / "kazakhstan.html").stat().st_size > 100_000
