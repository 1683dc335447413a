"""Who says otherwise: conflicts between claims, found by rules in ``queries/conflicts/`` and judged by people.

A rule is a SELECT whose columns ``claim``, ``side``, ``low``, ``high``, ``date``, ``earliest`` and ``latest`` say what
is compared; all its other columns say what must be the same. Its header names the kind of conflict, how sides are
compared, and, where the rule finds what only looks like a conflict, the explanation. A judgement in graph/judgements/
says what a candidate is; a candidate that nobody judged stays unresolved. Claims are never compared pair by pair.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from .. import dates, iris, yamlio
from ..errors import QueryError
from ..namespaces import KZ
from ..paths import shipped
from ..reading import rows
from ..terms import Table, Term

if TYPE_CHECKING:
    from pathlib import Path

    from ..paths import Root
    from ..store import Store

GENUINE, EXPLAINED, UNRESOLVED = "genuine", "explained", "unresolved"
#: The rule of a conflict that no rule found, but a person declared.
DECLARED = "declared"

_COMPARED = ("claim", "side", "low", "high", "date", "earliest", "latest")
_EVER = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which claims can disagree, as its file says it."""

    name: str
    kind: str
    summary: str
    compare: str
    text: str
    status: str = UNRESOLVED
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """A claim as a rule compares it: by what it says, or by bounds, and when that is said to hold."""

    claim: str
    value: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    begins: str = _EVER[0]
    ends: str = _EVER[1]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided about some claims."""

    iri: str
    kind: str
    status: str
    explanation: str | None
    reason: str
    claims: frozenset[str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that disagree or seem to: of which kind, by which rules, how it stands, and why.

    ``rules`` is ``("declared",)`` where only a person found it. ``judgement`` is None where nobody has judged; then
    ``unjudged`` are the claims that are new.
    """

    iri: str
    kind: str
    status: str
    explanation: str | None
    rules: tuple[str, ...]
    claims: tuple[str, ...]
    reason: str
    judgement: str | None = None
    unjudged: tuple[str, ...] = field(default=())


def rules(root: Root) -> tuple[Rule, ...]:
    """Gives the rules of ``queries/conflicts/``, by name.

    Raises:
        QueryError: A header that does not say what is compared.
    """
    return tuple(_rule(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_folder(root).glob("*.rq")))


def _folder(root: Root) -> Path:
    """Gives the folder of the rules: the root's own, or the one that comes with kzgraph."""
    own = root.queries / "conflicts"
    return own if own.is_dir() else shipped() / "queries" / "conflicts"


def _rule(name: str, text: str) -> Rule:
    header = "\n".join(re.findall(r"^#\+ ?(.*)$", text, re.MULTILINE))
    content, problems = yamlio.load(header.encode(), f"queries/conflicts/{name}.rq")
    fields = content if isinstance(content, yamlio.Map) else {}
    found = {key: str(value) for key, value in fields.items()}
    if problems or found.get("compare") not in COMPARISONS or not {"kind", "summary"} <= found.keys():
        hint = f"It needs summary, kind and compare: {', '.join(COMPARISONS)}."
        raise QueryError(f"the rule `{name}` does not say how it compares.", hint=hint)
    return Rule(
        name,
        found["kind"],
        found["summary"],
        found["compare"],
        text,
        found.get("status", UNRESOLVED),
        found.get("explanation"),
    )


def conflicts(store: Store, root: Root) -> tuple[Conflict, ...]:
    """Gives every conflict of a graph, by IRI: candidates of the rules as they were judged, and what was declared."""
    judged = _judgements(store, root)
    by_claim: dict[str, set[str]] = defaultdict(set)
    for each in judged.values():
        for claim in each.claims:
            by_claim[claim].add(each.iri)
    fired: dict[str, set[str]] = defaultdict(set)  # rules, by judgement
    open_ones: dict[tuple[str, ...], Conflict] = {}
    for rule in rules(root):
        for claims in candidates(store, rule):
            hits = _hits(claims, by_claim)
            for judgement in hits:
                fired[judgement].add(rule.name)
            left = tuple(claim for claim in claims if not by_claim[claim] & hits)
            if left:
                known = open_ones.get(claims)
                fresh = _candidate(rule, claims, left)
                open_ones[claims] = replace(known, rules=(*known.rules, rule.name)) if known else fresh
    found = [_of_judgement(each, fired[each.iri]) for each in judged.values()] + list(open_ones.values())
    return tuple(sorted(found, key=lambda conflict: conflict.iri))


def stored(store: Store, root: Root | None = None) -> tuple[Conflict, ...]:
    """Gives the conflicts that a graph holds in its derived layer, by IRI; which claims are unjudged is not kept."""
    found: dict[str, Conflict] = {}
    for row in rows(store, "conflicts", root):
        iri, claim, rule = row["conflict"].value, row["claim"].value, row["rule"].value
        before = found.get(iri)
        found[iri] = Conflict(
            iri,
            row["kind"].value.removeprefix(f"{KZ}conflict-"),
            row["status"].value.removeprefix(f"{KZ}conflictstatus-"),
            row["explanation"].value.removeprefix(f"{KZ}explanation-") if "explanation" in row else None,
            tuple(dict.fromkeys((*(before.rules if before else ()), rule))),
            tuple(dict.fromkeys((*(before.claims if before else ()), claim))),
            row["reason"].value,
            row["judgement"].value if "judgement" in row else None,
        )
    return tuple(found.values())


def _hits(claims: tuple[str, ...], by_claim: dict[str, set[str]]) -> set[str]:
    """Gives the judgements that speak of at least two of some claims."""
    seen: set[str] = set()
    twice: set[str] = set()
    for claim in claims:
        twice |= by_claim[claim] & seen
        seen |= by_claim[claim]
    return twice


def _candidate(rule: Rule, claims: tuple[str, ...], left: tuple[str, ...]) -> Conflict:
    return Conflict(
        iris.conflict(iris.digest(rule.kind, *claims)),
        rule.kind,
        rule.status,
        rule.explanation,
        (rule.name,),
        claims,
        rule.summary,
        unjudged=left if rule.status == UNRESOLVED else (),
    )


def _of_judgement(judged: Judged, fired: set[str]) -> Conflict:
    return Conflict(
        iris.conflict(judged.iri.rpartition("/")[2]),
        judged.kind,
        judged.status,
        judged.explanation,
        tuple(sorted(fired)) or (DECLARED,),
        tuple(sorted(judged.claims)),
        judged.reason,
        judged.iri,
    )


def _judgements(store: Store, root: Root) -> dict[str, Judged]:
    found: dict[str, Judged] = {}
    for row in rows(store, "conflict-judgements", root):
        judgement, claim = row["judgement"].value, row["claim"].value
        before = found.get(judgement)
        explanation = row["explanation"].value.removeprefix(f"{KZ}explanation-") if "explanation" in row else None
        found[judgement] = Judged(
            judgement,
            row["kind"].value.removeprefix(f"{KZ}conflict-"),
            row["status"].value.removeprefix(f"{KZ}conflictstatus-"),
            explanation,
            row["reason"].value,
            (before.claims if before else frozenset()) | {claim},
        )
    return found


def candidates(store: Store, rule: Rule) -> Iterator[tuple[str, ...]]:
    """Gives each set of claims that a rule finds to disagree, sorted."""
    compare = COMPARISONS[rule.compare]
    seen = set()
    for sides in groups(store, rule):
        found = tuple(sorted(compare(sides))) if len(sides) > 1 else ()
        if len(found) > 1 and found not in seen:
            seen.add(found)
            yield found


def groups(store: Store, rule: Rule) -> Iterator[list[Side]]:
    """Gives the claims that a rule compares with each other, group by group."""
    answer = store.query(rule.text)
    assert isinstance(answer, Table)
    same = [column for column in answer.columns if column not in _COMPARED]
    found: dict[tuple[Term | None, ...], list[Side]] = defaultdict(list)
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        found[tuple(cells[column] for column in same)].append(_side(cells))
    yield from found.values()


def _side(cells: dict[str, Term | None]) -> Side:
    def text(column: str) -> str | None:
        cell = cells.get(column)
        return cell.value if cell else None

    low, high = text("low"), text("high")
    begins, ends = text("earliest"), text("latest")
    date = text("date")
    if date is not None:
        begins, ends = dates.bounds(date) or (None, None)
    return Side(
        text("claim") or "",
        str(cells.get("side")),
        Decimal(low) if low else None,
        Decimal(high) if high else None,
        begins or _EVER[0],
        ends or _EVER[1],
    )


# --- comparisons: each gives the claims of a group that disagree with another of it -----------------------------


def _sides(sides: list[Side]) -> set[str]:
    """Gives all claims, if there are at least two sides."""
    return {side.claim for side in sides} if len({side.value for side in sides}) > 1 else set()


def _day(date: str) -> int:
    return int(date.replace("-", "")) * (-1 if date.startswith("-") else 1)


def _bounds(sides: list[Side]) -> set[str]:
    """Gives the claims whose bounds do not meet those of another that holds at a time that meets theirs.

    In the order of their last days, each side asks the least upper and the greatest lower bound of all that begin
    by then and end no earlier than it begins.
    """
    days = [(_day(side.begins), _day(side.ends), side) for side in sides]
    by_begin = sorted(days, key=lambda each: each[0])
    ends = sorted({last for _, last, _ in days})
    highs, lows = _SuffixMinimum(len(ends)), _SuffixMinimum(len(ends))
    found, begun = set(), 0
    for first, last, side in sorted(days, key=lambda each: each[1]):
        while begun < len(by_begin) and by_begin[begun][0] <= last:
            _, until, other = by_begin[begun]
            place = bisect_left(ends, until)
            highs.put(place, other.high)
            lows.put(place, None if other.low is None else -other.low)
            begun += 1
        least, greatest = highs.least(bisect_left(ends, first)), lows.least(bisect_left(ends, first))
        below = side.low is not None and least is not None and least < side.low
        above = side.high is not None and greatest is not None and -greatest > side.high
        if below or above:
            found.add(side.claim)
    return found


class _SuffixMinimum:
    """The least number from a place on, over numbers put at places one by one (a tree after Fenwick, 1994)."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._least: list[Decimal | None] = [None] * (size + 1)

    def put(self, place: int, number: Decimal | None) -> None:
        """Adds a number at a place; None adds nothing."""
        index = self._size - place
        while number is not None and index <= self._size:
            here = self._least[index]
            self._least[index] = number if here is None else min(here, number)
            index += index & -index

    def least(self, place: int) -> Decimal | None:
        """Gives the least number at the place or after it."""
        index, found = self._size - place, None
        while index > 0:
            here = self._least[index]
            found = here if found is None else found if here is None else min(here, found)
            index -= index & -index
        return found


def _bounds_apart(sides: list[Side]) -> set[str]:
    """Gives the claims whose bounds do not meet those of another, but only at times that do not meet."""
    whenever = _bounds([replace(side, begins=_EVER[0], ends=_EVER[1]) for side in sides])
    return whenever - _bounds(sides)


def _sides_in_time(sides: list[Side]) -> set[str]:
    """Gives the claims that say something else than another that holds at a time that meets theirs."""
    every = _Meetings(sides)
    alike: dict[str, list[Side]] = defaultdict(list)
    for side in sides:
        alike[side.value].append(side)
    same = {value: _Meetings(group) for value, group in alike.items()}
    return {side.claim for side in sides if every.count(side) > same[side.value].count(side)}


class _Meetings:
    """Counts the sides whose times meet a side's: those begun by its end, less those ended before its beginning."""

    def __init__(self, sides: list[Side]) -> None:
        self._begins = sorted(_day(side.begins) for side in sides)
        self._ends = sorted(_day(side.ends) for side in sides)

    def count(self, side: Side) -> int:
        """Gives how many meet it, itself among them if it is there."""
        return bisect_right(self._begins, _day(side.ends)) - bisect_left(self._ends, _day(side.begins))


def _dates(sides: list[Side]) -> set[str]:
    """Gives the claims whose dates do not meet another's."""
    earliest_end = min(_day(side.ends) for side in sides)
    latest_start = max(_day(side.begins) for side in sides)
    return {side.claim for side in sides if _day(side.begins) > earliest_end or _day(side.ends) < latest_start}


COMPARISONS: dict[str, Callable[[list[Side]], set[str]]] = {
    "sides": _sides,
    "sides-in-time": _sides_in_time,
    "bounds": _bounds,
    "bounds-apart": _bounds_apart,
    "dates": _dates,
}
