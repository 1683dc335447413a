"""The two engines agree, and values depend on the network alone."""

from __future__ import annotations

import random
from itertools import combinations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph.build import Graph
from kzgraph.networks import centrality
from kzgraph.networks.centrality import Values
from kzgraph.networks.projections import hubs, network, project, projections

ENGINES = ("networkx", "rustworkx")


@st.composite
def networks(draw: st.DrawFn) -> networkx.Graph:
    """A weighted network, with or without direction, connected or not."""
    graph = networkx.DiGraph() if draw(st.booleans()) else networkx.Graph()
    size = draw(st.integers(1, 12))
    graph.add_nodes_from(f"n{number:02}" for number in range(size))
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda pair: pair[0] != pair[1])
    for a, b in draw(st.sets(pairs, max_size=30)) if size > 1 else ():
        graph.add_edge(f"n{a:02}", f"n{b:02}", weight=draw(st.integers(1, 5)))
    return graph


def alike(one: Values, other: Values) -> None:
    assert one.keys() == other.keys()
    assert max((abs(one[node] - other[node]) for node in one), default=0) < 1e-6


@given(networks(), st.sampled_from(["betweenness", "pagerank", "eigenvector"]))
@settings(max_examples=150, deadline=None)
def test_both_engines_agree_on_any_network(graph: networkx.Graph, name: str) -> None:
    measure = getattr(centrality, name)
    alike(*(measure(graph, engine) for engine in ENGINES))


@given(networks())
@settings(max_examples=100, deadline=None)
def test_betweenness_and_pagerank_are_those_of_networkx_on_the_same_network(graph: networkx.Graph) -> None:
    alike(centrality.betweenness(graph, "rustworkx"), networkx.betweenness_centrality(graph))
    alike(centrality.pagerank(graph), networkx.pagerank(graph, tol=1e-12, max_iter=1000))


@given(networks())
@settings(max_examples=100, deadline=None)
def test_constraint_is_that_of_networkx(graph: networkx.Graph) -> None:
    plain = centrality.undirected(graph)
    theirs = networkx.constraint(plain, weight="weight") if plain.number_of_edges() else {}
    alike(centrality.constraint(graph), {node: value for node, value in theirs.items() if value == value})


@given(networks(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_making_changes_nothing(graph: networkx.Graph, chance: random.Random) -> None:
    nodes, edges = list(graph.nodes), list(graph.edges(data=True))
    chance.shuffle(nodes)
    chance.shuffle(edges)
    other = graph.__class__()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges if graph.is_directed() else [(b, a, data) for a, b, data in edges])
    for measure in (centrality.betweenness, centrality.pagerank, centrality.eigenvector, centrality.constraint):
        for engine in ({"engine": each} for each in ENGINES) if measure is not centrality.constraint else ({},):
            assert measure(graph, **engine) == measure(other, **engine)  # to the last bit


def test_both_engines_agree_on_every_projection_of_the_corpus(graph: Graph) -> None:
    for query in projections():
        rows = project(graph.store, query.name)
        found = network(rows, left_out=hubs(rows))
        for measure in (centrality.betweenness, centrality.pagerank, centrality.eigenvector):
            alike(*(measure(found, engine) for engine in ENGINES))


def test_a_large_network_goes_through_rustworkx() -> None:
    large = networkx.path_graph(centrality.LARGE + 1)
    assert centrality.engine_for(large) == "rustworkx"
    assert centrality.engine_for(networkx.path_graph(centrality.LARGE)) == "networkx"
    middle = centrality.LARGE // 2
    assert centrality.betweenness(large)[middle] == pytest.approx(0.5, abs=0.01)


def test_eigenvector_looks_at_the_largest_part_alone() -> None:
    graph = networkx.Graph([("a", "b"), ("b", "c"), ("x", "y")], weight=1)
    found = centrality.eigenvector(graph)
    assert found["x"] == found["y"] == 0
    assert found["b"] == pytest.approx(2**0.5 * found["a"])


def test_constraint_is_low_where_neighbours_are_not_tied() -> None:
    star = networkx.star_graph(4)
    closed = networkx.Graph(combinations(range(5), 2))
    networkx.set_edge_attributes(star, 1, "weight")
    networkx.set_edge_attributes(closed, 1, "weight")
    assert centrality.constraint(star)[0] == pytest.approx(1 / 4)
    assert centrality.constraint(star)[0] < centrality.constraint(closed)[0]
    assert 9 not in centrality.constraint(networkx.Graph([(1, 2, {"weight": 1})]))
