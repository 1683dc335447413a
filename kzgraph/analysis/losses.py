"""What falls with a source, in words or as tables: what the verb withdraw prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NotFound
from ..names import resolve
from ..namespaces import shorten
from ..prose import Page
from ..reading import Reader
from ..records import ClaimRecord, Ref, read
from ..terms import Table, Term, number_term, text_term
from . import withdrawal
from .withdrawal import Holding, Loss, Move, Reliance

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

#: How much of each part is told in words, where no other number is given.
MOST = 10


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What falls with some sources, with all that is needed to tell it."""

    sources: tuple[Ref, ...]
    loss: Loss
    holding: Holding
    claims: dict[str, ClaimRecord]
    mentions: dict[str, tuple[str, ...]]  # the claims on which each proposition rests

    def statement(self, proposition: str) -> str:
        """Gives the statement of the first claim that a proposition rests on."""
        return self.claims[self.mentions[proposition][0]].statement


def withdrawn(
    store: Store,
    names: Iterable[str],
    *,
    cited: bool = False,
    top: int = withdrawal.TOP,
    root: Root | None = None,
) -> Withdrawn:
    """Gives what falls if some sources are withdrawn together.

    Args:
        store: Any store or endpoint; it is not changed.
        names: Documents and speakers, and cited works with ``cited``, by name or IRI.
        cited: Whether claims fall with a work that they cite.
        top: How many of the first ranks of the network are looked at.
        root: Where the rules and queries lie.

    Raises:
        NotFound: Nothing is named so, or no claim rests on it.
    """
    sources = tuple(resolve(store, name) for name in names)
    holding = withdrawal.read(store, root)
    for source in sources:
        if not withdrawal.fallen(holding.evidence.mentions, [source.iri], cited=cited):
            raise _rests_on_nothing(holding, source)
    claims = withdrawal.fallen(holding.evidence.mentions, [source.iri for source in sources], cited=cited)
    records = {claim.iri: claim for claim in read(store, root).claims}
    mentions = {support.proposition: support.mentions for support in holding.supports}
    return Withdrawn(sources, withdrawal.loss(holding, claims, top=top), holding, records, mentions)


def _rests_on_nothing(holding: Holding, source: Ref) -> NotFound:
    mentions = holding.evidence.mentions
    published = sorted({each.document for each in mentions if source.iri in each.publishers})
    hint = "Name a document or a speaker; `kzgraph withdraw` lists them."
    if published:
        hint = f"It publishes {', '.join(map(shorten, published))}: name that."
    elif any(source.iri in each.works for each in mentions):
        hint = "It is a cited work: add --cited."
    return NotFound("no claim is reported in this or spoken by it.", where=source.label, hint=hint)


def in_words(found: Withdrawn, *, width: int = 100, most: int = MOST) -> str:
    """Gives what falls as text; of each part at most ``most`` are told, or all for 0."""
    page, loss = Page(width), found.loss
    names = ", ".join(source.label for source in found.sources)
    page.line(f"Without {names}: {len(loss.claims)} of {len(found.claims)} claims fall.")
    for heading, parts in (
        ("Nobody else says", [*_lost(found)]),
        ("Rests on other origins than before", [*_changed(found)]),
        ("Plain edges that vanish", [*_edges(found)]),
        ("Conflicts that dissolve", [*_conflicts(found)]),
        ("Ranks in the network", [*_moves(found)]),
    ):
        page.gap()
        page.line(f"{heading}: {len(parts)}")
        for text, claims in parts[: most or None]:
            if text:
                page.line(text, indent=2, first="- ")
            for claim in claims:
                page.claim(claim, indent=4 if text else 2)
        if most and len(parts) > most:
            page.line(f"… and {len(parts) - most} more.", indent=2)
    return page.text()


Part = tuple[str, list[ClaimRecord]]


def _lost(found: Withdrawn) -> Iterator[Part]:
    for mentions in sorted(found.mentions[proposition] for proposition in found.loss.propositions):
        yield "", [found.claims[claim] for claim in mentions]


def _changed(found: Withdrawn) -> Iterator[Part]:
    for change in found.loss.changed:
        yield (
            f"{found.statement(change.proposition)} Origins: {_bounds(change.before)}, then {_bounds(change.after)}",
            [],
        )


def _bounds(bounds: tuple[int, int]) -> str:
    return " to ".join(map(str, dict.fromkeys(bounds)))


def _edges(found: Withdrawn) -> Iterator[Part]:
    for edge in found.loss.edges:
        claim = found.claims[min(found.holding.edges[edge])]
        value = claim.object.label if isinstance(claim.object, Ref) else claim.object.value
        yield f"{claim.subject.label} · {claim.predicate.label} · {value}", []


def _conflicts(found: Withdrawn) -> Iterator[Part]:
    for conflict in found.loss.conflicts:
        text = f"{conflict.status} · {conflict.kind} · {shorten(conflict.iri)}: {conflict.reason}"
        yield text, [found.claims[claim] for claim in conflict.claims]


def _moves(found: Withdrawn) -> Iterator[Part]:
    for move in found.loss.moves:
        yield f"{found.holding.links.label(move.node)}, by {move.measure}: {_ranks(move)}", []


def _ranks(move: Move) -> str:
    before, after = ("none" if rank is None else str(rank) for rank in (move.before, move.after))
    return f"{before}, then {after}"


# --- tables ---------------------------------------------------------------------------------------------------


def loss_table(found: Withdrawn) -> Table:
    """Gives what falls as a table: a row for each claim, proposition, edge, conflict and rank.

    ``before`` and ``after`` are the bounds of a proposition's origins, or a node's rank by the measure in ``text``.
    """
    loss = found.loss
    rows: list[tuple[str, str, str, str | None, str | None]] = [
        ("claim", claim, found.claims[claim].statement, None, None) for claim in loss.claims
    ]
    rows += [("proposition", each, found.statement(each), None, None) for each in loss.propositions]
    rows += [
        ("origins", each.proposition, found.statement(each.proposition), _bounds(each.before), _bounds(each.after))
        for each in loss.changed
    ]
    rows += [("edge", edge[0], text, None, None) for edge, (text, _) in zip(loss.edges, _edges(found), strict=True)]
    rows += [("conflict", each.iri, each.reason, None, None) for each in loss.conflicts]
    rows += [("rank", each.node, each.measure, _number(each.before), _number(each.after)) for each in loss.moves]
    return Table(
        ("what", "node", "text", "before", "after"),
        tuple((text_term(what), Term("iri", node), *map(_text, rest)) for what, node, *rest in rows),
    )


def _number(rank: int | None) -> str | None:
    return None if rank is None else str(rank)


def _text(cell: str | None) -> Term | None:
    return None if cell is None else text_term(cell)


def reliance_table(
    store: Store, reliances: Iterable[Reliance], *, brief: bool = False, root: Root | None = None
) -> Table:
    """Gives what rests on each source as a table, one row a source; with names and no IRIs if ``brief``."""
    reader = Reader(store, root)
    columns = ("source", "name", "kind", "claims", "propositions", "edges", "conflicts", "shift", "shifted")
    rows = []
    for each in reliances:
        numbers = (each.claims, each.propositions, each.edges, each.conflicts, each.shift)
        head = (Term("iri", each.source), text_term(reader.ref(each.source).label), text_term(each.kind))
        rows.append((*head, *map(number_term, numbers), Term("iri", each.shifted) if each.shifted else None))
    if brief:
        return Table(columns[1:-1], tuple(row[1:-1] for row in rows))
    return Table(columns, tuple(rows))
