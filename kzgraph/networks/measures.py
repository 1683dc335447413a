"""Measures of a network: who is central in it, in one plain sentence each, and what each source does to the ranking."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import NotFound, QueryError
from ..fields import did_you_mean
from ..namespaces import shorten
from ..terms import Table, Term, text_term
from . import centrality
from .projections import HUB, Projection, hubs, network

if TYPE_CHECKING:
    import networkx

Values = dict[str, float]

_SEED = 7
_PLACES = 9  # decimals beyond which two values are the same


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it is called, what it says in one sentence, and how it is computed.

    ``best`` is the value that comes first: ``highest``, ``lowest``, or ``none`` where values are names of groups.
    """

    name: str
    plain: str
    compute: Callable[[networkx.Graph], Values]
    best: str = "highest"
    arrows: bool = False  # only where ties have a direction


def _degree(graph: networkx.Graph) -> Values:
    return {node: float(len(set(graph.adj[node]) | set(getattr(graph, "pred", {}).get(node, ())))) for node in graph}


def _strength(graph: networkx.Graph) -> Values:
    return {node: float(weight) for node, weight in graph.degree(weight="weight")}


def _core(graph: networkx.Graph) -> Values:
    import networkx

    return {node: float(core) for node, core in networkx.core_number(centrality.undirected(graph)).items()}


def communities(graph: networkx.Graph) -> list[list[str]]:
    """Gives groups of nodes that are tied more among themselves than to others (Louvain), the largest first.

    Ties are weighted, whichever way they point. The same network has the same groups: nodes are numbered in sorted
    order and the seed is fixed; another seed may draw the borders elsewhere.
    """
    import networkx

    nodes = sorted(graph)
    numbers = networkx.convert_node_labels_to_integers(centrality.undirected(graph), ordering="sorted")
    found = networkx.community.louvain_communities(numbers, weight="weight", seed=_SEED)
    return sorted(([nodes[number] for number in sorted(group)] for group in found), key=lambda g: (-len(g), g[0]))


def _community(graph: networkx.Graph) -> Values:
    return {node: float(number) for number, group in enumerate(communities(graph), 1) for node in group}


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("degree", "with how many others a node is tied, however many claims make the tie.", _degree),
        Measure("strength", "the weights of a node's ties added up.", _strength),
        Measure(
            "in-degree",
            "from how many others an arrow points at a node.",
            lambda graph: {node: float(count) for node, count in graph.in_degree()},
            arrows=True,
        ),
        Measure(
            "out-degree",
            "at how many others a node's arrows point.",
            lambda graph: {node: float(count) for node, count in graph.out_degree()},
            arrows=True,
        ),
        Measure(
            "betweenness",
            "which share of all shortest ways between two others passes a node; of several equally short ways each "
            "counts in part.",
            centrality.betweenness,
        ),
        Measure(
            "eigenvector",
            "a node stands high when those to whom it is tied stand high, heavier ties counting more; only the "
            "largest connected part has values above 0.",
            centrality.eigenvector,
        ),
        Measure(
            "pagerank",
            "how often one would be at a node who goes from node to node along ties, rather along heavier ones, and "
            "begins again anywhere after 15 of 100 steps; all values add up to 1.",
            centrality.pagerank,
        ),
        Measure(
            "brokers",
            "Burt's constraint: low, and so first, where the others to whom a node is tied are not tied to each "
            "other, so that the node stands between them. It looks at a node's neighbours alone and needs no borders "
            "between groups, which another seed would draw elsewhere.",
            centrality.constraint,
            best="lowest",
        ),
        Measure(
            "core",
            "the largest k such that a node is in a part in which each is tied to at least k others.",
            _core,
        ),
        Measure(
            "communities",
            "groups that are tied more among themselves than to others (Louvain); the value is the number of the "
            "group, the largest is 1, and the rank is by degree within the group.",
            _community,
            best="none",
        ),
    )
}


def measure_named(name: str) -> Measure:
    """Gives a measure by its name.

    Raises:
        NotFound: There is none; the closest name is told.
    """
    if name not in MEASURES:
        hint = did_you_mean(name, MEASURES) or f"There are: {', '.join(MEASURES)}."
        raise NotFound(f"there is no measure `{name}`.", hint=hint)
    return MEASURES[name]


def ranks(values: Mapping[str, float], *, best: str = "highest") -> dict[str, int]:
    """Gives each node's rank, 1 for the best; equal values have equal ranks, and the next rank is skipped.

    >>> ranks({"a": 3.0, "b": 1.0, "c": 3.0})
    {'a': 1, 'c': 1, 'b': 3}
    """
    sign = 1 if best == "lowest" else -1
    ordered = sorted((sign * round(value, _PLACES), node) for node, value in values.items())
    found: dict[str, int] = {}
    last: float | None = None
    rank = 0
    for place, (value, node) in enumerate(ordered, 1):
        rank = rank if value == last else place
        last, found[node] = value, rank
    return found


@dataclass(frozen=True, slots=True)
class Ranking:
    """The nodes of a network in the order of a measure.

    ``without`` has, for each document, the rank that each node has when that document's claims are taken away; a node
    that occurs in no other document is not in it.
    """

    measure: Measure
    projection: Projection
    graph: networkx.Graph
    left_out: Mapping[str, int]  # hubs, with how many members each has
    values: Values
    ranks: Mapping[str, int]
    without: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def order(self) -> list[str]:
        """Gives the nodes, the first first; equal ones by label."""
        groups = self.values if self.measure.best == "none" else {}
        return sorted(
            self.ranks,
            key=lambda node: (groups.get(node, 0), self.ranks[node], self.projection.label(node), node),
        )


def ranking(projection: Projection, name: str, *, hub: int = HUB, by_source: bool = False) -> Ranking:
    """Gives the ranking of a projection's nodes by a measure.

    Args:
        projection: The rows.
        name: A measure of ``MEASURES``.
        hub: Shared things with more members tie nobody; 0 lets all tie. Which they are is settled with all documents
            and stays so when one is taken away.
        by_source: Whether to rank anew without each document.

    Raises:
        QueryError: The measure does not fit the projection, or ranks nothing.
    """
    measure = measure_named(name)
    if measure.arrows and projection.kind != "arrows":
        raise QueryError(f"`{name}` needs ties with a direction; `{projection.name}` has none.", hint="Use degree.")
    if by_source and measure.best == "none":
        raise QueryError(f"`{name}` ranks nothing, so no source changes a rank.", hint="Use another measure.")
    left_out = hubs(projection, hub)
    graph = network(projection, left_out=left_out)
    values = measure.compute(graph) if len(graph) else {}
    documents = projection.documents() if by_source else []
    without = {document: _ranks_without(projection, measure, left_out, document) for document in documents}
    return Ranking(measure, projection, graph, left_out, values, _ranks(measure, graph, values), without)


def _ranks_without(
    projection: Projection, measure: Measure, left_out: Collection[str], document: str
) -> dict[str, int]:
    graph = network(projection, left_out=left_out, without=document)
    return _ranks(measure, graph, measure.compute(graph) if len(graph) else {})


def _ranks(measure: Measure, graph: networkx.Graph, values: Values) -> dict[str, int]:
    if measure.best != "none":
        return ranks(values, best=measure.best)
    degrees = _degree(graph)
    groups = sorted(set(values.values()))
    return {
        node: rank
        for group in groups
        for node, rank in ranks({node: degrees[node] for node in values if values[node] == group}).items()
    }


def table(found: Ranking, *, top: int = 0) -> Table:
    """Gives a ranking as a table: rank, node, label, value, and a column for each document that was taken away.

    Args:
        found: The ranking.
        top: How many nodes, of each community where there are such; equal ones at the border are all told. 0: all.
    """
    columns = (
        "rank",
        "node",
        "label",
        "value",
        *(f"without {document.rpartition('/')[2]}" for document in found.without),
    )
    rows = []
    for node in found.order():
        if top and found.ranks[node] > top:
            continue
        ranked = (ranks.get(node) for ranks in found.without.values())
        cells = (text_term(str(rank)) if rank else None for rank in ranked)
        rows.append((*_cells(found, node), *cells))
    return Table(columns, tuple(rows))


def _cells(found: Ranking, node: str) -> tuple[Term, ...]:
    value = round(found.values[node], 6)
    shown = str(int(value)) if value == int(value) else f"{value:.6f}"
    label = text_term(found.projection.label(node))
    return text_term(str(found.ranks[node])), Term("iri", node), label, text_term(shown)


def effects(found: Ranking, *, top: int = 10) -> list[str]:
    """Gives, for each document, in one sentence what the first ranks would be without it."""
    first = {node for node, rank in found.ranks.items() if rank <= top}
    sentences = []
    for document, ranks in found.without.items():
        gone = sorted(node for node in first if node not in ranks)
        out = sorted(node for node in first if ranks.get(node, 0) > top)
        said = [
            f"{len(nodes)} {how} ({'; '.join(map(found.projection.label, nodes[:3]))}{'; …' if len(nodes) > 3 else ''})"
            for nodes, how in ((gone, "would not be there"), (out, "would come after them"))
            if nodes
        ]
        effect = ", ".join(said) or "all would stay there"
        sentences.append(f"without {shorten(document)}: of the first {len(first)}, {effect}.")
    return sentences
