"""How claims stand to each other, in few words: who says otherwise, on how many origins a claim's content rests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..namespaces import shorten
from ..prose import Page, chain, marks, place
from ..queries import with_prefixes
from ..sheet.gather import affirms
from ..sheet.words import bounds, counted
from ..terms import Table, iri
from . import disagreement, origins, rivals
from .disagreement import EXPLAINED, GENUINE, UNRESOLVED, Conflict

if TYPE_CHECKING:
    from ..records import ClaimRecord
    from ..store import Store

#: How a conflict can stand; of several, a claim is known by the first.
STATUSES = (GENUINE, UNRESOLVED, EXPLAINED)
_BUT = {
    "time": "they speak of different times",
    "edition": "they use different editions of a source or index",
    "definition": "they count or define differently",
    "scope": "they hold for different cases or places",
    "part": "they speak of different parts of a whole",
    "revision": "one revises the other",
}
_TALLY = """
SELECT ?status (COUNT(DISTINCT ?conflict) AS ?number) WHERE {
  VALUES ?node { %s }
  ?claim rdf:subject|rdf:object|kz:where|kz:topic|kz:reportedIn ?node .
  ?conflict a kz:Conflict ; kz:conflictingClaim ?claim ; kz:conflictStatus ?concept .
  BIND(STRAFTER(STR(?concept), "conflictstatus-") AS ?status)
} GROUP BY ?status ORDER BY ?status
"""


def heading(conflict: Conflict) -> str:
    """Gives how a conflict stands, and what explains it.

    >>> heading(Conflict("c", "date", "explained", "time", (), (), ""))
    'Looks like a conflict, but they speak of different times'
    >>> heading(Conflict("c", "date", "unresolved", None, (), (), ""))
    'Unresolved conflict, judged by nobody'
    """
    if conflict.status == EXPLAINED:
        return f"Looks like a conflict, but {_BUT.get(conflict.explanation or '', 'there is an explanation')}"
    return f"{conflict.status.capitalize()} conflict{'' if conflict.judgement else ', judged by nobody'}"


def ranked(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Gives conflicts in order: the genuine, the unresolved, then what only looks like one; each by kind and IRI."""
    return sorted(conflicts, key=lambda each: (STATUSES.index(each.status), each.kind, each.iri))


def tally(store: Store, node: str) -> dict[str, int]:
    """Gives how many conflicts of each status have a claim about a node; those that ``rivals.conflicts`` gives."""
    nodes = " ".join(map(iri, sorted(rivals.around(store, node))))
    table = store.query(with_prefixes(_TALLY % nodes))
    assert isinstance(table, Table)
    found = {row["status"]: int(row["number"]) for row in table.records()}
    return {status: found[status] for status in STATUSES if status in found}


def alike(one: ClaimRecord, other: ClaimRecord) -> bool:
    """Tells whether two claims say the same in the same way."""
    return (one.proposition, one.polarity, one.modality) == (other.proposition, other.polarity, other.modality)


def tell_tally(page: Page, store: Store, node: str) -> None:
    """Adds to a page how many conflicts there are about a node, if any, and how to read them."""
    if found := tally(store, node):
        told = ", ".join(f"{number} {status}" for status, number in found.items())
        page.gap()
        page.line(f"Conflicts: {told} (kzgraph conflicts --about {shorten(node)})")


def tell_origins(page: Page, store: Store, claim: ClaimRecord, claims: Iterable[ClaimRecord]) -> None:
    """Adds to a page on how many origins a claim's content rests, and which mentions are, or may be, one voice.

    Args:
        page: Where it is told.
        store: Any store or endpoint.
        claim: The claim.
        claims: Among others, all claims of its proposition.
    """
    count = origins.stored(store).get(claim.proposition)
    if count is None:
        return
    affirmed = any(affirms(each) for each in claims if each.proposition == claim.proposition)
    page.gap()
    page.line(f"Independent origins: {bounds(count.low, count.high)}")
    lead = "affirmed by" if affirmed else "no claim affirms it; spoken of by"
    page.line(f"{lead} {counted(count.mentions, 'mention')} in {counted(count.documents, 'document')}", indent=2)
    for fold in count.folds:
        strength = "one origin" if fold.strength == origins.CERTAIN else "perhaps one origin"
        told = f"{shorten(fold.claim)} with {shorten(fold.into)}: {strength}, for {fold.reason}"
        page.line(told, indent=2, first="- ")


def tell_conflicts(page: Page, store: Store, claim: ClaimRecord) -> None:
    """Adds to a page the conflicts of a claim, if any: how each stands, why, and the other claims in it."""
    if not any(claim.iri in each.claims for each in disagreement.stored(store)):
        return
    found = rivals.conflicts(store, about=claim.iri)
    page.gap()
    page.line(f"Who says otherwise: {counted(len(found.conflicts), 'conflict')}")
    for conflict in found.conflicts:
        page.line(f"{heading(conflict)} · {conflict.kind} · {shorten(conflict.iri)}", indent=2)
        page.line(conflict.reason, indent=4)
        sides = [found.claims[side] for side in conflict.claims if side != claim.iri]
        for side in sorted(sides, key=lambda side: alike(side, claim)):  # stable: else by IRI
            same = "says the same: " if alike(side, claim) else ""
            time = f"{side.when}: " if side.when else ""
            told = f"{same}{marks(side)}{time}{side.statement} · {chain(side)}; {place(side)} · {shorten(side.iri)}"
            page.line(told, indent=4, first="- ")
