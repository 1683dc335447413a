"""Figures in words: what a quantity's bounds, unit and count read like in English."""

from __future__ import annotations

import re

_NO_PLURAL = frozenset({"percent", "rank"})
_HEDGES = {"exact": "", "range": "", "majority": "a majority of"}


def in_words(lower: str | None, upper: str | None, approximation: str, unit: str, counted: str | None = None) -> str:
    """Gives a figure in words fit to print.

    Args:
        lower: The lower bound in plain notation, if it has one.
        upper: The upper bound, likewise.
        approximation: A word such as ``up-to``; hyphens are read as spaces.
        unit: What the number counts, in the singular, such as ``member-state``.
        counted: What is counted, more closely.

    >>> in_words(None, "70", "up-to", "person", "strikers"), in_words("129", "129", "exact", "rank")
    ('up to 70 strikers', 'rank 129')
    >>> in_words("44", "44", "exact", "hour", "hours spent on the train")
    '44 hours spent on the train'
    """
    figure = f"{lower} to {upper}" if lower and upper and lower != upper else lower or upper or ""
    if unit == "rank":
        figure, what = "rank", figure
    else:
        what = _units(unit, figure)
    if counted:
        says_the_unit = unit == "person" or counted.startswith(what)
        what = counted if says_the_unit else f"{what} ({counted})"
    hedge = _HEDGES.get(approximation, approximation.replace("-", " "))
    return " ".join(filter(None, (hedge, figure, what)))


def _units(unit: str, figure: str) -> str:
    """Gives a unit in the number that English has after a figure.

    >>> _units("country", "150"), _units("member-state", "1"), _units("USD", "7"), _units("percent", "95")
    ('countries', 'member state', 'USD', 'percent')
    """
    words = unit.replace("-", " ")
    if figure == "1" or unit in _NO_PLURAL or words[-1:].isupper():
        return words
    return f"{words[:-1]}ies" if re.search("[^aeiou]y$", words) else f"{words}s"
