"""How the sides of a rule are compared: each comparison gives the claims of a group that disagree with another of it.

Sides are sorted and looked up, never compared pair by pair, so that a group of n sides takes about n log n steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

EVER = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Side:
    """A claim as a rule compares it: by what it says, or by bounds, and when that is said to hold."""

    claim: str
    value: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    begins: str = EVER[0]
    ends: str = EVER[1]


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
    whenever = _bounds([replace(side, begins=EVER[0], ends=EVER[1]) for side in sides])
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
