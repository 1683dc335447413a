"""From words to spans: where the text is held, `exact:` becomes `span:`, and every span gets its digest.

A person who maps a document writes the very words in ``exact:``; they never stay in the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from . import evidence
from .canonical import form
from .errors import CorpusError, NotFound, Problem
from .model import Document, Source
from .paths import Root, write_atomically
from .yamlio import Map, Scalar, Seq, load

_OFFSET = re.compile(r"[0-9]{1,9}")


def anchor(root: Root, slug: str, sources: Path) -> bool:
    """Fills in the spans and digests of one document's file.

    Digests that are already there stay: a text that differs from them is for ``kzgraph verify`` to report.

    Args:
        root: The data folders.
        slug: The document.
        sources: The folder of source texts.

    Returns:
        Whether the file changed.

    Raises:
        NotFound: There is no such document, or its text is not held.
        CorpusError: Words that are not in the text where they should be; the file stays as it was.
    """
    path = root.graph / "documents" / f"{slug}.yaml"
    if not path.is_file():
        raise NotFound(f"there is no document `{slug}`.", where=root.show(path))
    data = path.read_bytes()
    content, problems = load(data, root.show(path))
    if problems or not isinstance(content, Map):
        raise CorpusError(problems or [Problem(root.show(path), 0, "", "the file is not a map")])
    text = _text(content, sources, root.show(path))
    work = _Anchoring(text, root.show(path))
    end = 0
    for passage in _maps(content.get("passages")):
        start, end = work.place(passage, f"passage {passage.get('id', '?')}", end, len(text))
        for claim in _maps(passage.get("claims")):
            work.place(claim, f"claim {claim.get('id', '?')}", start, end)
    if work.problems:
        raise CorpusError(work.problems)
    _digests(content, work.spans, text)
    result = form(content).encode("utf-8")
    if result != data:
        write_atomically(path, result)
    return result != data


def _maps(value: Any) -> list[Map]:
    return [item for item in value if isinstance(item, Map)] if isinstance(value, Seq) else []


def _text(content: Map, sources: Path, shown: str) -> str:
    head = content.get("document")
    source = head.get("source") if isinstance(head, Map) else None
    if not isinstance(source, Map):
        raise CorpusError(
            [Problem(shown, 1, "document", "`source` is missing", "Name the file, its sha256 and its characters.")]
        )
    document = Document("", "", "", Source(str(source.get("file", "")), str(source.get("sha256", "")), 0))
    text = evidence.held(document, sources)
    if text is None:
        raise NotFound(
            f"the text {document.source.file} is not held.",
            where=str(sources),
            hint="Put it there, or name another --sources.",
        )
    if text.sha256 != document.source.sha256:
        message = f"the text that is held has the SHA-256 {text.sha256}, another one"
        line = source.lines.get("sha256", source.line)
        raise CorpusError([Problem(shown, line, "document source", message, "Hold the text that the spans count in.")])
    return text.characters


class _Anchoring:
    """Finds words in a text and keeps the spans it found."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.spans: list[tuple[int, int]] = []
        self.problems: list[Problem] = []

    def place(self, item: Map, where: str, low: int, high: int) -> tuple[int, int]:
        """Gives an item's span, from its words if it has none; the words are taken out."""
        words = item.get("exact")
        if isinstance(words, Scalar):
            start = self.text.find(words, low, high)
            if start < 0 or not words:
                message = f"these words are not in the text between {low} and {high}: {str(words)[:50]!r}"
                self.problems.append(
                    Problem(self.path, item.lines["exact"], where, message, "Copy them exactly, in order.")
                )
                return low, high
            del item["exact"]
            span = (start, start + len(words))
            item["span"] = _span(span, item.line)
        else:
            numbers = item.get("span")
            if not isinstance(numbers, Seq) or len(numbers) != 2 or not all(_OFFSET.fullmatch(str(n)) for n in numbers):
                self.problems.append(
                    Problem(self.path, item.line, where, "there is neither `exact` nor `span`", "Give one.")
                )
                return low, high
            span = (int(numbers[0]), int(numbers[1]))
            if not span[0] < span[1] <= len(self.text):
                message = f"the span {span[0]}-{span[1]} is not in the text of {len(self.text)} characters"
                self.problems.append(Problem(self.path, item.line, where, message, "Mend it, or give `exact`."))
                return low, high
        self.spans.append(span)
        return span


def _span(span: tuple[int, int], line: int) -> Seq:
    numbers = Seq(line)
    numbers.extend(_word(str(number)) for number in span)
    return numbers


def _word(text: str) -> Scalar:
    word = Scalar(text)
    word.plain, word.line = True, 0
    return word


def _digests(content: Map, spans: list[tuple[int, int]], text: str) -> None:
    """Keeps the digests that are there, adds the missing ones, drops those that no span needs."""
    old = content.get("digests")
    kept = old if isinstance(old, Map) else Map(0)
    fresh = Map(0)
    for start, end in sorted(set(spans)):
        key = f"{start}-{end}"
        fresh[key] = kept.get(key) or _word(evidence.sha256(text[start:end]))
    content["digests"] = fresh
