"""Text that documents share: found where the texts are held, kept as offsets and digests so that it is known without.

Runs of words that stand at two or more places come from one index (``shingles``), and are bridged over edits into
passages (``alignment``, ``excerpts``). What is found depends on the texts only, not on their order or names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from .. import canonical
from ..evidence import held, sha256
from ..model import Corpus, Extent, Reuse, Span
from ..paths import Root, write_atomically
from ..plaintext import printable
from ..terms import Table, number_term, text_term
from ..yamlio import dump, load
from . import excerpts, shingles, words
from .alignment import Side

LEAST = 8  # words that a passage must share
SIMILAR = 0.6  # the least share of the words of both sides
MOST = 64  # places at which a run of words may stand before it is taken for boilerplate
FILE = "reuse.yaml"
PHRASE = 10  # words that stand for a passage in a table


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that texts share, in order of document and place, and what was looked at.

    Attributes:
        reuses: The passages.
        texts: How many texts were compared.
        words: How many words they have.
        skipped: How many runs of four words stand at too many places, of all texts or of one, and were not followed.
    """

    reuses: tuple[Reuse, ...]
    texts: int
    words: int
    skipped: int


def find(texts: Mapping[str, str], *, least: int = LEAST, similarity: float = SIMILAR, most: int = MOST) -> Found:
    """Gives the passages that texts share, word for word or lightly edited, and those that a text repeats.

    Args:
        texts: The texts by the names of their documents.
        least: How many words a passage must share.
        similarity: The least share of the words of both sides that is shared, from 0 to 1.
        most: At how many places a run of words may stand; where more, it is boilerplate and leads to nothing.

    >>> found = find({"a": "He said: 40 miners of the Aktas works were dismissed.",
    ...               "b": "In all 40 miners of the Aktas works were then dismissed."})
    >>> [(str(each.a.span), str(each.b.span), each.words, each.kind) for each in found.reuses]
    [('9-52', '7-55', 8, 'edited')]
    """
    names = sorted(texts)
    index = shingles.Index((texts[name] for name in names), least=least, most=most)
    marks = [blake2b(texts[name].encode(errors="surrogatepass")).digest() for name in names]

    @lru_cache(1024)
    def side(number: int) -> Side:
        return Side(index.numbers(number), words.breaks(texts[names[number]]), index.formula(number))

    @lru_cache(64)
    def places(number: int) -> list[tuple[int, int]]:
        return words.places(texts[names[number]])

    def extent(number: int, first: int, end: int) -> Extent:
        span = Span(places(number)[first][0], places(number)[end - 1][1])
        run = texts[names[number]][span.start : span.end]
        return Extent(names[number], span, sha256(run.encode(errors="surrogatepass")))

    found: list[Reuse] = []
    for pair in index.pairs():
        # One side is the first by its text, not by its name, so that names have no say in what is found.
        turned = marks[pair.first] > marks[pair.second]
        blocks = [(j, i, count) for i, j, count in pair.blocks] if turned else list(pair.blocks)
        one, other = (pair.second, pair.first) if turned else (pair.first, pair.second)
        for passage in excerpts.passages(side(one), side(other), blocks, least=least, similarity=similarity):
            a, b = extent(one, passage.a0, passage.a1), extent(other, passage.b0, passage.b1)
            a, b = (b, a) if turned else (a, b)
            found.append(Reuse(a, b, passage.shared, _share(passage), _kind(passage)))
    return Found(tuple(sorted(found, key=_place)), len(names), index.words, index.skipped)


def _place(reuse: Reuse) -> tuple[str, str, Span, Span]:
    return reuse.a.document, reuse.b.document, reuse.a.span, reuse.b.span


def _share(passage: excerpts.Passage) -> Decimal:
    """Gives the similarity with three digits; only what is the same word for word has 1."""
    total = passage.a1 - passage.a0 + passage.b1 - passage.b0
    share = (Decimal(2 * passage.shared) / total).quantize(Decimal("0.001"), ROUND_DOWN)
    return Decimal(format(share.normalize(), "f"))


def _kind(passage: excerpts.Passage) -> str:
    return "verbatim" if passage.verbatim else "edited"


def texts(corpus: Corpus, sources: Path | None) -> tuple[dict[str, str], list[str]]:
    """Gives the texts that are held, to the byte, and the names of the documents whose texts are not."""
    found: dict[str, str] = {}
    for document in corpus.documents:
        text = held(document, sources)
        if text is not None and text.sha256 == document.source.sha256:
            found[document.slug] = text.characters
    return found, [document.slug for document in corpus.documents if document.slug not in found]


def changes(stored: Sequence[Reuse], found: Sequence[Reuse]) -> tuple[int, int]:
    """Gives how many passages are found and not stored, and how many are stored and not found."""
    return len(set(found) - set(stored)), len(set(stored) - set(found))


def save(reuses: Sequence[Reuse], root: Root) -> Path:
    """Writes what was found to ``graph/reuse/reuse.yaml``, in canonical form, whole or not at all."""
    content, _ = load(dump({"reuse": [_plain(each) for each in reuses]}).encode(), FILE)
    path = root.graph / "reuse" / FILE
    write_atomically(path, canonical.form(content))
    return path


def _plain(reuse: Reuse) -> dict[str, object]:
    sides = {
        side: {"document": each.document, "span": [each.span.start, each.span.end], "sha256": each.sha256}
        for side, each in (("a", reuse.a), ("b", reuse.b))
    }
    return {**sides, "words": reuse.words, "similarity": reuse.similarity, "kind": reuse.kind}


def table(reuses: Sequence[Reuse], texts: Mapping[str, str] | None = None) -> Table:
    """Gives a row for each passage: where it stands in both documents, how alike, and how it begins if that is held."""
    columns = ("a", "a_start", "a_end", "b", "b_start", "b_end", "words", "similarity", "kind")
    rows = [
        (
            *(term for side in (each.a, each.b) for term in _cells(side)),
            number_term(each.words),
            text_term(str(each.similarity)),
            text_term(each.kind),
            *((text_term(phrase(each.a, texts)),) if texts is not None else ()),
        )
        for each in reuses
    ]
    return Table((*columns, "begins") if texts is not None else columns, tuple(rows))


def _cells(side: Extent) -> Iterator[object]:
    yield text_term(side.document)
    yield number_term(side.span.start)
    yield number_term(side.span.end)


def phrase(side: Extent, texts: Mapping[str, str]) -> str:
    """Gives the first words of a run of text, fit to print."""
    text = texts.get(side.document, "")[side.span.start : side.span.end]
    found = words.places(text)
    return printable(text) if len(found) <= PHRASE else printable(text[: found[PHRASE - 1][1]]) + " …"
