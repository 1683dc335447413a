"""What nobody says: the questions that one asks of such an event, and which of them these documents leave open.

Silence is said of these documents only, never of the world. What is denied or alleged is no silence. The questions of
each kind of event, and what answers them, are data in ``queries/events/not-stated.rq``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import queries
from ..errors import NotFound
from ..namespaces import shorten
from ..plaintext import printable
from ..prose import Page
from ..reading import rows
from ..records import ClaimRecord, Ref, read
from ..terms import Table, Term, text_term
from .rivals import scope

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

NOT_STATED = "not stated in these documents"
STATED, COUNTRY = "stated", "only the country"
_ORDER = (STATED, COUNTRY, "alleged", "projected", "recommended", "denied", NOT_STATED)
_TOLD = 3  # claims that a slot is told with


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim that answers a question about an event or about ``of``, its part or whole, and how it does."""

    state: str
    claim: ClaimRecord
    of: Ref | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A question about an event: what is asked, what answers it, and what answers it for a part or the whole."""

    name: str
    answers: tuple[Answer, ...] = ()
    nearby: tuple[Answer, ...] = ()

    @property
    def state(self) -> str:
        """How it is answered: the plainest of its answers, and what some deny."""
        states = sorted({answer.state for answer in self.answers}, key=_ORDER.index)
        if not states:
            return NOT_STATED
        return ", ".join(states if states[0] != STATED else [STATED, *(each for each in states if each == "denied")])


@dataclass(frozen=True, slots=True)
class Asked:
    """An event, or a law, with what is asked of it."""

    node: Ref
    slots: tuple[Slot, ...]

    @property
    def silent(self) -> tuple[Slot, ...]:
        """The questions that no claim about it answers, in any way."""
        return tuple(slot for slot in self.slots if not slot.answers)


def silence(store: Store, name: str | None = None, *, root: Root | None = None) -> tuple[Asked, ...]:
    """Gives what is asked of an event, of all events at a place and their parts, or of all events of a graph.

    Args:
        store: Any store or endpoint.
        name: A name or IRI; the whole graph without it. What has most open questions comes first.
        root: Where the queries lie.

    Raises:
        NotFound: Nothing is named so, or nothing is asked of it.
    """
    records = read(store, root)
    events = [entity.iri for entity in records.entities if entity.family in ("event", "instrument")]
    wanted = scope(store, name, root) if name else frozenset(events)
    labels = {entity.iri: Ref(entity.iri, entity.label, entity.type.iri) for entity in records.entities}
    answers = _answers(store, events, {claim.iri: claim for claim in records.claims}, root)
    near = _near(store, root)
    found = []
    for node, slots in answers.items():
        if node in wanted:
            told = tuple(
                Slot(slot, tuple(given), () if given else _nearby(slot, near[node], answers, labels))
                for slot, given in slots.items()
            )
            found.append(Asked(labels[node], told))
    if name and not found:
        message = f"nothing is asked of “{printable(name)}”: it is no event or law of a kind that questions belong to."
        raise NotFound(message, hint="Name an arrest, a killing, a trial, a protest, an election or a law.")
    return tuple(sorted(found, key=lambda each: (-len(each.silent), each.node.label, each.node.iri)))


def _answers(
    store: Store, events: list[str], claims: dict[str, ClaimRecord], root: Root | None
) -> dict[str, dict[str, list[Answer]]]:
    """Gives the answers to each question of each event, as the query has them."""
    if not events:
        return {}
    from ..paths import find_root

    query = queries.find("not-stated", root or find_root())
    answer = store.query(queries.prepare(query, {"node": "|".join(events)}))
    assert isinstance(answer, Table)
    found: dict[str, dict[str, list[Answer]]] = defaultdict(dict)
    for row in answer.records():
        given = found[row["node"]].setdefault(row["slot"], [])
        if "claim" in row:
            given.append(Answer(row["state"], claims[row["claim"]]))
    for slots in found.values():
        for given in slots.values():
            given.sort(key=lambda each: (_ORDER.index(each.state), each.claim.iri))
    return found


def _near(store: Store, root: Root | None) -> dict[str, list[str]]:
    """Gives the parts of each event and what it is part of; a place is not near what happened at it."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(store, "at-or-part-of", root):
        event, whole = row["event"].value, row["whole"].value
        found[whole].append(event)
        found[event].append(whole)
    return found


def _nearby(
    slot: str, near: Iterable[str], answers: dict[str, dict[str, list[Answer]]], labels: dict[str, Ref]
) -> tuple[Answer, ...]:
    return tuple(
        Answer(given.state, given.claim, labels[node])
        for node in dict.fromkeys(near)
        for given in answers.get(node, {}).get(slot, ())
    )


# --- in words -----------------------------------------------------------------------------------------------------


def in_words(found: Iterable[Asked], *, width: int = 100) -> str:
    """Gives events as text: one with the claims that answer, several with the names of the questions alone."""
    listed = list(found)
    page = Page(width)
    for asked in listed:
        page.gap()
        page.line(f"{asked.node.label} · {shorten(asked.node.iri)}")
        if len(listed) == 1:
            for slot in asked.slots:
                _tell(page, slot)
        else:
            by_state: dict[str, list[str]] = defaultdict(list)
            for slot in asked.slots:
                by_state[slot.state].append(slot.name)
            for state in sorted(by_state, key=lambda state: (state == NOT_STATED, _ORDER.index(state.split(", ")[0]))):
                page.line(f"{state}: {', '.join(by_state[state])}", indent=2)
    return page.text() or "There are no events here.\n"


def _tell(page: Page, slot: Slot) -> None:
    page.gap()
    page.line(f"{slot.name}: {slot.state}", indent=2)
    shown = slot.answers[:_TOLD]
    for answer in shown:
        page.claim(answer.claim)
    if len(slot.answers) > _TOLD:
        page.line(f"and {len(slot.answers) - _TOLD} more", indent=4)
    for answer in slot.nearby[:_TOLD]:
        assert answer.of is not None
        page.line(f"but {answer.state} of {answer.of.label}:", indent=4)
        page.claim(answer.claim, indent=6)


def table(found: Iterable[Asked]) -> Table:
    """Gives events as a table: a row for each claim that answers, and for each question that none answers."""
    columns = ("node", "name", "slot", "state", "of", "claim", "statement", "quote", "speakers", "document")
    made: list[tuple[Term | None, ...]] = []
    for asked in found:
        for slot in asked.slots:
            head = (Term("iri", asked.node.iri), text_term(asked.node.label), text_term(slot.name))
            if not slot.answers:
                made.append((*head, text_term(NOT_STATED), *(None,) * 6))
            made += [(*head, *_cells(answer)) for answer in (*slot.answers, *slot.nearby)]
    return Table(columns, tuple(made))


def _cells(answer: Answer) -> tuple[Term | None, ...]:
    claim = answer.claim
    speakers = " → ".join(speaker.label for speaker in claim.speakers)
    return (
        text_term(answer.state),
        Term("iri", answer.of.iri) if answer.of else None,
        Term("iri", claim.iri),
        text_term(claim.statement),
        text_term(claim.quote),
        text_term(speakers) if speakers else None,
        Term("iri", claim.document.iri),
    )
