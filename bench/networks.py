"""What networks cost as they grow: from a store of 10,000 and of 100,000 made-up claims to ties, measures and ways."""

from __future__ import annotations

import time
from collections.abc import Callable

from kzgraph import mapping
from kzgraph.networks import centrality, measures
from kzgraph.networks.linkage import read_links
from kzgraph.networks.projections import Projection, network, project, read
from kzgraph.networks.ways import find_ways
from kzgraph.records import Ref
from kzgraph.store import Store, in_memory
from kzgraph.terms import Table, Term

from .corpus import synthetic

SMALL, LARGE = 10_000, 100_000
MEMBERS = 8  # of a made-up event


def store_of(claims: int) -> Store:
    """Gives a store of so many made-up claims."""
    return in_memory("".join(quad.line() for quad in mapping.quads(synthetic(claims))).encode())


def events(claims: int) -> Projection:
    """Gives the parts of so many made-up claims in events of eight, as a projection of what is shared."""
    parts = ((f"e{number // MEMBERS}", f"n{number * 7919 % (claims // 4)}", f"c{number}") for number in range(claims))
    rows = tuple((*(Term("iri", cell) for cell in part), Term("iri", "d")) for part in parts)
    return read(Table(("shared", "member", "claim", "document"), rows), "events")


def costs(claims: int) -> dict[str, float]:
    """Gives CPU seconds for a thousand claims, by step."""
    found: dict[str, float] = {}

    def timed(name: str, action: Callable[[], object]) -> object:
        start = time.process_time()
        answer = action()
        found[name] = (time.process_time() - start) * 1_000 / claims
        return answer

    store = store_of(claims)
    rows = timed("rows from the store", lambda: project(store, "claims-as-links"))
    assert isinstance(rows, Projection)
    graph = timed("ties with their claims", lambda: network(rows))
    shared = events(claims)
    timed("ties by shared events", lambda: network(shared))
    for name in ("degree", "pagerank", "eigenvector", "brokers", "core", "communities"):
        timed(name, lambda name=name: measures.MEASURES[name].compute(graph))  # type: ignore[misc]
    links = read_links(store)
    ends = sorted(links.asserted)[0], sorted(links.asserted)[-1]
    timed("best-supported ways", lambda: find_ways(links, *(Ref(end, end) for end in ends)))
    return found


def engines(nodes: int = 2_000) -> tuple[float, float]:
    """Gives CPU seconds for betweenness by rustworkx and by networkx."""
    import networkx

    graph = networkx.relabel_nodes(networkx.gnm_random_graph(nodes, 4 * nodes, seed=1), str)
    seconds = []
    for engine in ("rustworkx", "networkx"):
        start = time.process_time()
        centrality.betweenness(graph, engine)
        seconds.append(time.process_time() - start)
    return seconds[0], seconds[1]
