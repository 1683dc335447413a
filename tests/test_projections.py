"""A projection is rows of a query; its ties keep their claims, and what makes no tie is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from servers import serving

from kzgraph.build import Graph
from kzgraph.errors import NotFound, QueryError
from kzgraph.namespaces import PREFIXES, shorten
from kzgraph.networks.projections import Projection, hubs, network, project, projections, read, ties
from kzgraph.paths import Root
from kzgraph.remote import Endpoint
from kzgraph.store import on_disk, write
from kzgraph.terms import Table, Term, text_term

ID, DOC = PREFIXES["id"], PREFIXES["doc"]
NAMES = {
    "citations",
    "claims-as-links",
    "co-participation",
    "people-organisations",
    "shared-propositions",
    "speaks-about",
}


def rows(columns: str, *lines: str) -> Projection:
    """A projection from words; ``-`` is unbound, and a document is the first letter of its claim."""
    found = []
    for line in lines:
        cells = dict(zip(columns.split(), line.split(), strict=True))
        cells["document"] = cells["claim"][0]
        found.append(tuple(None if cell == "-" else Term("iri", cell) for cell in cells.values()))
    return read(Table((*columns.split(), "document"), tuple(found)), "of words")


def test_the_projections_are_the_queries_with_such_columns(root: Root) -> None:
    found = {query.name for query in projections(root)}
    assert found == NAMES
    assert all(query.view == "graph" for query in projections(root))


def test_a_tie_keeps_every_claim_and_document() -> None:
    graph = network(rows("one other claim", "x y a1", "y x a2", "x y b1", "x z b2", "z z b3"))
    assert graph.edges["x", "y"] == {"claims": ("a1", "a2", "b1"), "documents": ("a", "b"), "weight": 3}
    assert graph.edges["x", "z"]["documents"] == ("b",)
    assert not graph.has_edge("z", "z")


def test_an_arrow_has_a_direction_and_a_claim_counts_once_in_it() -> None:
    graph = network(rows("source target claim work", "x y a1 w1", "x y a1 w2", "y x a2 w1"))
    assert graph.is_directed()
    assert graph.edges["x", "y"]["weight"] == 1
    assert graph.edges["y", "x"]["claims"] == ("a2",)


def test_members_of_one_thing_are_tied_and_the_weight_is_how_many_things() -> None:
    graph = network(rows("shared member claim", "e x a1", "e y a2", "e x b1", "f x a3", "f y b2", "g z a4"))
    assert graph.edges["x", "y"] == {
        "claims": ("a1", "a2", "a3", "b1", "b2"), "documents": ("a", "b"), "weight": 2, "shared": ("e", "f"),
    }  # fmt: skip
    assert set(graph) == {"x", "y", "z"}


def test_a_hub_ties_nobody_and_its_members_stay() -> None:
    crowd = rows("shared member claim", *(f"e n{i} a{i}" for i in range(5)), "f n0 b0", "f n1 b1")
    assert hubs(crowd, 4) == {"e": 5}
    assert hubs(crowd, 5) == hubs(crowd, 0) == {}
    graph = network(crowd, left_out=hubs(crowd, 4))
    assert len(graph) == 5
    assert list(graph.edges) == [("n0", "n1")]
    assert network(crowd).number_of_edges() == 10


def test_a_hub_is_a_matter_of_shared_things_alone() -> None:
    assert hubs(rows("one other claim", *(f"x n{i} a{i}" for i in range(50))), 3) == {}


def test_without_a_document_what_rests_on_it_falls() -> None:
    through = read(
        Table(
            ("one", "other", "claim", "document", "further", "furtherDocument"),
            tuple(
                tuple(None if cell == "-" else Term("iri", cell) for cell in line.split())
                for line in ("x y a1 a b1 b", "x z a2 a - -")
            ),
        )
    )
    assert network(through).edges["x", "y"] == {"claims": ("a1", "b1"), "documents": ("a", "b"), "weight": 1}
    assert list(network(through, without="b").edges) == [("x", "z")]
    assert len(network(through, without="a")) == 0
    parts = rows("shared member claim", "e x a1", "e y b1")
    assert network(parts, without="b").number_of_edges() == 0


def test_what_is_not_asserted_makes_no_tie() -> None:
    columns = ("one", "other", "claim", "document", "modality", "polarity")
    lines = [("asserted", "positive"), ("denied", "positive"), ("asserted", "negative"), ("alleged", "negative")]
    table = Table(
        columns,
        tuple(
            (Term("iri", "x"), Term("iri", f"y{i}"), Term("iri", f"a{i}"), Term("iri", "a"), *map(text_term, line))
            for i, line in enumerate(lines)
        ),
    )
    found = read(table)
    assert list(network(found).edges) == [("x", "y0")]
    assert [row.mark for row in found.aside] == ["denied", "negated", "alleged, negated"]


def test_columns_that_are_no_projection_are_refused() -> None:
    with pytest.raises(QueryError, match="not those of a projection"):
        read(Table(("one", "claim"), ()))


def test_a_slip_in_the_name_is_told(mini: Graph, mini_root: Root) -> None:
    with pytest.raises(NotFound, match="Did you mean `co-participation`"):
        project(mini.store, "coparticipation", mini_root)
    with pytest.raises(NotFound, match="There are: citations"):
        project(mini.store, "claims-about", mini_root)


def test_the_mini_corpus_has_the_ties_that_everyone_knows(mini: Graph, mini_root: Root) -> None:
    def tied(name: str) -> list[tuple[str, str, str]]:
        rows = project(mini.store, name, mini_root)
        table = ties(rows, network(rows, left_out=hubs(rows)))
        return [(*tuple(map(shorten, list(row.values())[::2][:2])), row["claims"]) for row in table.records()]  # type: ignore[misc]

    assert tied("people-organisations") == [
        ("id:dana-ospan", "id:miners-union-of-aktas", "claim:steppe-bulletin.005"),
    ]
    assert tied("shared-propositions") == [
        ("doc:rights-digest", "doc:steppe-bulletin", "claim:rights-digest.001 claim:steppe-bulletin.003"),
    ]
    assert ("id:dismissals-aktas-2012", "id:strike-aktas-2012", "claim:steppe-bulletin.004") in tied("claims-as-links")
    assert "aktas-vestnik.002" not in str(tied("claims-as-links")), "the cause is denied"
    assert tied("co-participation") == tied("citations") == tied("speaks-about") == []


@pytest.mark.slow
def test_memory_disk_and_an_endpoint_give_one_projection(mini: Graph, mini_root: Root, tmp_path: Path) -> None:
    write(tmp_path / "store", mini.nquads, mini.digest)
    location = tmp_path / "store" / "current"
    with serving(location.resolve()) as address, on_disk(tmp_path / "store") as disk:
        for name in sorted(NAMES):
            here = project(mini.store, name, mini_root)
            assert project(disk, name, mini_root) == here
            assert project(Endpoint(address), name, mini_root) == here


def test_labels_come_with_the_rows_and_else_are_short_addresses(mini: Graph, mini_root: Root) -> None:
    found = project(mini.store, "people-organisations", mini_root)
    assert found.label(f"{ID}dana-ospan") == "Dana Ospan"
    assert found.label(f"{DOC}unknown") == "doc:unknown"
    assert network(found).nodes[f"{ID}dana-ospan"] == {"label": "Dana Ospan"}
