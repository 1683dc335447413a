"""Who says otherwise, and how independently, in words or as tables: what the verbs conflicts and origins print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NotFound
from ..names import resolve
from ..namespaces import shorten
from ..prose import Page
from ..reading import rows
from ..records import ClaimRecord, Records, Ref, read
from ..terms import Table, Term, number_term, text_term
from . import disagreement, origins
from .disagreement import Conflict
from .origins import Count

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store


def scope(store: Store, name: str, root: Root | None = None) -> frozenset[str]:
    """Gives the node of a name, with the events that took place at it, and their parts.

    Raises:
        NotFound: Nothing is named so.
    """
    return around(store, resolve(store, name).iri, root)


def around(store: Store, node: str, root: Root | None = None) -> frozenset[str]:
    """Gives a node with the events that took place at it, and their parts."""
    parts: dict[str, list[str]] = {}
    for row in rows(store, "at-or-part-of", root):
        parts.setdefault(row["whole"].value, []).append(row["event"].value)
    reached = [node]
    for node in reached:
        reached += [part for part in parts.get(node, ()) if part not in reached]
    return frozenset(reached)


def touches(claim: ClaimRecord, nodes: frozenset[str]) -> bool:
    """Tells whether a claim is about one of some nodes: its subject, object, place, topic, proposition or document."""
    named = (claim.subject, claim.object, claim.where, claim.document, *claim.topics)
    return not nodes.isdisjoint({claim.iri, claim.proposition, *(ref.iri for ref in named if isinstance(ref, Ref))})


@dataclass(frozen=True, slots=True)
class Rivals:
    """Conflicts with the records of their claims."""

    conflicts: tuple[Conflict, ...]
    claims: dict[str, ClaimRecord]


def conflicts(
    store: Store,
    *,
    about: str | None = None,
    kind: str | None = None,
    genuine: bool = False,
    root: Root | None = None,
) -> Rivals:
    """Gives the conflicts of a graph, the genuine first, then the unresolved, then what only looks like one.

    Args:
        store: Any store or endpoint.
        about: A name or IRI; only conflicts with a claim about it.
        kind: Only conflicts of this kind, such as ``figures``.
        genuine: Only those that were judged to be genuine.
        root: Where the queries lie.

    Raises:
        NotFound: Nothing is named so, or there is no such kind.
    """
    nodes = scope(store, about, root) if about else None
    found = disagreement.stored(store, root)
    kinds = sorted({conflict.kind for conflict in found})
    if kind is not None and kind not in kinds:
        raise NotFound(f"there is no conflict of kind `{kind}`.", hint=f"There are: {', '.join(kinds) or 'none'}.")
    claims = {claim.iri: claim for claim in read(store, root).claims}
    kept = [
        conflict
        for conflict in found
        if (kind is None or conflict.kind == kind)
        and (not genuine or conflict.status == disagreement.GENUINE)
        and (nodes is None or any(touches(claims[claim], nodes) for claim in conflict.claims))
    ]
    order = (disagreement.GENUINE, disagreement.UNRESOLVED, disagreement.EXPLAINED)
    kept.sort(key=lambda conflict: (order.index(conflict.status), conflict.kind, conflict.iri))
    return Rivals(tuple(kept), claims)


def in_words(rivals: Rivals, *, width: int = 100) -> str:
    """Gives conflicts as text: each with its kind, status and reason, and both sides with their words."""
    page = Page(width)
    for conflict in rivals.conflicts:
        page.gap()
        because = f", by {conflict.explanation}" if conflict.explanation else ""
        page.line(f"{conflict.status}{because} · {conflict.kind} · {shorten(conflict.iri)}")
        page.line(conflict.reason, indent=2)
        page.line(f"found by: {', '.join(conflict.rules)}", indent=2)
        for claim in conflict.claims:
            page.claim(rivals.claims[claim])
    if not rivals.conflicts:
        page.line("No conflicts are recorded here.")
    return page.text()


def conflicts_table(rivals: Rivals) -> Table:
    """Gives conflicts as a table, one row a claim."""
    columns = ("conflict", "kind", "status", "explanation", "rule", "claim", "statement", "quote", "speakers")
    rows = []
    for conflict in rivals.conflicts:
        for iri in conflict.claims:
            claim = rivals.claims[iri]
            head = (conflict.kind, conflict.status, conflict.explanation, " ".join(conflict.rules))
            tail = (claim.statement, claim.quote, " → ".join(speaker.label for speaker in claim.speakers) or None)
            documents = Term("iri", claim.document.iri)
            cells = (*map(_text, head), Term("iri", iri), *map(_text, tail))
            rows.append((Term("iri", conflict.iri), *cells, documents, text_term(conflict.reason)))
    return Table((*columns, "document", "reason"), tuple(rows))


def _text(cell: str | None) -> Term | None:
    return None if cell is None else text_term(cell)


# --- origins --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Supported:
    """A proposition with what it rests on: the counts, and the records of the claims that express it."""

    proposition: str
    count: Count
    claims: tuple[ClaimRecord, ...]

    @property
    def statement(self) -> str:
        """The statement of its first claim."""
        return self.claims[0].statement


def supported(store: Store, *, about: str | None = None, least: int = 1, root: Root | None = None) -> list[Supported]:
    """Gives propositions with their origins: those with the most origins first.

    Args:
        store: Any store or endpoint.
        about: A name or IRI; only propositions with a claim about it.
        least: Only propositions with at least so many mentions.
        root: Where the queries lie.

    Raises:
        NotFound: Nothing is named so.
    """
    nodes = scope(store, about, root) if about else None
    counts = origins.stored(store, root)
    found = [
        Supported(proposition, counts[proposition], claims)
        for proposition, claims in _by_proposition(read(store, root))
        if counts[proposition].mentions >= least and (nodes is None or any(touches(claim, nodes) for claim in claims))
    ]
    return sorted(found, key=lambda each: (-each.count.low, -each.count.high, -each.count.mentions, each.proposition))


def _by_proposition(records: Records) -> Iterator[tuple[str, tuple[ClaimRecord, ...]]]:
    found: dict[str, list[ClaimRecord]] = {}
    for claim in records.claims:
        found.setdefault(claim.proposition, []).append(claim)
    for proposition, claims in found.items():
        yield proposition, tuple(sorted(claims, key=lambda claim: claim.iri))


def origins_in_words(found: Iterable[Supported], *, width: int = 100) -> str:
    """Gives propositions as text: the bounds, the claims with their words, and why mentions were folded."""
    page = Page(width)
    for each in found:
        count = each.count
        bounds = str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
        page.gap()
        page.line(each.statement)
        page.line(
            f"{count.mentions} mentions in {count.documents} documents; independent origins: {bounds}"
            f" · {shorten(each.proposition)}",
            indent=2,
        )
        for claim in each.claims:
            page.claim(claim)
        for fold in count.folds:
            page.line(f"{_key(fold.claim)} into {_key(fold.into)}, {fold.strength}: {fold.reason}", indent=4)
    return page.text() or "No proposition has so many mentions.\n"


def _key(iri: str) -> str:
    return shorten(iri).removeprefix("claim:")


def origins_table(found: Iterable[Supported]) -> Table:
    """Gives propositions as a table, one row each."""
    columns = ("proposition", "statement", "mentions", "documents", "publishers", "low", "high", "folds")
    rows = []
    for each in found:
        count = each.count
        numbers = (count.mentions, count.documents, count.publishers, count.low, count.high)
        folds = "; ".join(f"{_key(f.claim)} into {_key(f.into)}: {f.reason}" for f in count.folds)
        cells = (Term("iri", each.proposition), text_term(each.statement), *map(number_term, numbers))
        rows.append((*cells, text_term(folds) if folds else None))
    return Table(columns, tuple(rows))
