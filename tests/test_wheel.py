"""What is published works away from the checkout: the wheel holds its data, and its commands run anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import TOP

from kzgraph.build import Graph

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command away from the checkout; it must succeed."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("KZGRAPH", "PYTHON"))}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh sdist and of the wheel that is made from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, TOP, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def kzgraph(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of the wheel, installed by itself in a new environment with exactly the locked dependencies."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=True)
    pip = [home / "bin" / "python", "-m", "pip", "install", "-q", "-q", "--disable-pip-version-check"]
    run(*pip, "--constraint", TOP / "requirements.lock", wheel, cwd=home)
    return home / "bin" / "kzgraph"


def files(folder: Path, *suffixes: str) -> set[str]:
    """The files below a folder of the checkout, as paths from the checkout."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(TOP).as_posix() for path in found if not suffixes or path.suffix in suffixes}


def data() -> set[str]:
    """The files of the ontology, the graph and the queries."""
    return {name for part in ("ontology", "graph", "queries") for name in files(TOP / part)}


def test_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == files(TOP / "kzgraph") | {f"kzgraph/_data/{name}" for name in data()}
    licences = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA"}


def test_sdist_holds_what_a_wheel_and_the_tests_are_made_of(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert names >= files(TOP / "kzgraph") | data() | files(TOP / "tests", ".py")
    assert names >= {"pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", "CITATION.cff"}


def test_commands_work_away_from_the_checkout(kzgraph: Path, graph: Graph, tmp_path: Path) -> None:
    assert "kzgraph build" in run(kzgraph, "--help", cwd=tmp_path).stdout
    run(kzgraph, "check", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert graph.digest in run(kzgraph, "build", "--store", "store", cwd=tmp_path).stdout
    assert (tmp_path / "build" / "kzgraph.nq").read_bytes() == graph.nquads
    count = "SELECT (COUNT(*) AS ?n) { ?claim a kz:Claim }"
    claims = sum(len(document.claims) for document in graph.corpus.documents)
    for place in ([], ["--store", "store"]):
        answer = run(kzgraph, *place, "query", count, "--format", "csv", cwd=tmp_path).stdout
        assert answer.splitlines() == ["n", str(claims)]
    run(kzgraph, "--store", "store", "view", "--out", "graph.html", cwd=tmp_path)
    assert "<html" in (tmp_path / "graph.html").read_text(encoding="utf-8")
    run(kzgraph, "--store", "store", "export", "graph.ttl", cwd=tmp_path)
    assert (tmp_path / "graph.ttl").stat().st_size > 100_000
