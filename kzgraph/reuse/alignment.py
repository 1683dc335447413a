"""Runs of words that two texts share, as chains: bridged over edits, and stretched at their ends.

A run belongs to its neighbour if what it adds pays for what lies between them (Smith and Waterman, 1981, with runs of
words for letters). Nothing different is bridged over the beginning of a paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

REACH = 20  # words that an edit may add, lose or change in a row
AT_ENDS = 12  # words before and behind a chain in which more is looked for
PAYS = 4  # words that only one text has, for which a word of the next run pays
Run = tuple[int, int, int]  # word of the first text, word of the second, number of words that are the same


@dataclass(frozen=True, slots=True)
class Side:
    """A text: its words as numbers, with which of them paragraphs begin, and 1 for each that stands in a formula."""

    words: Sequence[int]
    breaks: Sequence[int]
    formula: bytes


class Pairing:
    """Two texts, and how far what they share reaches."""

    def __init__(self, a: Side, b: Side) -> None:
        self.a, self.b, self.own = a, b, a is b

    def exact(self, block: Run) -> Run:
        """Gives a run made as long as it can be; in one text its two places may touch, and not overlap."""
        i, j, count = block
        a, b = self.a.words, self.b.words
        while i and j and a[i - 1] == b[j - 1] and not (self.own and i - 1 + count + 1 > j - 1):
            i, j, count = i - 1, j - 1, count + 1
        while i + count < len(a) and j + count < len(b) and a[i + count] == b[j + count]:
            if self.own and i + count + 1 > j:
                break
            count += 1
        return i, j, count

    def between(self, before: Run, after: Run) -> list[Run] | None:
        """Gives the runs between two runs; None if there is too much, or a paragraph begins there."""
        i, j = before[0] + before[2], before[1] + before[2]
        wide, high = after[0] - i, after[1] - j
        if not (0 <= wide <= REACH and 0 <= high <= REACH):
            return None
        if (wide or high) and (crossed(self.a.breaks, i, after[0]) or crossed(self.b.breaks, j, after[1])):
            return None
        return _common(self.a.words[i : after[0]], self.b.words[j : after[1]], i, j)

    def stretch(self, chain: list[Run], gain: int) -> list[Run]:
        """Adds what is shared before and behind a chain, beyond edits, in the same paragraphs.

        A shared word pays for ``gain`` words that only one side has.
        """
        a, b = self.a, self.b
        first, last = chain[0], chain[-1]
        i, j = first[0], first[1]
        low = max(_begin(a.breaks, i), i - AT_ENDS)
        below = max(_begin(b.breaks, j), j - AT_ENDS, last[0] + last[2] if self.own else 0)
        before = [
            (i - x - count, j - y - count, count)
            for x, y, count in reversed(_edge(a.words[low:i][::-1], b.words[below:j][::-1], gain))
        ]
        i, j = last[0] + last[2], last[1] + last[2]
        first = (before or chain)[0]
        high = min(_end(a.breaks, i, len(a.words)), i + AT_ENDS, first[1] if self.own else len(a.words))
        above = min(_end(b.breaks, j, len(b.words)), j + AT_ENDS)
        behind = [(i + x, j + y, count) for x, y, count in _edge(a.words[i:high], b.words[j:above], gain)]
        return [*before, *chain, *behind]


@dataclass(slots=True)
class _Link:
    """A run at the end of the best chain that ends with it."""

    run: Run
    score: int
    before: _Link | None
    between: list[Run]
    begin: int  # where the chain begins in the second text
    used: bool = False


def chains(ends: Pairing, runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Gives the best chains of runs, no run in two of them."""
    links: list[_Link] = []
    open_: list[_Link] = []
    for run in runs:
        open_ = [link for link in open_ if link.run[0] + link.run[2] + REACH >= run[0]]
        best = _Link(run, PAYS * run[2], None, [], run[1])
        for link in open_:
            best = _linked(ends, link, run, best)
        links.append(best)
        open_.append(best)
    for link in sorted(links, key=lambda link: (-link.score, link.run)):
        if not link.used:
            yield _walked(link)


def _linked(ends: Pairing, link: _Link, run: Run, best: _Link) -> _Link:
    """Gives the better of the best chain so far and the one that goes on from a link."""
    over = max(link.run[0] + link.run[2] - run[0], link.run[1] + link.run[2] - run[1], 0)
    if over >= run[2] or link.run[1] >= run[1]:
        return best
    rest = (run[0] + over, run[1] + over, run[2] - over)
    if ends.own and rest[0] + rest[2] > link.begin:
        return best
    between = ends.between(link.run, rest)
    if between is None:
        return best
    shared = size(between)
    lost = rest[0] - link.run[0] - link.run[2] + rest[1] - link.run[1] - link.run[2] - 2 * shared
    score = link.score + PAYS * (rest[2] + shared) - lost
    return _Link(rest, score, link, between, link.begin) if score > best.score else best


def _walked(link: _Link) -> list[Run]:
    """Gives the runs of a chain from its beginning, without what another chain has used."""
    found: list[Run] = []
    here: _Link | None = link
    while here is not None and not here.used:
        here.used = True
        found.append(here.run)
        if here.before is not None and not here.before.used:
            found += reversed(here.between)
        here = here.before
    return found[::-1]


def _common(one: Sequence[int], other: Sequence[int], i: int, j: int) -> list[Run]:
    """Gives the longest common subsequence of two short runs of words, as runs."""
    if not one or not other:
        return []
    from rapidfuzz.distance import LCSseq

    found = LCSseq.opcodes(one, other).as_matching_blocks()
    return [(i + each.a, j + each.b, each.size) for each in found if each.size]


def _edge(one: Sequence[int], other: Sequence[int], gain: int) -> list[Run]:
    """Gives the words that two runs share from their beginnings on, if they pay for what lies between."""
    places: dict[int, list[int]] = {}
    for y, word in enumerate(other):
        places.setdefault(word, []).append(y)
    scores: dict[tuple[int, int], tuple[int, tuple[int, int] | None]] = {}
    for x, word in enumerate(one):
        for y in places.get(word, ()):
            best: tuple[int, tuple[int, int] | None] = (gain - x - y, None)
            for at, (score, _) in scores.items():
                if at[0] < x and at[1] < y:
                    best = max(best, (score + gain - (x - at[0] - 1) - (y - at[1] - 1), at), key=lambda each: each[0])
            scores[x, y] = best
    here = max(scores, key=lambda at: (scores[at][0], -at[0] - at[1]), default=None)
    if here is None or scores[here][0] <= 0:
        return []
    found: list[Run] = []
    while here is not None:
        found.append((*here, 1))
        here = scores[here][1]
    return found[::-1]


def size(runs: Iterable[Run]) -> int:
    """Gives how many words runs have together."""
    return sum(count for _, _, count in runs)


def crossed(breaks: Sequence[int], low: int, high: int) -> bool:
    """Tells whether a paragraph begins with a word from ``low`` to ``high``."""
    at = bisect_left(breaks, low)
    return at < len(breaks) and breaks[at] <= high


def inside(breaks: Sequence[int], low: int, high: int) -> Sequence[int]:
    """Gives the words between two, both left out, with which a paragraph begins."""
    return breaks[bisect_right(breaks, low) : bisect_left(breaks, high)]


def _begin(breaks: Sequence[int], word: int) -> int:
    """Gives the first word of the paragraph that ends before or holds ``word``."""
    at = bisect_right(breaks, word)
    return breaks[at - 1] if at else 0


def _end(breaks: Sequence[int], word: int, length: int) -> int:
    """Gives the end of the paragraph that ends at or behind ``word``."""
    at = bisect_left(breaks, word)
    return breaks[at] if at < len(breaks) else length
