"""The claims as a NetworkX graph, and where its nodes lie on a page.

The home of networkx. The graph is a projection: its edges say that somebody claims a relation, and
carry the claims' IRIs; none of them says that the relation holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .errors import NotFound
from .page.packing import LARGE, Box, arrange, label_box, label_share
from .records import ClaimRecord, Records, Ref

if TYPE_CHECKING:
    import networkx

Point = tuple[float, float]

#: The key and the label of an edge from a speaker to what the speaker's claims are about.
SPEAKS = "speaks-about"
SPEAKS_LABEL = "speaks about"

#: A node is a hub when it has at least this many neighbours and this share of all nodes as neighbours.
HUB_NEIGHBOURS = 15
HUB_SHARE = 0.12

#: A graph that is too large to be seen at once has a backbone: so many of the most claimed about, and what ties them.
BACKBONE = 55
_LONGEST_WAY = 4  # nodes, with both ends
_HUB_PULL = 0.04
_ITERATIONS = 600


def entity_network(records: Records, *, speakers: bool = False) -> networkx.MultiDiGraph:
    """Gives the graph of entities in which an edge stands for the claims that say one thing.

    Nodes are the entities, and the documents that claims are about or that speak; each has ``label``,
    ``type`` (a label), ``family``, ``claims`` (how many claims are about it) and ``said`` (how many it
    speaks). Edges are keyed by the predicate's IRI; each has ``label``, ``claims`` (IRIs in reading
    order), ``documents`` (IRIs), ``polarity`` and ``modality`` (``mixed`` where the claims differ), and
    ``speech``. Claims whose object is a value are no edges; they count at their subject.

    Args:
        records: What the graph holds; the order of its parts makes no difference.
        speakers: Whether to add an edge from each speaker to the subject of each claim it speaks.
    """
    import networkx

    claims = sorted(records.claims, key=reading_order)
    graph = networkx.MultiDiGraph()
    for iri, attributes in sorted(_nodes(records, claims).items()):
        graph.add_node(iri, **attributes)
    bundles: dict[tuple[str, str, str, str], list[ClaimRecord]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.object, Ref):
            link = (claim.subject.iri, claim.object.iri, claim.predicate.iri, claim.predicate.label)
            bundles[link].append(claim)
        if speakers:
            for speaker in {speaker.iri for speaker in claim.speakers}:
                bundles[speaker, claim.subject.iri, SPEAKS, SPEAKS_LABEL].append(claim)
    for (source, target, key, label), bundle in sorted(bundles.items(), key=lambda item: item[0]):
        graph.add_edge(source, target, key=key, **_edge(label, bundle), speech=key == SPEAKS)
    return graph


def reading_order(claim: ClaimRecord) -> tuple[str, int, int, str]:
    """Gives the key that sorts claims by document and by place in it."""
    return claim.document.iri, claim.start, claim.end, claim.iri


def neighbourhood(graph: networkx.MultiDiGraph, roots: Iterable[str], *, hops: int = 1) -> networkx.MultiDiGraph:
    """Gives the part of a graph within some steps of the roots, whichever way the edges point.

    Raises:
        NotFound: A root is not a node of the graph.
    """
    reached = set(roots)
    if missing := sorted(root for root in reached if root not in graph):
        raise NotFound("no such node in the graph", missing[0], "Give the IRI of an entity.")
    border = set(reached)
    for _ in range(hops):
        found = {end for node in border for way in (graph.succ, graph.pred) for end in way[node]}
        border = found - reached
        reached |= border
    kept = graph.__class__()
    kept.add_nodes_from((node, dict(graph.nodes[node])) for node in sorted(reached))
    edges = graph.edges(sorted(reached), keys=True, data=True)
    kept.add_edges_from((a, b, key, dict(data)) for a, b, key, data in edges if b in reached)
    return kept


def around(records: Records, roots: Iterable[str], *, hops: int = 1) -> Records:
    """Gives the records within some steps of the roots: claims about, between and by what is there.

    Raises:
        NotFound: A root has no claim.
    """
    near = neighbourhood(entity_network(records, speakers=True), roots, hops=hops)
    claims = tuple(
        claim
        for claim in records.claims
        if claim.subject.iri in near and (not isinstance(claim.object, Ref) or claim.object.iri in near)
    )
    named = {ref.iri for claim in claims for ref in claim.speakers} | set(near)
    return replace(
        records,
        entities=tuple(entity for entity in records.entities if entity.iri in named),
        documents=tuple(d for d in records.documents if any(claim.document.iri == d.iri for claim in claims)),
        claims=claims,
    )


def hubs(graph: networkx.MultiDiGraph) -> list[str]:
    """Gives the nodes with so many neighbours that drawing them strongly would hide all else, sorted.

    The rule is :data:`HUB_NEIGHBOURS` and :data:`HUB_SHARE`, over neighbours that are not speech alone.
    """
    least = max(HUB_NEIGHBOURS, HUB_SHARE * len(graph))
    return sorted(node for node in graph if len(_neighbours(graph, node)) >= least)


def backbone(graph: networkx.MultiDiGraph, *, most: int = BACKBONE) -> list[str]:
    """Gives the nodes by which a large graph is best looked at first, sorted; none where all can be seen at once.

    They are the most claimed about of those that have lines, and what lies on the way of each to the first,
    rather over what is much claimed about; where that way is long, the one neighbour so that there is a line.
    """
    import networkx

    if len(graph) <= LARGE:
        return []
    linked = networkx.Graph(sorted(_pull(graph)))
    order = sorted(linked, key=lambda node: (-int(graph.nodes[node]["claims"]), node))
    rank = {node: i for i, node in enumerate(order)}
    chosen = set(order[:most])
    for node in order[:most]:
        among = linked.subgraph(chosen)
        main = networkx.node_connected_component(among, order[0])
        way = [] if node in main else _way(linked, sorted(main), node, rank)
        if 0 < len(way) <= _LONGEST_WAY:
            chosen.update(way)
        elif not among[node]:
            chosen.add(min(linked[node], key=rank.__getitem__))
    return sorted(chosen)


def _way(linked: networkx.Graph, start: list[str], end: str, rank: Mapping[str, int]) -> list[str]:
    """Gives the shortest way, and of such the one over the nodes of the lowest rank; nothing if there is none."""
    import networkx

    try:
        return list(
            networkx.multi_source_dijkstra(linked, start, end, weight=lambda _, b, __: len(rank) ** 2 + rank[b])[1]
        )
    except networkx.NetworkXNoPath:
        return []


def layout(graph: networkx.MultiDiGraph, *, seed: int = 7) -> dict[str, Point]:
    """Gives each node its place: x to the right and y downwards, in pixels at zoom 1.

    Connected parts are laid out by ForceAtlas2 (Jacomy et al., PLoS ONE 9(6), 2014), or by networkx
    where ``crategraph-forceatlas2`` is not installed; then labels are pushed off one another, the parts
    are packed, and nodes without edges fill a block below. Speech edges pull nothing. The result
    depends on the graph and the seed alone, not on the order of insertion.
    """
    import networkx

    pull = _pull(graph)
    plain = networkx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(pull.items()))
    share = label_share(len(graph))
    boxes = {
        node: label_box(str(data.get("label", node)), claims=int(data.get("claims", 0)), share=share)
        for node, data in graph.nodes(data=True)
    }
    parts = sorted((sorted(part) for part in networkx.connected_components(plain)), key=lambda part: (-len(part), part))
    placed = [_forces(plain, part, boxes, seed=seed) for part in parts if len(part) > 1]
    alone = sorted((part[0] for part in parts if len(part) == 1), key=lambda n: _block_order(graph, n))
    return arrange(placed, alone, boxes)


def _nodes(records: Records, claims: Iterable[ClaimRecord]) -> dict[str, dict[str, object]]:
    """Gives every node's attributes by IRI."""
    about, said = _counts(claims)
    refs = _refs(claims)
    families = {entity.type.iri: entity.family for entity in records.entities}
    nodes: dict[str, dict[str, object]] = {}
    for iri, ref in refs.items():
        family = families.get(ref.type or "", "issue")
        nodes[iri] = {"label": ref.label, "type": family, "family": family}
    for document in records.documents:
        if document.iri in refs:
            nodes[document.iri] = {"label": document.title, "type": document.type.label, "family": "document"}
    for entity in records.entities:
        if entity.family != "document" or entity.iri in refs:
            nodes[entity.iri] = {"label": entity.label, "type": entity.type.label, "family": entity.family}
    for iri, attributes in nodes.items():
        attributes["claims"], attributes["said"] = about.get(iri, 0), said.get(iri, 0)
    return nodes


def _refs(claims: Iterable[ClaimRecord]) -> dict[str, Ref]:
    """Gives the nodes that claims point to as subject, object or speaker; the same whatever the order."""
    refs: dict[str, Ref] = {}
    for claim in claims:
        ends = (claim.subject, claim.object) if isinstance(claim.object, Ref) else (claim.subject,)
        for ref in (*ends, *claim.speakers):
            refs.setdefault(ref.iri, ref)
    return refs


def _counts(claims: Iterable[ClaimRecord]) -> tuple[dict[str, int], dict[str, int]]:
    """Gives how many claims are about each node, and how many each node speaks."""
    about: dict[str, int] = defaultdict(int)
    said: dict[str, int] = defaultdict(int)
    for claim in claims:
        ends = {claim.subject.iri} | ({claim.object.iri} if isinstance(claim.object, Ref) else set())
        for iri in ends:
            about[iri] += 1
        for iri in {speaker.iri for speaker in claim.speakers}:
            said[iri] += 1
    return about, said


def _edge(label: str, claims: list[ClaimRecord]) -> dict[str, object]:
    polarities, modalities = {claim.polarity for claim in claims}, {claim.modality for claim in claims}
    return {
        "label": label,
        "claims": [claim.iri for claim in claims],
        "documents": sorted({claim.document.iri for claim in claims}),
        "polarity": polarities.pop() if len(polarities) == 1 else "mixed",
        "modality": modalities.pop() if len(modalities) == 1 else "mixed",
    }


def _neighbours(graph: networkx.MultiDiGraph, node: str) -> set[str]:
    """Gives a node's neighbours either way; speech alone makes nobody a neighbour."""
    ways = (graph.out_edges(node, data="speech"), graph.in_edges(node, data="speech"))
    ends = {end for edges in ways for a, b, speech in edges if not speech for end in (a, b)}
    return ends - {node}


def _pull(graph: networkx.MultiDiGraph) -> dict[tuple[str, str], float]:
    """Gives how strongly each pair attracts: more with more predicates, hardly at all through a hub.

    A node whose only neighbour is a hub keeps its full pull, else it would drift.
    """
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for a, b, speech in graph.edges(data="speech"):
        if a != b and not speech:
            pairs[min(a, b), max(a, b)] += 1
    degree: dict[str, int] = defaultdict(int)
    for a, b in pairs:
        degree[a] += 1
        degree[b] += 1
    great = set(hubs(graph))
    faint = {pair for pair in pairs if great & set(pair) and min(degree[end] for end in pair) > 1}
    return {pair: (_HUB_PULL if pair in faint else 1.0) * count**0.5 for pair, count in pairs.items()}


def _block_order(graph: networkx.MultiDiGraph, node: str) -> tuple[str, int, str, str]:
    data = graph.nodes[node]
    return str(data.get("family")), -int(data.get("said", 0)), str(data.get("label")), node


def _forces(plain: networkx.Graph, part: list[str], boxes: Mapping[str, Box], *, seed: int) -> dict[str, Point]:
    """Lays out one connected part, without any regard to size yet."""
    from .page.packing import spread

    number = {node: i for i, node in enumerate(part)}
    links = sorted(
        (min(number[a], number[b]), max(number[a], number[b]), float(weight))
        for a, b, weight in plain.subgraph(part).edges(data="weight")
    )
    points = _forceatlas2(len(part), links, seed=seed)
    return spread({node: points[i] for node, i in number.items()}, boxes)


def _forceatlas2(count: int, links: list[tuple[int, int, float]], *, seed: int) -> list[Point]:
    if count == 2:
        return [(0.0, 0.0), (1.0, 0.0)]
    iterations = _ITERATIONS if count <= 500 else 200
    try:
        import crategraph_forceatlas2 as fa2
    except ImportError:
        import networkx

        graph = networkx.Graph()
        graph.add_nodes_from(range(count))
        graph.add_weighted_edges_from(links)
        found = networkx.spring_layout(graph, seed=seed, iterations=min(iterations, 300), weight="weight")
        return [(float(found[i][0]), float(found[i][1])) for i in range(count)]
    settings = {**fa2.infer_settings(count), "scalingRatio": 14, "gravity": 0.08}
    rows = fa2.layout(
        count,
        [(a, b) for a, b, _ in links],
        weights=[weight for *_, weight in links],
        iterations=iterations,
        seed=seed,
        threads=1,
        **settings,
    )
    return [(float(x), float(y)) for x, y in rows]
