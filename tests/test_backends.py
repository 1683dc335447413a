"""The command line gives the same on all three places where the graph may lie: memory, disk, a real endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from servers import serving

from kzgraph.build import Graph, write
from kzgraph.cli import main
from kzgraph.queries import catalogue

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backends")]
TOP = Path(__file__).resolve().parent.parent
QUERIES = [query.name for query in catalogue()]


@pytest.fixture(scope="module")
def places(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    """The options that name each place."""
    folder = tmp_path_factory.mktemp("store")
    write(graph, store=folder)
    with serving((folder / "current").resolve()) as address:
        yield {"memory": [], "disk": ["--store", str(folder)], "endpoint": ["--endpoint", address]}


def said(place: list[str], *args: str) -> str:
    result = CliRunner().invoke(main, ["--root", str(TOP), *place, *args], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("name", QUERIES)
def test_each_named_query_answers_alike(name: str, places: dict[str, list[str]]) -> None:
    answers = {said(place, "query", name, "--format", "json") for place in list(places.values())[1:]}
    assert len(answers) == 1


def test_memory_disk_and_endpoint_say_show_and_export_alike(places: dict[str, list[str]]) -> None:
    for args in (
        ["query", "claims-about", "-p", "node=Тулетаева"],
        ["query", "CONSTRUCT { ?s kz:tookPlaceAt ?o } WHERE { ?s kz:tookPlaceAt ?o }"],
        ["show", "Vadim Kuramshin"],
        ["show", "shooting-zhanaozen-2011-12-16"],
        ["view", "Roza Tuletaeva", "--out", "-"],
        ["view", "--out", "-"],
        ["export", "-", "--format", "turtle"],
        ["export", "-", "--format", "claims"],
        ["export", "-", "--format", "graphml"],
    ):
        answers = {said(place, *args) for place in places.values()}
        assert len(answers) == 1, args
