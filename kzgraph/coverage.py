"""Coverage: is every passage of every document claimed, or explained? A number that anyone can check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import evidence
from .model import Corpus, Document
from .terms import Table, number_term, text_term


@dataclass(frozen=True, slots=True)
class Share:
    """What one disposition takes of one document. ``words`` is None when the text is not held."""

    document: str
    disposition: str  # claims, heading, …; "space" between passages; "unaccounted"
    passages: int
    characters: int
    words: int | None


def coverage(corpus: Corpus, sources: Path | None = None) -> list[Share]:
    """Gives, for each document, its passages, characters and words by disposition.

    Characters between passages count as ``space`` when the text is held and they are white space, and as
    ``unaccounted`` otherwise; when the text is not held they are called ``between passages``.
    """
    return [share for document in corpus.documents for share in _document(document, sources)]


def table(shares: list[Share]) -> Table:
    """Gives the shares as a table, with each one's part of its document's characters."""
    totals: dict[str, int] = {}
    for share in shares:
        totals[share.document] = totals.get(share.document, 0) + share.characters
    rows = tuple(
        (
            text_term(share.document),
            text_term(share.disposition),
            number_term(share.passages),
            number_term(share.characters),
            None if share.words is None else number_term(share.words),
            text_term(f"{100 * share.characters / totals[share.document]:.1f} %"),
        )
        for share in shares
    )
    return Table(("document", "disposition", "passages", "characters", "words", "share"), rows)


def unaccounted(shares: list[Share]) -> int:
    """Gives the number of characters that no passage accounts for."""
    return sum(share.characters for share in shares if share.disposition == "unaccounted")


def _document(document: Document, sources: Path | None) -> list[Share]:
    held = evidence.held(document, sources)
    text = held.characters if held else None
    counts: dict[str, list[int]] = {}

    def add(disposition: str, start: int, end: int, passages: int) -> None:
        words = len(text[start:end].split()) if text is not None else 0
        for index, number in enumerate((passages, end - start, words)):
            counts.setdefault(disposition, [0, 0, 0])[index] += number

    at = 0
    length = max(document.source.characters, len(text) if text is not None else 0)
    for passage in document.passages:
        _gap(add, text, at, passage.span.start)
        add(passage.disposition, passage.span.start, passage.span.end, 1)
        at = passage.span.end
    _gap(add, text, at, length)
    largest_first = sorted(counts.items(), key=lambda item: (-item[1][1], item[0]))
    return [
        Share(document.slug, disposition, passages, characters, words if text is not None else None)
        for disposition, (passages, characters, words) in largest_first
    ]


def _gap(add: Callable[[str, int, int, int], None], text: str | None, start: int, end: int) -> None:
    """Counts the characters between two passages, each run of one kind apart."""
    if start >= end:
        return
    if text is None:
        add("between passages", start, end, 0)
        return
    gap = text[start:end]
    lead, trail = len(gap) - len(gap.lstrip()), len(gap.rstrip())
    if trail <= lead:
        add("space", start, end, 0)
        return
    for kind, low, high in (("space", 0, lead), ("unaccounted", lead, trail), ("space", trail, len(gap))):
        if low < high:
            add(kind, start + low, start + high, 0)
