"""The words of a text with their places, in a form in which typography makes no difference.

Two words are the same if their forms are: letter case, accents put together or apart, typographic quotes and
apostrophes, soft hyphens and other invisible characters, and commas between thousands say nothing. Offsets are
code points of the text as it is. Marks of footnotes, such as ``[12]``, are no words; an address is one word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ADDRESS = r"(?:[Hh]ttps?://|[Ww]ww\.)[^\s<>\"“”]*[^\W_]/?"
_FOOTNOTE = r"\[(?:\d{0,4}|[a-z]|note \d+|edit|citation needed)\]"
_LETTERS = r"[^\W_]"  # and digits
_JOINT = r"(?:['’‘ʼ´`‐‑-]|(?<=\d)[.,:/](?=\d))"
_INNER = {"Mn", "Mc", "Me", "Cf"}  # categories of characters that stand inside words
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‐": "-", "‑": "-"})
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# A blank line, a line that begins as an item of a list, a line that ends as a sentence does. Other ends of lines
# may be those of a column of text.
_BREAK = re.compile(
    r"(?:\r\n|[\n\r\v\f\x85\u2028\u2029])"
    r"(?:(?=[^\S\n]*[\n\r\v\f\x85\u2028\u2029])|(?=[^\S\n]*(?:[-*•–]|\d{1,4}[.)])\s))"
    r"|(?<=[.!?:…\"”»)\]])[^\S\n\r]*[\n\r\u2029]"
)


def printed(text: str) -> list[str]:
    """Gives the words of a text as they are printed; an empty text stands for each mark of a footnote.

    >>> printed("The miners’ UNION[1] won.")
    ['The', 'miners', 'UNION', '', 'won']
    """
    found: list[str] = _pattern(_inner(text)).findall(text)
    return found


def places(text: str) -> list[tuple[int, int]]:
    """Gives where each word of a text starts and ends.

    >>> places("UNION[1] won.")
    [(0, 5), (9, 12)]
    """
    return [match.span(1) for match in _pattern(_inner(text)).finditer(text) if match[1]]


def breaks(text: str) -> tuple[int, ...]:
    r"""Gives the numbers of the words with which a paragraph begins, without the first.

    >>> breaks("A heading\n\nand its text.")
    (2,)
    """
    pattern = _pattern(_inner(text))
    found: list[int] = []
    at = count = 0
    for match in _BREAK.finditer(text):
        count += sum(map(bool, pattern.findall(text, at, match.end())))
        at = match.end()
        found.append(count)
    last = count + (pattern.search(text, at) is not None)
    return tuple(sorted({each for each in found if 0 < each < last}))


@lru_cache(1 << 16)
def form(word: str) -> str:
    """Gives the form in which a word is compared.

    >>> form("Workers’"), form("CAFÉ"), form("1,500")
    ("workers'", 'café', '1500')
    """
    plain = unicodedata.normalize("NFKC", word.translate(_SAME)).casefold()
    if not plain.isascii():
        plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return _THOUSANDS.sub("", plain)


def _inner(text: str) -> str:
    """Gives the characters of a text that are no letters, but stand inside words: combining marks, soft hyphens."""
    if text.isascii():
        return ""
    return "".join(sorted(char for char in set(text) if char > "~" and unicodedata.category(char) in _INNER))


@lru_cache(256)
def _pattern(inner: str) -> re.Pattern[str]:
    more = f"(?:[{re.escape(inner)}]+{_LETTERS}*)*" if inner else ""
    run = f"{_LETTERS}+{more}"
    return re.compile(rf"(?=[\[\w])(?:{_FOOTNOTE}|((?=[HWhw]){_ADDRESS}|{run}(?:{_JOINT}{run})*))")
