"""What claims join: each node with its neighbours, and the claims that join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..queries import with_prefixes
from ..terms import Table
from .projections import Row, project

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

#: How well some claims support a hop.
Support = Callable[[tuple[str, ...]], int]
Adjacent = Mapping[str, Mapping[str, tuple[str, ...]]]

_PLACES = "SELECT DISTINCT ?place WHERE { ?class rdfs:subClassOf* kz:Place . ?place a ?class } ORDER BY ?place"


@dataclass(frozen=True, slots=True)
class Links:
    """What claims join: for each node its neighbours with the claims, asserted and otherwise.

    ``marks`` tells how a claim is to be taken that is not asserted; ``documents`` which document reports a claim;
    ``places`` are the nodes that are places.
    """

    asserted: Adjacent
    other: Adjacent
    marks: Mapping[str, str]
    documents: Mapping[str, str]
    labels: Mapping[str, str]
    places: frozenset[str] = frozenset()


def read_links(store: Store, root: Root | None = None, *, speakers: bool = False) -> Links:
    """Gives what the claims of a store join.

    Args:
        store: Any store or endpoint.
        root: Where the projections lie.
        speakers: Whether a speaker and whom the speaker speaks about are joined too.
    """
    links = project(store, "claims-as-links", root)
    rows = [*links.rows, *links.aside]
    labels = dict(links.labels)
    if speakers:
        speech = project(store, "speaks-about", root)
        rows += speech.rows
        labels = {**speech.labels, **labels}
    return Links(
        asserted=_adjacent(row for row in rows if not row.mark),
        other=_adjacent(row for row in rows if row.mark),
        marks={row.claims[0]: row.mark for row in rows if row.mark},
        documents={row.claims[0]: row.documents[0] for row in rows},
        labels=labels,
        places=_places(store),
    )


def _places(store: Store) -> frozenset[str]:
    answer = store.query(with_prefixes(_PLACES))
    assert isinstance(answer, Table)
    return frozenset(row["place"] for row in answer.records())


def _adjacent(rows: Iterable[Row]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        a, b = row.ends
        if a != b:
            found[a][b].add(row.claims[0])
            found[b][a].add(row.claims[0])
    return {a: {b: tuple(sorted(found[a][b])) for b in sorted(found[a])} for a in sorted(found)}


def documents_of(links: Links) -> Support:
    """Gives the support that counts the documents which report some claims."""
    return lambda claims: len({links.documents[claim] for claim in claims})
