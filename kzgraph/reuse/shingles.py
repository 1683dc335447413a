"""Where texts have some words in a row in common: one sorted index of runs of words, never all pairs of texts.

Each run of ``SIZE`` words of each text is hashed, and all hashes are sorted once together with their places. Places
with the same hash are compared word by word, and those that follow each other make longer runs, whole columns at a
time. Memory and time grow with the number of words, and with the number of runs that are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .words import form as form_of
from .words import printed as printed_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Hashes = NDArray[np.uint64]

SIZE = 4  # words: with one word in it changed, any passage of 8 shared words still has 4 in a row
REACH = 12  # words: how far from a run what else is shared is looked for
SIDEWAYS = 3  # words: by how many the distance of the two places may change there
OFTEN = 4  # times: a run that a text has more often is a formula there
AT_ONCE = 1 << 22  # pairs of places

Block = tuple[int, int, int]  # word of the first text, word of the second, number of words that are the same


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their numbers, the first not after the second, and the runs of words that both have."""

    first: int
    second: int
    blocks: tuple[Block, ...]


class Index:
    """The words of many texts, as numbers, and their runs, as sorted hashes.

    Attributes:
        words: How many words the texts have.
        skipped: How many different runs of ``SIZE`` words stand at more than ``most`` places, or at more than ``OFTEN``
            of one text, and are not followed there.
    """

    def __init__(self, texts: Iterable[str], *, least: int, most: int) -> None:
        import numpy as np

        self.least = least
        numbers = _Numbers()
        columns = [_column(text, numbers) for text in texts]
        self._starts = np.cumsum([0, *map(len, columns)])
        # Behind the last word stand some that are like no other, so that looking ahead needs no limit.
        self._ids = np.concatenate([*columns, np.zeros(1, np.uint32)])
        self.words = int(self._starts[-1])
        self._formula = np.zeros(len(self._ids), np.uint8)
        weights = np.array([0, *numbers.weights], np.uint64)
        self._places, self._later, self.skipped = self._repeated(weights, most)

    def pairs(self) -> Iterator[Pair]:
        """Gives the pairs of texts that may share a passage, and each text that may repeat one, in order."""
        import numpy as np

        order = np.argsort(self._places)
        texts = self._text(self._places[order])
        counts = np.cumsum(self._later[order])
        at = 0
        while at < len(order):
            # A part ends with a text, so that no run is cut.
            done = counts[at - 1] if at else 0
            end = int(np.searchsorted(counts, done + AT_ONCE, "right"))
            last = texts[min(max(end, at + 1), len(texts)) - 1]
            low = int(np.searchsorted(texts, last, "left"))
            end = low if low > at and end < len(texts) else int(np.searchsorted(texts, last, "right"))
            yield from self._grouped(*self._runs(*self._seeds(order[at:end])))
            at = end

    def _text(self, places: Numbers) -> Numbers:
        """Gives the numbers of the texts in which places lie."""
        import numpy as np

        return np.searchsorted(self._starts, places, "right") - 1

    def numbers(self, text: int) -> list[int]:
        """Gives the words of a text as numbers: the same words have the same."""
        found: list[int] = self._ids[self._starts[text] : self._starts[text + 1]].tolist()
        return found

    def formula(self, text: int) -> bytes:
        """Gives 1 for each word of a text that stands in a run found in too many places, else 0."""
        return bytes(self._formula[self._starts[text] : self._starts[text + 1]])

    def _repeated(self, weights: Hashes, most: int) -> tuple[Numbers, Numbers, int]:
        """Gives the places of the runs that stand at 2 to ``most`` places, and how many of the same come after each.

        The upper bits of a key are the hash, the lower ones the place, so that one sort brings equal runs together.
        """
        import numpy as np

        bits = np.uint64(max(self.words, 1).bit_length())
        keys = np.sort(self._keys(weights, bits))
        hashes = keys >> bits
        same = hashes[1:] == hashes[:-1]
        keys = keys[np.concatenate([same, [False]]) | np.concatenate([[False], same])] if len(keys) else keys
        hashes, places = keys >> bits, (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
        often = self._often(hashes, places)
        self._mark(places[often])
        skipped = len(np.unique(hashes[often]))
        hashes, places = hashes[~often], places[~often]
        first = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]])) if len(hashes) else places
        counts = np.diff(np.append(first, len(hashes)))
        each = np.repeat(counts, counts)
        rank = np.arange(len(hashes)) - np.repeat(first, counts)
        self._mark(places[each > most])
        kept = (each > 1) & (each <= most)
        return places[kept], (each - 1 - rank)[kept], skipped + int((counts > most).sum())

    def _often(self, hashes: Hashes, places: Numbers) -> Any:
        """Tells which places of runs are those of a text that has the same run more than ``OFTEN`` times."""
        import numpy as np

        often = np.zeros(len(hashes), bool)
        last = np.flatnonzero(hashes[OFTEN:] == hashes[:-OFTEN]) + OFTEN
        last = last[self._text(places[last]) == self._text(places[last - OFTEN])]
        for step in range(OFTEN + 1):
            often[last - step] = True
        return often

    def _mark(self, places: Numbers) -> None:
        for step in range(SIZE):
            self._formula[places + step] = 1

    def _keys(self, weights: Hashes, bits: np.uint64) -> Hashes:
        """Gives a key for each run of words that lies in one text."""
        import numpy as np

        total = max(self.words - SIZE + 1, 0)
        keys = np.empty(total, np.uint64)
        for low in range(0, total, AT_ONCE):
            high = min(low + AT_ONCE, total)
            found = np.zeros(high - low, np.uint64)
            for step in range(SIZE):
                found = found * np.uint64(0x9E3779B97F4A7C15) + weights[self._ids[low + step : high + step]]
            found ^= found >> np.uint64(31)
            found *= np.uint64(0xBF58476D1CE4E5B9)
            places = np.arange(low, high, dtype=np.uint64)
            keys[low:high] = (found >> bits) << bits | places
        whole = np.ones(total, bool)
        for step in range(1, SIZE):
            ends = self._starts[1:] - step
            whole[ends[(ends >= 0) & (ends < total)]] = False
        return keys[whole]

    def _seeds(self, chosen: Numbers) -> tuple[Numbers, Numbers]:
        """Gives each chosen place with each later one that has the same words."""
        import numpy as np

        later = self._later[chosen]
        before = np.cumsum(later) - later
        step = np.arange(int(later.sum())) - np.repeat(before, later) + 1
        index = np.repeat(chosen, later)
        first, second = self._places[index], self._places[index + step]
        same = (second - first >= self.least) | (self._text(first) != self._text(second))
        for word in range(SIZE):
            same &= self._ids[first + word] == self._ids[second + word]
        return first[same], second[same]

    def _runs(self, first: Numbers, second: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Gives the longest runs: pairs of places that follow each other at one distance are one run."""
        import numpy as np

        bits = np.uint64(max(self.words, 1).bit_length())
        keys = np.sort((second - first).astype(np.uint64) << bits | first.astype(np.uint64))
        if not len(keys):
            return first, second, first
        begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1] + np.uint64(1)]))
        counts = np.diff(np.append(begins, len(keys))) + SIZE - 1
        head = keys[begins]
        first = (head & np.uint64((1 << int(bits)) - 1)).astype(np.int64)
        distance = (head >> bits).astype(np.int64)
        own = self._text(first) == self._text(first + distance)
        return first, first + distance, np.where(own, np.minimum(counts, distance), counts)

    def _grouped(self, first: Numbers, second: Numbers, counts: Numbers) -> Iterator[Pair]:
        """Gives the runs of each pair of texts, without those near which too little is shared."""
        import numpy as np

        texts, others = self._text(first), self._text(second)
        order = np.lexsort((second, first, others, texts))
        first, second, counts, texts, others = (each[order] for each in (first, second, counts, texts, others))
        kept = self._promising(first, second, counts, texts, others)
        first, second, counts, texts, others = (each[kept] for each in (first, second, counts, texts, others))
        if not len(first):
            return
        new = np.concatenate([[True], (texts[1:] != texts[:-1]) | (others[1:] != others[:-1])])
        bounds = np.append(np.flatnonzero(new), len(first)).tolist()
        first, second = first - self._starts[texts], second - self._starts[others]
        for low, high in pairwise(bounds):
            columns = (each[low:high].tolist() for each in (first, second, counts))
            yield Pair(int(texts[low]), int(others[low]), tuple(zip(*columns, strict=True)))

    def _promising(self, first: Numbers, second: Numbers, counts: Numbers, texts: Numbers, others: Numbers) -> Any:
        """Tells of which runs a passage may come: they are long, have a neighbour, or words around them are shared."""
        import numpy as np

        kept = counts >= self.least
        for step in (1, 2, 3):
            if len(first) > step:
                near = (texts[step:] == texts[:-step]) & (others[step:] == others[:-step])
                for places in (first, second):
                    gap = np.abs(places[step:] - places[:-step])
                    near &= gap <= REACH + np.maximum(counts[step:], counts[:-step])
                kept[step:] |= near
                kept[:-step] |= near
        left = np.flatnonzero(~kept)
        for low in range(0, len(left), AT_ONCE >> 3):
            part = left[low : low + (AT_ONCE >> 3)]
            shared = self._around(first[part], second[part], counts[part])
            kept[part] = counts[part] + shared >= self.least
        return kept

    def _around(self, first: Numbers, second: Numbers, counts: Numbers) -> Numbers:
        """Counts the words beside runs that have the same word at nearly the same place beside the other run."""
        import numpy as np

        total = np.zeros(len(first), np.int64)
        behind, beyond = first + counts, second + counts
        last = len(self._ids) - 1
        for step in range(REACH):
            for one, other, sign in ((first - 1, second - 1, -1), (behind, beyond, 1)):
                word = self._ids[np.clip(one + sign * step, 0, last)]
                found = np.zeros(len(first), bool)
                for aside in range(-SIDEWAYS, SIDEWAYS + 1):
                    found |= word == self._ids[np.clip(other + sign * step + aside, 0, last)]
                total += found
        return total


class _Numbers(dict[str, int]):
    """Gives each printed word the number of its form; 0 is no word."""

    def __init__(self) -> None:
        self[""] = 0
        self.weights: list[int] = []  # of each form, from 1: bits that depend on nothing else
        self._forms: dict[str, int] = {}

    def __missing__(self, printed: str) -> int:
        form = form_of(printed)
        number = self._forms.get(form)
        if number is None:
            number = self._forms[form] = len(self._forms) + 1
            self.weights.append(int.from_bytes(blake2b(form.encode(errors="replace"), digest_size=8).digest(), "big"))
        self[printed] = number
        return number


def _column(text: str, numbers: _Numbers) -> NDArray[np.uint32]:
    import numpy as np

    printed = printed_in(text)
    found: NDArray[np.uint32] = np.fromiter(map(numbers.__getitem__, printed), np.uint32, len(printed))
    kept: NDArray[np.uint32] = found[found != 0]
    return kept
