"""How central nodes are, by NetworkX or, where the network is large, by rustworkx; both agree to 1e-6.

Values depend on the network alone, not on the order in which it was made: nodes are numbered in sorted order before
anything is added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import KzgraphError

if TYPE_CHECKING:
    import networkx

#: A network with more nodes goes through rustworkx.
LARGE = 500

DAMPING = 0.85
_STEPS = 20_000
_EXACT = 1e-12  # how little a node's value may still change, on average, for a power iteration to end
_ONE_THREAD = 2**62  # several threads add up in an order that differs from run to run

Values = dict[str, float]


def engine_for(graph: networkx.Graph) -> str:
    """Gives the engine that a network goes through."""
    return "rustworkx" if len(graph) > LARGE else "networkx"


def betweenness(graph: networkx.Graph, engine: str | None = None) -> Values:
    """Gives the share of all shortest ways between two others that pass a node (Brandes 2001), over unweighted ties.

    The cost grows with nodes times ties.
    """
    nodes, plain = _numbered(graph)
    if (engine or engine_for(graph)) == "networkx":
        import networkx

        found = networkx.betweenness_centrality(plain)
    else:
        import rustworkx

        found = rustworkx.betweenness_centrality(_rust(plain), parallel_threshold=_ONE_THREAD)
    return {nodes[number]: found[number] for number in range(len(nodes))}


def pagerank(graph: networkx.Graph, engine: str | None = None) -> Values:
    """Gives PageRank (Page et al. 1998) over weighted ties, damping 0.85; a tie without direction leads both ways.

    Goes through rustworkx at any size, unless told otherwise: NetworkX needs scipy for it.
    """
    nodes, plain = _numbered(graph)
    directed = plain.to_directed()
    if engine == "networkx":
        import networkx

        found = networkx.pagerank(directed, alpha=DAMPING, tol=_EXACT, max_iter=_STEPS)
    elif directed.number_of_edges():
        import rustworkx

        found = rustworkx.pagerank(_rust(directed), DAMPING, weight_fn=float, tol=_EXACT, max_iter=_STEPS)
    else:
        found = [1 / len(nodes)] * len(nodes)
    return {nodes[number]: found[number] for number in range(len(nodes))}


def eigenvector(graph: networkx.Graph, engine: str | None = None) -> Values:
    """Gives eigenvector centrality (Bonacich 1972) over weighted ties, whichever way they point.

    It is that of the largest connected part, which alone has one answer; nodes outside have 0.

    Raises:
        KzgraphError: The values do not settle.
    """
    import networkx

    largest = main_part(graph)
    nodes, plain = _numbered(undirected(graph).subgraph(largest))
    values = dict.fromkeys(graph, 0.0)
    failed = "the values of eigenvector centrality do not settle in this network."
    if (engine or engine_for(graph)) == "networkx":
        try:
            found = networkx.eigenvector_centrality(plain, max_iter=_STEPS, tol=_EXACT, weight="weight")
        except networkx.PowerIterationFailedConvergence as error:
            raise KzgraphError(failed, hint="Use pagerank.") from error
    else:
        import rustworkx

        try:
            found = rustworkx.eigenvector_centrality(_rust(plain), weight_fn=float, max_iter=_STEPS, tol=_EXACT)
        except rustworkx.FailedToConverge as error:
            raise KzgraphError(failed, hint="Use pagerank.") from error
    return values | {nodes[number]: abs(found[number]) for number in range(len(nodes))}


def constraint(graph: networkx.Graph) -> Values:
    """Gives Burt's constraint (Burt 2004) over weighted ties: low where a node's neighbours are tied by it alone.

    Nodes without ties have none. The cost grows with the sum of squares of the nodes' ties.
    """
    plain = undirected(graph)
    shares = {node: _shares(plain, node) for node in plain}
    return {node: _constraint(shares, node) for node in sorted(plain) if shares[node]}


def _shares(graph: networkx.Graph, node: str) -> dict[str, float]:
    """Gives which share of a node's ties leads to each neighbour."""
    weights = {other: graph[node][other]["weight"] for other in sorted(graph[node])}
    total = sum(weights.values())
    return {other: weight / total for other, weight in weights.items()}


def _constraint(shares: Mapping[str, Mapping[str, float]], node: str) -> float:
    through: dict[str, float] = defaultdict(float)
    own = shares[node]
    for between, share in own.items():
        for other, further in shares[between].items():
            if other in own:
                through[other] += share * further
    return sum((share + through[other]) ** 2 for other, share in own.items())


def undirected(graph: networkx.Graph) -> networkx.Graph:
    """Gives a network whose ties lead both ways; the weights of two that point at each other are added."""
    import networkx

    plain = networkx.Graph()
    plain.add_nodes_from(sorted(graph))
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for a, b, weight in graph.edges(data="weight", default=1):
        weights[min(a, b), max(a, b)] += weight
    plain.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    return plain


def main_part(graph: networkx.Graph) -> set[str]:
    """Gives the largest connected part; of several the one with the first node."""
    import networkx

    parts = networkx.connected_components(undirected(graph))
    return set(min(parts, key=lambda part: (-len(part), min(part)), default=()))


def _numbered(graph: networkx.Graph) -> tuple[list[str], networkx.Graph]:
    """Gives the nodes in order, and the same network over their numbers, with nothing but weights."""
    nodes = sorted(graph)
    number = {node: place for place, node in enumerate(nodes)}
    plain = graph.__class__()
    plain.add_nodes_from(range(len(nodes)))
    edges = [(number[a], number[b], weight) for a, b, weight in graph.edges(data="weight", default=1)]
    if not graph.is_directed():
        edges = [(min(a, b), max(a, b), weight) for a, b, weight in edges]
    plain.add_weighted_edges_from(sorted(edges))
    return nodes, plain


def _rust(graph: networkx.Graph) -> Any:
    """Gives a numbered network as rustworkx has it; the payload of an edge is its weight."""
    import rustworkx

    found = rustworkx.PyDiGraph() if graph.is_directed() else rustworkx.PyGraph()
    found.add_nodes_from(list(graph))
    found.add_edges_from([(a, b, float(weight)) for a, b, weight in graph.edges(data="weight", default=1)])
    return found
