"""Text for people who read in a terminal: nothing that a terminal obeys, and columns that line up."""

from __future__ import annotations

import unicodedata

_OBEYED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def printable(text: str) -> str:
    r"""Gives text that no terminal obeys: control and direction characters are written as escapes.

    >>> print(printable("a\x1b[31mb"))
    a\x1b[31mb
    """
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _OBEYED else char for char in text
    )


def columns(text: str) -> int:
    """Gives how many columns of a terminal a printable text takes.

    >>> columns("Ақтас"), columns("漢字"), columns("e\u0301")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
