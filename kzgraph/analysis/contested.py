"""Which figures are given for one thing, by whom, and which of them cannot both be true; never an average.

Figures stand together when they have the same subject, predicate and unit, or when a judgement sets figures of
different subjects against each other, such as two ranks in one index. A group is contested when two of its figures
do not meet, or when a conflict names one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ..namespaces import KZ
from ..reading import rows
from ..records import QUANTITY, ClaimRecord, Records, Ref, Value, read
from .comparisons import COMPARISONS, Side
from .disagreement import EXPLAINED, GENUINE, UNRESOLVED, Conflict, stored
from .rivals import scope, touches

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

#: How a figure stands, the worst first; a figure of which nothing is said otherwise is the last.
UNCONTESTED = "uncontested"
STATUSES = (GENUINE, UNRESOLVED, EXPLAINED, UNCONTESTED)

_RIGHT = f"{KZ}right-"

Key = tuple[str, str, str]  # subject, predicate, unit


@dataclass(frozen=True, slots=True)
class Figure:
    """A claim that gives a figure.

    ``said`` is when it was said, in EDTF, and ``said_by`` what tells so: ``claim``, or ``document`` where only the
    date of the document is known. ``apart`` tells whether another figure of its subject does not meet it.
    """

    claim: ClaimRecord
    said: str | None = None
    said_by: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    apart: bool = False

    @property
    def value(self) -> Value:
        """The figure itself."""
        assert isinstance(self.claim.object, Value)
        return self.claim.object

    @property
    def lower(self) -> Decimal | None:
        """The least value it may have, if it has a bound below."""
        return None if self.value.lower is None else Decimal(self.value.lower)

    @property
    def upper(self) -> Decimal | None:
        """The greatest value it may have, if it has a bound above."""
        return None if self.value.upper is None else Decimal(self.value.upper)

    @property
    def printed(self) -> str:
        """The figure as the document prints it."""
        return self.value.verbatim or self.value.value

    @property
    def status(self) -> str:
        """How it stands: the worst of its conflicts."""
        found = [conflict.status for conflict in self.conflicts] or [UNRESOLVED if self.apart else UNCONTESTED]
        return min(found, key=STATUSES.index)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that are given for one thing, in reading order.

    ``judged`` is the conflict that sets figures of different subjects side by side; ``beside`` are the other claims
    that it names.
    """

    subjects: tuple[Ref, ...]
    predicates: tuple[Ref, ...]
    units: tuple[str, ...]
    figures: tuple[Figure, ...]
    judged: Conflict | None = None
    beside: tuple[ClaimRecord, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether two of its figures do not meet, or a conflict names one of them."""
        return any(figure.status != UNCONTESTED for figure in self.figures)

    @property
    def status(self) -> str:
        """How it stands: as the judgement that made it says, else as its worst figure."""
        return (
            self.judged.status if self.judged else min((figure.status for figure in self.figures), key=STATUSES.index)
        )

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that name its figures, the worst first."""
        found = {conflict.iri: conflict for figure in self.figures for conflict in figure.conflicts}
        return tuple(sorted(found.values(), key=lambda each: (STATUSES.index(each.status), each.iri)))

    @property
    def title(self) -> str:
        """What is counted or measured, and of what."""
        predicates = ", ".join(dict.fromkeys(ref.label for ref in self.predicates))
        units = ", ".join(dict.fromkeys(unit.replace("-", " ") for unit in self.units))
        subjects = "; ".join(dict.fromkeys(ref.label for ref in self.subjects))
        return f"{subjects}: {predicates}" + (f" ({units})" if units else "")


def figures(
    store: Store, about: str | None = None, *, contested: bool = False, root: Root | None = None
) -> tuple[Group, ...]:
    """Gives the figures of a graph in groups: the contested first, the worst of them before the others.

    Args:
        store: Any store or endpoint.
        about: A name, IRI or right; only groups with a figure about it, about what happened at it, about a part of it
            or measured of it. Such a group is given whole.
        contested: Only groups in which somebody says otherwise.
        root: Where the queries lie.

    Raises:
        NotFound: Nothing is named so.
    """
    nodes = reach(store, about, root) if about else None
    in_words = (row["claim"].value for row in rows(store, "figures-in-words", root))
    found = groups(read(store, root), stored(store, root), in_words)
    kept = [
        group
        for group in found
        if (group.contested or not contested)
        and (nodes is None or any(touches(figure.claim, nodes) for figure in group.figures))
    ]
    return tuple(sorted(kept, key=lambda group: (STATUSES.index(group.status), -len(group.figures), group.title)))


def reach(store: Store, name: str, root: Root | None = None) -> frozenset[str]:
    """Gives what a name stands for where figures are asked.

    It is a right with the narrower ones, else a node with the events at it, their parts, and what was measured of it.

    Raises:
        NotFound: Nothing is named so.
    """
    parts: dict[str, list[str]] = defaultdict(list)
    for row in rows(store, "measured-or-narrower", root):
        parts[row["whole"].value].append(row["part"].value)
    asked = name.strip().casefold()
    rights = [
        row["concept"].value
        for row in rows(store, "concepts", root)
        if row["concept"].value.startswith(_RIGHT)
        and asked in (row["label"].value.casefold(), row["concept"].value.removeprefix(_RIGHT))
    ]
    reached = rights[:1] if len(rights) == 1 else sorted(scope(store, name, root))
    for node in reached:
        reached += [part for part in parts[node] if part not in reached]
    return frozenset(reached)


def groups(records: Records, conflicts: Iterable[Conflict], in_words: Iterable[str] = ()) -> Iterator[Group]:
    """Gives every figure of some records in its groups: those of one subject, then those that a conflict makes.

    Args:
        records: All claims and documents.
        conflicts: All conflicts; those that do not name figures are passed over.
        in_words: The IRIs of claims that give a figure as a text.
    """
    texts = set(in_words)
    claims = {claim.iri: claim for claim in records.claims}
    given = [claim for claim in records.claims if claim.iri in texts or _quantity(claim)]
    keys = _keys(given)
    about = [conflict for conflict in conflicts if _names_figures(conflict, keys)]
    named: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in about:
        for iri in conflict.claims:
            named[iri].append(conflict)
    issued = {document.iri: document.issued for document in records.documents}
    by_key: dict[Key, list[ClaimRecord]] = defaultdict(list)
    for claim in given:
        by_key[keys[claim.iri]].append(claim)
    made: dict[str, Figure] = {}
    for members in by_key.values():
        far = _apart(members)
        for claim in members:
            made[claim.iri] = _figure(claim, issued, tuple(named[claim.iri]), claim.iri in far)
    across = [conflict for conflict in about if len({keys[iri] for iri in conflict.claims if iri in keys}) > 1]
    shown = {iri for conflict in across for iri in conflict.claims}
    for members in by_key.values():
        if not all(claim.iri in shown for claim in members):
            yield _group([made[claim.iri] for claim in members])
    for conflict in across:
        sides = sorted((iri for iri in conflict.claims if iri in keys), key=list(made).index)
        beside = tuple(claims[iri] for iri in conflict.claims if iri not in keys)
        yield _group([made[iri] for iri in sides], conflict, beside)


def _quantity(claim: ClaimRecord) -> bool:
    return isinstance(claim.object, Value) and claim.object.datatype == QUANTITY


def _names_figures(conflict: Conflict, keys: dict[str, Key]) -> bool:
    """Tells whether a conflict is about figures: by its kind, or because it names two of them."""
    count = sum(iri in keys for iri in conflict.claims)
    return count > 1 or (count == 1 and conflict.kind == "figures")


def _keys(claims: Iterable[ClaimRecord]) -> dict[str, Key]:
    """Gives the group of each figure; one in words joins the only unit that its subject is counted in."""
    units: dict[tuple[str, str], set[str]] = defaultdict(set)
    listed = list(claims)
    for claim in listed:
        if isinstance(claim.object, Value) and claim.object.unit:
            units[claim.subject.iri, claim.predicate.iri].add(claim.object.unit)
    found: dict[str, Key] = {}
    for claim in listed:
        pair = claim.subject.iri, claim.predicate.iri
        own = claim.object.unit if isinstance(claim.object, Value) else None
        only = next(iter(units[pair])) if len(units[pair]) == 1 else ""
        found[claim.iri] = (*pair, own or only)
    return found


def _apart(claims: list[ClaimRecord]) -> set[str]:
    """Gives the affirmed figures that do not meet another, whenever either is said to hold."""
    sides = []
    for claim in claims:
        if _affirmed(claim) and isinstance(claim.object, Value):
            low, high = (
                None if bound is None else Decimal(bound) for bound in (claim.object.lower, claim.object.upper)
            )
            sides.append(Side(claim.iri, "", low, high))
    return COMPARISONS["bounds"](sides) if len(sides) > 1 else set()


def _affirmed(claim: ClaimRecord) -> bool:
    return claim.polarity == "positive" and claim.modality in ("asserted", "alleged")


def _figure(claim: ClaimRecord, issued: dict[str, str | None], conflicts: tuple[Conflict, ...], apart: bool) -> Figure:
    date = issued.get(claim.document.iri)
    said_by = "claim" if claim.said else "document" if date else None
    return Figure(claim, claim.said or date, said_by, conflicts, apart)


def _group(figures: list[Figure], judged: Conflict | None = None, beside: tuple[ClaimRecord, ...] = ()) -> Group:
    claims = [figure.claim for figure in figures]
    return Group(
        tuple(dict.fromkeys(claim.subject for claim in claims)),
        tuple(dict.fromkeys(claim.predicate for claim in claims)),
        tuple(dict.fromkeys(figure.value.unit for figure in figures if figure.value.unit)),
        tuple(figures),
        judged,
        beside,
    )
