"""A graph that was built is kept, and never out of date."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kzgraph import cache
from kzgraph.build import Graph
from kzgraph.errors import CorpusError
from kzgraph.paths import Root, find_root

MINI = Path(__file__).resolve().parent / "mini"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one's own."""
    monkeypatch.setenv("KZGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def mine(tmp_path: Path) -> Root:
    """A copy of the mini corpus."""
    shutil.copytree(MINI / "graph", tmp_path / "mine" / "graph")
    return find_root(tmp_path / "mine")


def test_what_is_kept_is_the_graph(home: Path, mini_root: Root, mini: Graph) -> None:
    for _ in ("built", "kept"):
        with cache.opened(mini_root) as store:
            assert sorted(store.dump().splitlines()) == sorted(mini.nquads.splitlines())
    assert [path.name for path in home.iterdir()] == [cache.key(mini_root)]


def test_a_changed_byte_is_another_graph(home: Path, mine: Root) -> None:
    before = cache.opened(mine).query(COUNT)
    entities = mine.graph / "entities" / "agents.yaml"
    entities.write_text(entities.read_text("utf-8").replace("label: Dana Ospan", "label: Dana O."), "utf-8")
    with cache.opened(mine) as store:
        assert store.query(COUNT) == before
        assert store.query("ASK { ?s ?p 'Dana O.'@en }") is True
    assert len(list(home.iterdir())) == 2


def test_a_mistake_is_told_as_ever(home: Path, mine: Root) -> None:
    cache.opened(mine).close()
    (mine.graph / "entities" / "agents.yaml").write_text("entities: [", "utf-8")
    with pytest.raises(CorpusError):
        cache.opened(mine)


def test_few_graphs_are_kept(home: Path, mine: Root) -> None:
    for number in range(cache.KEPT + 2):
        (mine.graph / "entities" / "more.yaml").write_text(
            f"entities:\n- slug: nobody-{number}\n  type: Person\n  label: Nobody\n", "utf-8"
        )
        cache.opened(mine).close()
    assert len(list(home.iterdir())) == cache.KEPT
    assert (home / cache.key(mine)).is_dir()


def test_a_cache_that_is_broken_or_refused_is_as_good_as_none(
    home: Path, mini_root: Root, mini: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / cache.key(mini_root) / "current").mkdir(parents=True)
    assert len(cache.opened(mini_root)) == len(mini.store)
    (home.parent / "file").write_text("", "utf-8")
    monkeypatch.setenv("KZGRAPH_CACHE", str(home.parent / "file"))
    assert len(cache.opened(mini_root)) == len(mini.store)


def test_an_empty_name_keeps_nothing(
    tmp_path: Path, mini_root: Root, mini: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZGRAPH_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert len(cache.opened(mini_root)) == len(mini.store)
    assert not list(tmp_path.iterdir())


def test_two_that_build_at_once_both_answer(home: Path) -> None:
    command = [sys.executable, "-m", "kzgraph", "--root", str(MINI), "query", COUNT, "-f", "csv"]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "KZGRAPH_CACHE": str(home)})
        for _ in range(3)
    ]
    answers = {process.communicate()[0] for process in started}
    assert len(answers) == 1
    assert [process.returncode for process in started] == [0, 0, 0]
    assert len(list(home.iterdir())) == 1
