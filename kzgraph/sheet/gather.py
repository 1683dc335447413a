"""From a question to an answer sheet: its claims, on what they rest, what disputes them, and what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING

from .. import iris, queries
from ..analysis import clocks, disagreement, origins
from ..namespaces import BASE
from ..records import ClaimRecord, Records, Ref, read
from . import asking, tallies
from .digest import digest
from .parts import STANCES, Brief, Dispute, Finding, Group, LeftOut, Mention, Open, Part

if TYPE_CHECKING:
    from ..analysis.origins import Count
    from ..paths import Root
    from ..store import Store

#: The query that gives what is asked of an event, and how it is answered.
SILENCE = "not-stated"
_CLAIM = f"{BASE}claim/"


def brief(
    store: Store,
    question: str,
    *,
    root: Root,
    params: Mapping[str, str] | None = None,
    title: str | None = None,
    events: bool = False,
    said_by: str | None = None,
    as_of: str | None = None,
    undated: bool = False,
) -> Brief:
    """Gives the answer sheet of a question: the same for the same data and the same version of kzgraph.

    Args:
        store: Any store or endpoint.
        question: The name of a query of the catalogue, SPARQL, or a name in any spelling; a query's name comes first.
        root: Where the queries lie.
        params: Values for the parameters of a named query.
        title: The sheet's heading, where the question's own words will not do.
        events: Whether to ask about the events, too, in which the named node has a part.
        said_by: A date: only what was reported by then; see ``clocks``.
        as_of: A date: only what is said to hold then.
        undated: Whether what these two cannot date is kept.

    Raises:
        NotFound: Nothing is named so.
        QueryError: The query cannot be run, or a value or a date does not fit.
    """
    from .. import __version__

    whole = digest(store)
    conditions: tuple[str, ...] = ()
    clock = ""
    clocked: tuple[LeftOut, ...] = ()
    if said_by is not None or as_of is not None:
        store, left = clocks.restrict(store, root, said_by=said_by, as_of=as_of, undated=undated)
        conditions, clocked = _conditions(said_by, as_of, undated), tallies.clocked(left)
        clock = _options(said_by, as_of, undated)
    records = read(store, root)
    asked, table = asking.ask(store, question, root, dict(params or {}), records, events)
    asked = replace(asked, command=asked.command and f"{asked.command}{clock}")
    named = {term.value for row in table.rows for term in row if term is not None and term.value.startswith(_CLAIM)}
    here = [claim for claim in records.claims if claim.iri in named]
    numbers: dict[str, int] = {}
    counts = origins.stored(store, root)
    affirmed = {claim.proposition for claim in records.claims if affirms(claim)}
    parts = tuple(_parts(here, counts, affirmed, numbers))
    disputes = tuple(_disputes(store, root, records, {claim.iri for claim in here}, numbers))
    sources, silent = tallies.sources(records, here, numbers)
    heading = title or asking.title(asked)
    return Brief(
        title=heading,
        mark=iris.digest(heading, asked.sparql, str(whole.sha256), __version__, *conditions),
        question=asked,
        digest=whole,
        version=__version__,
        conditions=conditions,
        counts=tallies.counts(records, here, counts, affirmed),
        table=None if asked.nodes else table,
        parts=parts,
        disputes=disputes,
        open=tuple(_open(store, root, asked.nodes)),
        left_out=(*clocked, *tallies.left_out(records, here, asked, disputes), *tallies.unclaimed(sources)),
        sources=sources,
        silent=silent,
        notes=_notes(records, numbers),
    )


def affirms(claim: ClaimRecord) -> bool:
    """Tells whether a claim says that its content is so."""
    return claim.modality in ("asserted", "alleged") and claim.polarity == "positive"


# --- the findings ---------------------------------------------------------------------------------------------


def _mention(claim: ClaimRecord, numbers: dict[str, int]) -> Mention:
    return Mention(claim, numbers.setdefault(claim.iri, len(numbers) + 1))


def _parts(
    here: list[ClaimRecord], counts: dict[str, Count], affirmed: Collection[str], numbers: dict[str, int]
) -> Iterable[Part]:
    """Gives the claims by stance, predicate and proposition, and numbers them in that order."""
    for stance in STANCES:
        by_predicate: dict[Ref, dict[str, list[ClaimRecord]]] = defaultdict(lambda: defaultdict(list))
        for claim in here:
            if claim.modality == stance:
                by_predicate[claim.predicate][claim.proposition].append(claim)
        groups = []
        for predicate in sorted(by_predicate, key=lambda ref: (ref.label, ref.iri)):
            found = sorted(by_predicate[predicate].items(), key=_in_time)
            groups.append(
                Group(
                    predicate,
                    tuple(
                        Finding(each, counts[each], each in affirmed, tuple(_mention(c, numbers) for c in claims))
                        for each, claims in found
                    ),
                )
            )
        if groups:
            yield Part(stance, tuple(groups))


def _in_time(found: tuple[str, list[ClaimRecord]]) -> tuple[str, str, int, str]:
    """Puts what is dated first, by date, then all by place in the text."""
    first = found[1][0]
    return first.when or "~", first.document.iri, first.start, first.iri


def _disputes(store: Store, root: Root, records: Records, here: set[str], numbers: dict[str, int]) -> Iterable[Dispute]:
    """Gives the conflicts in which a claim of the sheet has a side: the genuine first."""
    claims = {claim.iri: claim for claim in records.claims}
    found = [each for each in disagreement.stored(store, root) if not here.isdisjoint(each.claims)]
    order = (disagreement.GENUINE, disagreement.UNRESOLVED, disagreement.EXPLAINED)
    for each in sorted(found, key=lambda conflict: (order.index(conflict.status), conflict.kind, conflict.iri)):
        sides = sorted((claims[iri] for iri in each.claims), key=lambda claim: numbers.get(claim.iri, len(claims)))
        beyond = frozenset(claim for claim in each.claims if claim not in here)
        yield Dispute(each, tuple(_mention(claim, numbers) for claim in sides), beyond)


def _open(store: Store, root: Root, nodes: tuple[Ref, ...]) -> Iterable[Open]:
    """Gives what no claim states of the events that were asked about."""
    if not nodes or (query := asking.query(SILENCE, root)) is None:
        return
    states: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in asking.table(store, queries.prepare(query, {"node": "|".join(node.iri for node in nodes)})).records():
        states[row["node"]][row["slot"]].add(row["state"])
    for node in nodes:
        slots = sorted(
            (slot, tuple(sorted(found))) for slot, found in states[node.iri].items() if "stated" not in found
        )
        if slots:
            yield Open(node, tuple(slots))


def _notes(records: Records, numbers: Mapping[str, int]) -> tuple[Mention, ...]:
    claims = {claim.iri: claim for claim in records.claims}
    return tuple(Mention(claims[iri], number) for iri, number in sorted(numbers.items(), key=lambda item: item[1]))


# --- the clocks ---


def _conditions(said_by: str | None, as_of: str | None, undated: bool) -> tuple[str, ...]:
    told = []
    if said_by is not None:
        told.append(f"Only what was reported by {said_by}.")
    if as_of is not None:
        told.append(f"Only what is said to hold at {as_of}.")
    told.append("What cannot be dated is kept." if undated else "What cannot be dated is left out.")
    return tuple(told)


def _options(said_by: str | None, as_of: str | None, undated: bool) -> str:
    """Gives the clocks as a command line takes them."""
    given = ((" --said-by ", said_by), (" --as-of ", as_of))
    told = "".join(f"{option}{quote(date)}" for option, date in given if date is not None)
    return f"{told} --undated" if undated else told
