"""Dates as printed: EDTF text and the days that bound it. The only home of the edtf package.

Source: Extended Date/Time Format (EDTF) Specification, Library of Congress, 2019 (levels 0 and 1).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from time import struct_time

_OPEN = ("", "..")  # an unknown or an open side; edtf would guess ten years for the first
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?", re.ASCII)
_SHAPE = re.compile(r"[0-9X?~%/.\-:TZ+]{4,48}")


@lru_cache(maxsize=8192)
def bounds(text: str) -> tuple[str | None, str | None] | None:
    """Gives the earliest and the latest day of an EDTF text, or None if it is not EDTF.

    An open or unknown side of an interval is None.

    >>> bounds("2011-12"), bounds("2010-06/.."), bounds("last year")
    (('2011-12-01', '2011-12-31'), ('2010-06-01', None), None)
    """
    if plain := _PLAIN.fullmatch(text):
        return _calendar(*plain.groups())
    first, last = text.partition("/")[0], text.rpartition("/")[2]
    if not _SHAPE.fullmatch(text) or (first in _OPEN and last in _OPEN):
        return None
    begin, end = _plain(first), _plain(last)
    if begin and end and text.count("/") < 2:
        return _between(begin[0], end[1])
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(text)
        earliest = None if first in _OPEN else _day(parsed.lower_strict())
        latest = None if last in _OPEN else _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError):
        return None
    return _between(earliest, latest)


def _between(earliest: str | None, latest: str | None) -> tuple[str | None, str | None] | None:
    return None if earliest and latest and earliest > latest else (earliest, latest)


def _plain(side: str) -> tuple[str | None, str | None] | None:
    """Gives the bounds of an open side, or of a plain date that may be uncertain or approximate; else None."""
    if side in _OPEN:
        return None, None
    plain = _PLAIN.fullmatch(side.rstrip("?~%") if side[-2:-1] not in "?~%" else side)
    return _calendar(*plain.groups()) if plain else None


def _calendar(year: str, month: str | None, day: str | None) -> tuple[str, str] | None:
    """Gives the bounds of a plain year, month or day; nearly all dates are such, and edtf takes 10 ms for one."""
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    last = int(day) if day else monthrange(int(year), int(month or 12))[1]
    return first.isoformat(), date(int(year), int(month or 12), last).isoformat()


def _day(moment: struct_time | float) -> str | None:
    """Gives a day; a ValueError if the calendar has none such (edtf takes 29 February of any year)."""
    if not isinstance(moment, struct_time):
        return None
    year, month, day = moment[:3]
    return date(year, month, day).isoformat() if 0 < year < 10000 else None
