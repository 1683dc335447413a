"""Passages that two texts share, cut from chains of runs by paragraph, and judged: alike enough to be no chance.

A shared word counts 2, a word that only one text has costs 1. A passage counts if it is worth as much as the least
number of words with one of them changed, in one text as much as these words unchanged. Beside a passage that counts
between two texts, being alike is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .alignment import Pairing, Run, Side, chains, crossed, inside, size

BESIDE = 60  # words: so near to a passage less is enough
STRAY = 4  # words: fewer of them in the next paragraph are the same by chance


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``[a0, a1)`` of one text and ``[b0, b1)`` of another, and how many of them both have, in one order.

    Of these, ``counted`` say something: in an edited passage, words of formulas do not.
    """

    a0: int
    a1: int
    b0: int
    b1: int
    shared: int
    counted: int

    @property
    def similarity(self) -> float:
        """The share of the words of both that is shared."""
        return 2 * self.shared / (self.a1 - self.a0 + self.b1 - self.b0)

    @property
    def worth(self) -> int:
        """What speaks for a copy: counted words count 2, words that only one side has cost 1."""
        return 2 * self.counted - (self.a1 - self.a0 + self.b1 - self.b0 - 2 * self.shared)

    @property
    def verbatim(self) -> bool:
        """Whether every word of both is shared."""
        return self.shared == self.a1 - self.a0 == self.b1 - self.b0


def passages(a: Side, b: Side, blocks: Iterable[Run], *, least: int, similarity: float) -> list[Passage]:
    """Gives the passages that two texts share, or one text repeats (then ``a is b``), in order.

    Args:
        a: The first text.
        b: The second.
        blocks: Runs of words that both have, from which passages are made.
        least: How many words a passage must share.
        similarity: How similar its two sides must be, from 0 to 1.
    """
    ends = Pairing(a, b)
    runs = sorted({run for block in blocks if (run := ends.exact(block))[2]})

    def weak(passage: Passage) -> bool:
        return passage.counted >= least and passage.similarity >= similarity

    # Whoever writes a text repeats phrases by chance: in one text, an edit is paid for by further words.
    needed = 2 * least if a is b else 2 * least - 2

    def sure(passage: Passage) -> bool:
        return weak(passage) and passage.worth >= needed

    found: list[Passage] = []
    left: list[list[Run]] = []
    for chain in chains(ends, runs):
        pieces = _pieces(ends.stretch(chain, 2), a, b, least, sure)
        found += pieces
        if not pieces:
            left.append(chain)
    if found and a is not b:
        # What is copied lies together: beside a passage, less is enough, and edits may be larger.
        others = [each for chain in left for each in _pieces(ends.stretch(chain, 4), a, b, least, weak)]
        found += [each for each in others if any(_beside(each, other) for other in found)]
    return sorted(_apart(found), key=lambda each: (each.a0, each.b0, each.a1, each.b1))


def _cut(runs: list[Run], a: Sequence[int], b: Sequence[int], least: int) -> Iterator[list[Run]]:
    """Cuts a chain where a paragraph begins in both texts; a piece with too few words stays with the next one."""
    pieces: list[list[Run]] = [[]]
    for run in runs:
        i, j, count = run
        if pieces[-1]:
            previous = pieces[-1][-1]
            if crossed(a, previous[0] + previous[2], i) and crossed(b, previous[1] + previous[2], j):
                pieces.append([])
        for x in inside(a, i, i + count):
            if crossed(b, y := j + x - i, y):
                head = x - run[0]
                pieces[-1].append((run[0], run[1], head))
                pieces.append([])
                run = (x, y, count - (x - i))
        pieces[-1].append(run)
    while pieces and size(pieces[0]) < STRAY:
        del pieces[0]
    while pieces and size(pieces[-1]) < STRAY:
        del pieces[-1]
    kept: list[Run] = []
    rest = sum(map(size, pieces))
    for piece in pieces:
        kept += piece
        rest -= size(piece)
        if size(kept) >= least and (rest >= least or not rest):
            yield kept
            kept = []
    if kept:
        yield kept


def _pieces(chain: list[Run], a: Side, b: Side, least: int, wanted: Callable[[Passage], bool]) -> list[Passage]:
    """Gives the wanted passages of a chain: its paragraphs, or what is left of them without their largest edits."""
    pieces = list(_cut(chain, a.breaks, b.breaks, least))
    found: list[Passage] = []
    while pieces:
        piece = pieces.pop()
        passage = _passage(_trimmed(piece, a.breaks, b.breaks), a, b)
        if wanted(passage):
            found.append(passage)
        elif len(piece) > 1:
            pieces += _halves(piece)
    return found


def _halves(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """Cuts a piece where the texts differ most."""
    lost = [after[0] + after[1] - before[0] - before[1] - 2 * before[2] for before, after in pairwise(runs)]
    at = lost.index(max(lost)) + 1
    return runs[:at], runs[at:]


def _trimmed(runs: list[Run], a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """Takes away the few words at an end of a piece that belong to another paragraph in one of the texts."""
    i, j, count = runs[0]
    near = min(count, STRAY)
    cut = max([x - at for breaks, at in ((a, i), (b, j)) for x in inside(breaks, at, at + near)], default=0)
    runs = [(i + cut, j + cut, count - cut), *runs[1:]]
    i, j, count = runs[-1]
    far = count - min(count, STRAY)
    kept = min([x - at for breaks, at in ((a, i), (b, j)) for x in inside(breaks, at + far, at + count)], default=count)
    return [*runs[:-1], (i, j, kept)]


def _passage(runs: list[Run], a: Side, b: Side) -> Passage:
    """Gives a piece as a passage; in one that is the same word for word, each word counts."""
    (i, j, _), (last, other, count) = runs[0], runs[-1]
    shared = size(runs)
    said = sum(not (a.formula[i + step] or b.formula[j + step]) for i, j, count in runs for step in range(count))
    found = Passage(i, last + count, j, other + count, shared, said)
    return replace(found, counted=shared) if found.verbatim else found


def _beside(passage: Passage, other: Passage) -> bool:
    """Tells whether two passages lie near each other in both texts."""
    wide = max(passage.a0, other.a0) - min(passage.a1, other.a1)
    high = max(passage.b0, other.b0) - min(passage.b1, other.b1)
    return max(wide, high) <= BESIDE


def _apart(found: Iterable[Passage]) -> Iterator[Passage]:
    """Gives the passages without those that lie within others, the longer ones first."""
    covering: dict[int, list[Passage]] = {}  # by each word of the first text
    for passage in sorted(found, key=lambda each: (-each.shared, -each.similarity, each.a0, each.b0)):
        middle = covering.get((passage.a0 + passage.a1) // 2, ())
        if not any(_within(passage, other) for other in middle):
            for word in range(passage.a0, passage.a1):
                covering.setdefault(word, []).append(passage)
            yield passage


def _within(passage: Passage, other: Passage) -> bool:
    """Tells whether more than half of a passage lies within another, on both sides."""
    wide = min(passage.a1, other.a1) - max(passage.a0, other.a0)
    high = min(passage.b1, other.b1) - max(passage.b0, other.b0)
    return 2 * wide > passage.a1 - passage.a0 and 2 * high > passage.b1 - passage.b0
