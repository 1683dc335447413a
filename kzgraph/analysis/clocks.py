"""Two clocks: a graph as far as it was reported by a date, and as far as it is said to hold at a date.

The clock of reports looks at when the words of a claim were said or, where that is not told, when the document that
reports it was issued; a year or a month counts from its last day. The clock of what is reported looks at the time at
which a claim is said to hold, which may be open on one side. What one of them cannot date is left out, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import dates
from ..errors import QueryError
from ..paths import find_root
from ..reading import rows
from . import remainder

if TYPE_CHECKING:
    from ..paths import Root
    from ..reading import Row
    from ..store import Oxigraph, Store

_EVER = ("0000-00-00", "9999-99-99")
_KEPT, _LATER, _ELSEWHEN, _UNDATED = "kept", "later", "elsewhen", "undated"


@dataclass(frozen=True, slots=True)
class Left:
    """How many claims there were, and how many of them were left out, each for one reason.

    ``later`` were reported later, ``elsewhen`` are said to hold at another time, and of ``undated`` the one or the
    other cannot be told.
    """

    claims: int
    later: int = 0
    elsewhen: int = 0
    undated: int = 0

    @property
    def kept(self) -> int:
        """How many claims are left in."""
        return self.claims - self.later - self.elsewhen - self.undated

    def in_words(self) -> str:
        """Gives one line: how many claims are left in, and how many are left out and why.

        >>> Left(40, later=3, undated=30).in_words()
        '7 of 40 claims; left out: 3 reported later, 30 undated (--undated keeps those).'
        """
        reasons = (
            f"{self.later} reported later" if self.later else "",
            f"{self.elsewhen} said to hold at another time" if self.elsewhen else "",
            f"{self.undated} undated (--undated keeps those)" if self.undated else "",
        )
        return f"{self.kept} of {self.claims} claims; left out: {', '.join(filter(None, reasons)) or 'none'}."


def report_day(date: str) -> str:
    """Gives the last day of a date by which something was reported, as ``YYYY-MM-DD``.

    Raises:
        QueryError: The text is no date, or has no last day.

    >>> report_day("2011-12"), report_day("2012-05-03")
    ('2011-12-31', '2012-05-03')
    """
    last = (dates.bounds(date) or (None, None))[1]
    if last is None:
        raise QueryError(f"`{date}` is no date with a last day.", hint=_HINT)
    return last


def time(date: str) -> tuple[str, str]:
    """Gives the first and the last day of a time at which something holds; an open side has no limit.

    Raises:
        QueryError: The text is no date.

    >>> time("2011"), time("2011-12-16/..")
    (('2011-01-01', '2011-12-31'), ('2011-12-16', '9999-99-99'))
    """
    found = dates.bounds(date)
    if found is None or found == (None, None):
        raise QueryError(f"`{date}` is no date.", hint=_HINT)
    return found[0] or _EVER[0], found[1] or _EVER[1]


_HINT = "Write a day, a month, a year or another EDTF date: 2011-12-16, 2011-12, 2011."


def restrict(
    store: Store,
    root: Root | None = None,
    *,
    said_by: str | None = None,
    as_of: str | None = None,
    undated: bool = False,
) -> tuple[Oxigraph, Left]:
    """Gives a store in memory with the claims that pass both clocks, derived anew, and what was left out.

    Args:
        store: Any store or endpoint; it is not changed.
        root: Where the rules and queries lie.
        said_by: A date in EDTF; only what was reported by its last day.
        as_of: A date in EDTF; only what is said to hold at a time that meets it.
        undated: Whether what a clock cannot date passes it.

    Raises:
        QueryError: A date is none.
    """
    root = root or find_root()
    day = report_day(said_by) if said_by is not None else None
    span = time(as_of) if as_of is not None else None
    verdicts: dict[str, str] = {}
    for row in rows(store, "claim-times", root):
        verdicts.setdefault(row["claim"].value, _verdict(row, day, span, undated))
    counts = dict.fromkeys((_LATER, _ELSEWHEN, _UNDATED), 0)
    for verdict in verdicts.values():
        if verdict != _KEPT:
            counts[verdict] += 1
    fallen = frozenset(claim for claim, verdict in verdicts.items() if verdict != _KEPT)
    return remainder.without(store, root, fallen), Left(len(verdicts), **counts)


def _verdict(row: Row, day: str | None, span: tuple[str, str] | None, undated: bool) -> str:
    """Tells whether a claim passes, or why it does not: what is known to be false comes before what is not known."""
    found = (_reported(row, day), _holds(row, span))
    reasons = (_LATER, _ELSEWHEN) if undated else (_LATER, _ELSEWHEN, _UNDATED)
    return next((verdict for verdict in reasons if verdict in found), _KEPT)


def _reported(row: Row, day: str | None) -> str:
    if day is None:
        return _KEPT
    issued = _cell(row, "issued")
    last = _cell(row, "saidLatest") or ((dates.bounds(issued) or (None, None))[1] if issued else None)
    if last is None:
        return _UNDATED
    return _KEPT if last <= day else _LATER


def _holds(row: Row, span: tuple[str, str] | None) -> str:
    if span is None:
        return _KEPT
    earliest, latest = _cell(row, "earliest"), _cell(row, "latest")
    if earliest is None and latest is None:
        return _UNDATED
    return _KEPT if (earliest or _EVER[0]) <= span[1] and (latest or _EVER[1]) >= span[0] else _ELSEWHEN


def _cell(row: Row, column: str) -> str | None:
    return row[column].value if column in row else None
