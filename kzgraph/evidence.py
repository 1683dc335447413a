"""The one verifier: it tells whether each anchor is still where it was said to be, to the character.

Bytes first: a span is exact only if the SHA-256 of its UTF-8 bytes is the recorded one and the quoted phrase
stands in it. Nothing is normalised. Offsets are Unicode code points of the file decoded as UTF-8, line ends kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import SourceError
from .model import Claim, Corpus, Document, Extent, Passage, Span
from .terms import Table, number_term, text_term

FARTHEST = 20_000  # characters: how far from its place a passage is looked for

EXACT, MOVED, CHANGED, ABSENT, MISSING = "exact", "moved", "changed", "absent", "source missing"
STATUSES = (EXACT, MOVED, CHANGED, ABSENT, MISSING)


@dataclass(frozen=True, slots=True)
class Text:
    """A source text that is held: its characters and the digest of its bytes."""

    path: Path
    sha256: str
    characters: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How one anchor fares. ``detail`` says where and what; it is empty when the anchor is exact."""

    document: str
    item: str  # "claim 014", "passage p003", "reuse 3"
    span: Span
    status: str
    detail: str = ""


def sha256(data: str | bytes) -> str:
    """Gives the SHA-256 of bytes, or of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def held(document: Document, sources: Path | None) -> Text | None:
    """Gives the text of a document if the folder holds it: by its file name, else by its digest.

    Raises:
        SourceError: The file is there, but cannot be read, or is not UTF-8.
    """
    if sources is None:
        return None
    if not sources.is_dir():
        raise SourceError("there is no such folder of source texts.", where=str(sources))
    named = sources / Path(document.source.file).name
    path = named if named.is_file() else _by_digest(document.source.sha256, sources)
    if path is None:
        return None
    try:
        data = path.read_bytes()
        return Text(path, sha256(data), data.decode("utf-8"))
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"byte {error.start} is not UTF-8.", where=str(path), hint="Get the file again as it was captured."
        ) from error


def _by_digest(digest: str, sources: Path) -> Path | None:
    files = (path for path in sorted(sources.iterdir()) if path.is_file() and path.stat().st_size < 1 << 26)
    return next((path for path in files if sha256(path.read_bytes()) == digest), None)


def verify(corpus: Corpus, sources: Path | None) -> list[Finding]:
    """Checks every anchor of every document: passages and claims in reading order, then runs of shared text."""
    runs: dict[str, list[tuple[str, Extent]]] = {}
    for number, reuse in enumerate(corpus.reuse, start=1):
        for extent in (reuse.a, reuse.b):
            runs.setdefault(extent.document, []).append((f"reuse {number}", extent))
    found: list[Finding] = []
    for document in corpus.documents:
        text = held(document, sources)
        found += check(document, text)
        found += (_check_run(name, extent, text) for name, extent in runs.get(document.slug, ()))
    return found


def check(document: Document, text: Text | None) -> Iterator[Finding]:
    """Checks every anchor of one document against its text."""
    whole = Span(0, document.source.characters)
    if text is None:
        yield Finding(document.slug, "source", whole, MISSING, f"{document.source.file} is not held")
        for passage in document.passages:
            for item, name in _items(passage):
                yield Finding(document.slug, name, item.span, MISSING)
        return
    if text.sha256 == document.source.sha256:
        yield Finding(document.slug, "source", whole, EXACT)
    else:
        detail = f"the file's SHA-256 is {text.sha256[:12]}…, not {document.source.sha256[:12]}…"
        yield Finding(document.slug, "source", whole, CHANGED, detail)
    for passage in document.passages:
        for item, name in _items(passage):
            yield _check_one(document, item, name, text.characters)


def _check_run(name: str, run: Extent, text: Text | None) -> Finding:
    """Checks one side of shared text."""
    if text is None:
        return Finding(run.document, name, run.span, MISSING)
    if sha256(text.characters[run.span.start : run.span.end]) == run.sha256:
        return Finding(run.document, name, run.span, EXACT)
    at = _elsewhere(text.characters, run.span, run.sha256, "")
    if at is None:
        return Finding(run.document, name, run.span, CHANGED, "the characters of this run are others")
    return Finding(run.document, name, run.span, MOVED, f"now at {at}-{at + run.span.end - run.span.start}")


def table(findings: list[Finding]) -> Table:
    """Gives a row for each document: how many of its anchors have which status, and what share is exact."""
    slugs = list(dict.fromkeys(finding.document for finding in findings))
    rows = []
    for slug in slugs:
        found = [finding.status for finding in findings if finding.document == slug]
        counts = [found.count(status) for status in STATUSES]
        share = f"{100 * found.count(EXACT) / len(found):.1f} %"
        rows.append((text_term(slug), *(number_term(count) for count in (len(found), *counts)), text_term(share)))
    return Table(("document", "anchors", *STATUSES, "proved"), tuple(rows))


def _items(passage: Passage) -> Iterator[tuple[Passage | Claim, str]]:
    yield passage, f"passage {passage.id}"
    for claim in passage.claims:
        yield claim, f"claim {claim.id}"


def _check_one(document: Document, item: Passage | Claim, name: str, text: str) -> Finding:
    span, digest = item.span, document.digests.get(item.span)
    there = text[span.start : span.end]
    quote = item.quote if isinstance(item, Claim) else ""
    if sha256(there) == digest and quote in there:
        return Finding(document.slug, name, span, EXACT)
    if sha256(there) == digest:
        return Finding(document.slug, name, span, ABSENT, "the quoted phrase is not in the span")
    found = _elsewhere(text, span, digest, quote)
    if found is not None:
        detail = f"now at {found}-{found + span.end - span.start}"
        return Finding(document.slug, name, span, MOVED, detail)
    return _changed(document.slug, name, span, quote, text)


def _elsewhere(text: str, span: Span, digest: str | None, quote: str) -> int | None:
    """Finds the same characters at another place; the nearest place wins."""
    length = span.end - span.start
    if quote:
        places = {
            start
            for at in _occurrences(text, quote)
            for start in range(max(0, at + len(quote) - length), min(at, len(text) - length) + 1)
        }
        starts: Iterator[int] = iter(sorted(places, key=lambda start: abs(start - span.start)))
    else:
        steps = (span.start + sign * step for step in range(1, FARTHEST) for sign in (-1, 1))
        starts = (start for start in steps if 0 <= start <= len(text) - length)
    return next((start for start in starts if sha256(text[start : start + length]) == digest), None)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _changed(document: str, name: str, span: Span, quote: str, text: str) -> Finding:
    there = text[span.start : span.end]
    if quote and quote in there:
        return Finding(document, name, span, CHANGED, "the phrase stands, but other characters of the span changed")
    place = _nearest(quote, there) if quote else None
    if place is None:
        status = CHANGED if there and not quote else ABSENT
        return Finding(
            document,
            name,
            span,
            status,
            "the characters of this span are others" if not quote else "the phrase is gone",
        )
    at, expected, seen = place
    detail = f"character {span.start + at}: {seen!r} stands where {expected!r} was"
    return Finding(document, name, span, CHANGED, detail)


def _nearest(quote: str, there: str) -> tuple[int, str, str] | None:
    """Finds the quote with small changes: where the first one is, what was expected, what stands there.

    The alignment with the fewest changed, added and lost characters (Sellers, 1980); none if they are more than 30 %.
    """
    costs = [[0] * (len(there) + 1)]
    for row, char in enumerate(quote, start=1):
        above, costs_here = costs[-1], [row]
        for column, seen in enumerate(there):
            changed = above[column] + (char != seen)
            costs_here.append(min(changed, above[column + 1] + 1, costs_here[column] + 1))
        costs.append(costs_here)
    least = min(costs[-1])
    if least > 0.3 * len(quote):
        return None
    end = costs[-1].index(least)
    while end < len(there) and costs[-1][end + 1] == least:
        end += 1
    return _first_change(quote, there, costs, end)


def _first_change(quote: str, there: str, costs: list[list[int]], end: int) -> tuple[int, str, str] | None:
    """Walks an alignment back to the quote's beginning, and gives the first run of characters that differ."""
    row, column, run, low, high = len(quote), end, False, (0, 0), (0, 0)
    while row:
        here = costs[row][column]
        if column and costs[row - 1][column - 1] + (quote[row - 1] != there[column - 1]) == here:
            step = (1, 1)
        else:
            step = (1, 0) if costs[row - 1][column] + 1 == here else (0, 1)
        same = step == (1, 1) and quote[row - 1] == there[column - 1]
        if not same:
            high = high if run else (row, column)
            low = (row - step[0], column - step[1])
        run = not same
        row, column = row - step[0], column - step[1]
    return low[1], quote[low[0] : high[0]], there[low[1] : high[1]]
