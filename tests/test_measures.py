"""Rankings are right where the answer is known, and tell what each source does to them."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzgraph.build import Graph
from kzgraph.errors import NotFound, QueryError
from kzgraph.networks import measures
from kzgraph.networks.measures import MEASURES, communities, effects, ranking, ranks, table
from kzgraph.networks.projections import Projection, project, read
from kzgraph.terms import Table, Term


def of(*lines: str, ends: tuple[str, str] = ("one", "other")) -> Projection:
    """A projection: each line two nodes and a claim, whose first letter is its document."""
    rows = (tuple(Term("iri", cell) for cell in (*line.split(), line.split()[2][0])) for line in lines)
    return read(Table((*ends, "claim", "document"), tuple(rows)), "of words")


#: Two triangles that b joins to each other; document q alone has the second.
BRIDGE = of("a1 a2 p1", "a2 b p2", "a1 b p3", "b c1 q4", "c1 c2 q5", "c2 b q6")


def shown(found: measures.Ranking) -> list[tuple[str, ...]]:
    return [tuple(row.values())[:4] for row in table(found).records()]


def test_a_ranking_tells_rank_node_label_and_value() -> None:
    assert shown(ranking(BRIDGE, "degree")) == [
        ("1", "b", "b", "4"), ("2", "a1", "a1", "2"), ("2", "a2", "a2", "2"), ("2", "c1", "c1", "2"),
        ("2", "c2", "c2", "2"),
    ]  # fmt: skip


def test_what_stands_between_comes_first_by_every_measure_that_looks_for_it() -> None:
    for name in ("betweenness", "brokers", "eigenvector", "pagerank", "strength"):
        assert ranking(BRIDGE, name).order()[0] == "b", name
    assert ranking(BRIDGE, "betweenness").values["b"] == pytest.approx(4 / 6)


def test_a_core_is_what_holds_together() -> None:
    found = ranking(of(*(f"{a} {b} p{a}{b}" for a, b in combinations("wxyz", 2)), "z tail p9"), "core")
    assert found.values == {"w": 3, "x": 3, "y": 3, "z": 3, "tail": 1}


def test_arrows_have_their_own_measures() -> None:
    arrows = of("a c p1", "b c p2", "c a p3", ends=("source", "target"))
    assert ranking(arrows, "in-degree").values == {"a": 1, "b": 0, "c": 2}
    assert ranking(arrows, "out-degree").values == {"a": 1, "b": 1, "c": 1}
    assert ranking(arrows, "degree").values == {"a": 1, "b": 1, "c": 2}
    with pytest.raises(QueryError, match="needs ties with a direction"):
        ranking(BRIDGE, "in-degree")


def test_communities_are_what_hangs_together_and_the_largest_is_the_first() -> None:
    lines = [
        f"{side}{i} {side}{j} p{side}{i}{j}" for side, n in (("x", 5), ("y", 4)) for i, j in combinations(range(n), 2)
    ]
    found = ranking(of(*lines, "x0 y0 p9"), "communities")
    assert communities(found.graph) == [[f"x{i}" for i in range(5)], [f"y{i}" for i in range(4)]]
    assert [row[:2] + row[3:] for row in shown(found)][:2] == [("1", "x0", "1"), ("2", "x1", "1")]
    assert len(table(found, top=1).rows) == 2, "the first of each community"


def test_communities_do_not_change_with_the_hash_seed() -> None:
    code = (
        "import networkx; from kzgraph.networks.measures import communities; "
        "g = networkx.relabel_nodes(networkx.gnm_random_graph(60, 150, seed=3), str); print(communities(g))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1


def test_without_a_source_others_come_first_or_are_gone() -> None:
    found = ranking(BRIDGE, "betweenness", by_source=True)
    assert set(found.without) == {"p", "q"}
    assert found.without["q"] == {"a1": 1, "a2": 1, "b": 1}, "without q nobody stands between"
    answer = table(found)
    assert answer.columns[4:] == ("without p", "without q")
    assert [term and term.value for term in next(row for row in answer.rows if row[1].value == "a1")[4:]] == [None, "1"]  # type: ignore[union-attr]
    assert effects(found, top=1) == [
        "without p: of the first 1, all would stay there.",
        "without q: of the first 1, all would stay there.",
    ]
    assert effects(ranking(BRIDGE, "degree", by_source=True), top=3)[1] == (
        "without q: of the first 5, 2 would not be there (c1; c2)."
    )


def test_hubs_are_settled_with_all_sources() -> None:
    crowd = of("e x p1", "e y p2", "e z q3", "f x p4", "f y p5", ends=("shared", "member"))
    found = ranking(crowd, "strength", hub=2, by_source=True)
    assert found.left_out == {"e": 3}
    assert found.values == {"x": 1, "y": 1, "z": 0}
    assert ranking(crowd, "strength", hub=2).values == ranking(crowd, "strength", hub=2, by_source=True).values
    assert found.without["q"] == {"x": 1, "y": 1}


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(0, 5).map(float), max_size=8))
def test_ranks_are_those_of_a_competition(values: dict[str, float]) -> None:
    found = ranks(values)
    assert found == {node: 1 + sum(other > value for other in values.values()) for node, value in values.items()}
    assert ranks(values, best="lowest") == ranks({node: -value for node, value in values.items()})


def test_what_differs_by_rounding_alone_is_equal() -> None:
    assert ranks({"a": 0.1 + 0.2, "b": 0.3}) == {"a": 1, "b": 1}


def test_every_measure_says_in_a_sentence_what_it_is() -> None:
    for measure in MEASURES.values():
        assert measure.plain.endswith(".")
        assert measure.plain[0].islower() or measure.plain.startswith("Burt")


def test_slips_are_told() -> None:
    with pytest.raises(NotFound, match="Did you mean `betweenness`"):
        ranking(BRIDGE, "betweeness")
    with pytest.raises(QueryError, match="ranks nothing"):
        ranking(BRIDGE, "communities", by_source=True)


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_network_has_an_empty_ranking(name: str) -> None:
    assert table(ranking(of(ends=("source", "target")), name)).rows == ()


def test_every_measure_ranks_every_projection_of_the_corpus(graph: Graph) -> None:
    for projection in (project(graph.store, name) for name in ("claims-as-links", "co-participation")):
        for name, measure in MEASURES.items():
            if not measure.arrows or projection.kind == "arrows":
                found = ranking(projection, name)
                assert set(found.ranks) <= set(found.graph)
                assert min(found.ranks.values()) == 1


def test_the_sum_of_pagerank_is_one(graph: Graph) -> None:
    assert sum(ranking(project(graph.store, "speaks-about"), "pagerank").values.values()) == pytest.approx(1)


def test_values_are_those_of_networkx(graph: Graph) -> None:
    found = ranking(project(graph.store, "co-participation"), "core")
    assert found.values == networkx.core_number(found.graph)
