"""What every test may lean on: the real corpus, the mini corpus, and their texts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kzgraph.build import Graph, build
from kzgraph.paths import Root, find_root

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
MINI = HERE / "mini"
os.environ.setdefault("KZGRAPH_CACHE", str(TOP / ".cache" / "graphs"))  # shared by the processes that tests start


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds --accept, which renews the golden files."""
    parser.addoption("--accept", action="store_true", help="renew the golden files from what is answered now")


@pytest.fixture(scope="session")
def root() -> Root:
    """The data folders of the real corpus."""
    return find_root(TOP)


@pytest.fixture(scope="session")
def mini_root() -> Root:
    """The data folders of the mini corpus: its own graph/, the shipped ontology and queries."""
    return find_root(MINI)


@pytest.fixture(scope="session")
def mini_sources() -> Path:
    """The source texts of the mini corpus."""
    return MINI / "sources"


@pytest.fixture(scope="session")
def sources() -> Path:
    """The source texts of the real corpus; their absence is a failure, never a skip."""
    folder = Path(os.environ.get("KZGRAPH_SOURCES") or TOP.parent / "shared" / "sources")
    if not folder.is_dir():
        pytest.fail(f"the source texts are not at {folder}; name their folder with KZGRAPH_SOURCES")
    return folder


@pytest.fixture(scope="session")
def mini(mini_root: Root, mini_sources: Path) -> Graph:
    """The mini corpus, built."""
    return build(mini_root, sources=mini_sources)


@pytest.fixture(scope="session")
def graph(root: Root) -> Graph:
    """The real corpus, built."""
    return build(root)
