"""Who says otherwise: conflicts between claims, found by rules in ``queries/conflicts/`` and judged by people.

A rule is a SELECT whose columns ``claim``, ``side``, ``low``, ``high``, ``date``, ``earliest`` and ``latest`` say what
is compared; all its other columns say what must be the same. Its header names the kind of conflict, how sides are
compared, and, where the rule finds what only looks like a conflict, the explanation. A judgement in graph/judgements/
says what a candidate is; a candidate that nobody judged stays unresolved. Claims are never compared pair by pair.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from .. import dates, iris, yamlio
from ..errors import QueryError
from ..namespaces import KZ
from ..paths import shipped
from ..reading import rows
from ..terms import Table, Term
from .comparisons import COMPARISONS, EVER, Side

if TYPE_CHECKING:
    from pathlib import Path

    from ..paths import Root
    from ..store import Store

GENUINE, EXPLAINED, UNRESOLVED = "genuine", "explained", "unresolved"
#: The rule of a conflict that no rule found, but a person declared.
DECLARED = "declared"

_COMPARED = ("claim", "side", "low", "high", "date", "earliest", "latest")


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
        begins or EVER[0],
        ends or EVER[1],
    )
