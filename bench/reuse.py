"""Text reuse in many made-up documents: ``python -m bench.reuse``.

Documents of about 300 words, drawn as words of a language are (Zipf, 1949) with phrases that many documents have.
Some hold a planted passage of another: word for word, or with a figure, a verb, an actor changed, or some words added
or lost. The peer is a MinHash of whole documents (rensa, datasketch), which tells which documents are alike, and not
where: its recall is of pairs of documents that share a planted passage.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from kzgraph import reuse

LENGTH, VOCABULARY, PHRASES = 300, 50_000, 400
SMALL, LARGE = 1_000, 10_000
EDITS = ("verbatim", "figure", "actor", "added", "lost")
Planted = tuple[str, str, str, tuple[int, int], tuple[int, int]]  # edit, two documents, where it stands in each


def corpus(size: int, *, whole: bool = False, seed: int = 7) -> tuple[dict[str, str], list[Planted]]:
    """Gives documents, and what a tenth of them has from others: a passage, or (whole) nine tenths of one."""
    rng = random.Random(seed)
    sums = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def drawn(count: int) -> list[str]:
        return [f"w{bisect_left(sums, rng.random() * sums[-1])}" for _ in range(count)]

    phrases = [drawn(rng.randint(3, 5)) for _ in range(PHRASES)]  # each in many documents, and too short to tell
    texts: list[list[str]] = []
    for _ in range(size):
        words = drawn(LENGTH)
        for _ in range(3):
            phrase = rng.choice(phrases)
            at = rng.randrange(LENGTH - 10)
            words[at : at + len(phrase)] = phrase
        texts.append(words)
    planted: list[tuple[str, int, int, int, int, list[str]]] = []
    chosen = rng.sample(range(size), size // 5)
    for number, (one, other) in enumerate(zip(chosen[::2], chosen[1::2], strict=False)):
        count = LENGTH * 9 // 10 if whole else rng.randint(12, 60)
        start = rng.randrange(LENGTH - count)
        passage = texts[one][start : start + count]
        edit = EDITS[number % len(EDITS)]
        copied = edited(passage, edit, rng)
        at = rng.randrange(LENGTH - count)
        texts[other][at : at + count] = copied
        planted.append((edit, one, start, other, at, copied))
    return _joined(texts, [(edit, a, x, x + _long(edit, c), b, y, y + len(c)) for edit, a, x, b, y, c in planted])


def _long(edit: str, copied: list[str]) -> int:
    return len(copied) + {"added": -2, "lost": 2}.get(edit, 0)


def edited(passage: list[str], edit: str, rng: random.Random) -> list[str]:
    """Gives a passage with one small change in its inner part."""
    at = rng.randrange(2, len(passage) - 4)
    match edit:
        case "figure":
            return [*passage[:at], str(rng.randrange(1000)), *passage[at + 1 :]]
        case "actor":
            return [*passage[:at], f"n{rng.randrange(9999)}", f"n{rng.randrange(9999)}", *passage[at + 2 :]]
        case "added":
            return [*passage[:at], f"n{rng.randrange(9999)}", f"n{rng.randrange(9999)}", *passage[at:]]
        case "lost":
            return [*passage[:at], *passage[at + 2 :]]
    return passage


def _joined(
    texts: list[list[str]], planted: list[tuple[str, int, int, int, int, int, int]]
) -> tuple[dict[str, str], list[Planted]]:
    found: list[Planted] = []
    for edit, a, x, x1, b, y, y1 in planted:
        sides = [(_name(a), *_place(texts[a], x, x1)), (_name(b), *_place(texts[b], y, y1))]
        (one, *first), (other, *second) = sorted(sides)
        found.append((edit, one, other, (first[0], first[1]), (second[0], second[1])))
    return {_name(number): " ".join(words) for number, words in enumerate(texts)}, found


def _name(number: int) -> str:
    return f"d{number:06}"


def _place(words: list[str], first: int, end: int) -> tuple[int, int]:
    start = sum(map(len, words[:first])) + first
    return start, start + len(" ".join(words[first:end]))


def recall(found: reuse.Found, planted: list[Planted]) -> tuple[dict[str, float], int]:
    """Gives the share of planted passages of which half or more was found, by edit, and how many finds are others."""
    by_pair: dict[tuple[str, str], list[reuse.Reuse]] = {}
    for each in found.reuses:
        by_pair.setdefault((each.a.document, each.b.document), []).append(each)
    hits: dict[str, list[bool]] = {edit: [] for edit in EDITS}
    good: set[reuse.Reuse] = set()
    for edit, a, b, first, second in planted:
        near = [
            each
            for each in by_pair.get((a, b), ())
            if _share(first, (each.a.span.start, each.a.span.end)) >= 0.5
            and _share(second, (each.b.span.start, each.b.span.end)) >= 0.5
        ]
        hits[edit].append(bool(near))
        good.update(near)
    return {edit: sum(each) / len(each) for edit, each in hits.items()}, len(set(found.reuses) - good)


def _share(planted: tuple[int, int], found: tuple[int, int]) -> float:
    return max(0, min(planted[1], found[1]) - max(planted[0], found[0])) / (planted[1] - planted[0])


def cost(size: int) -> float:
    """Gives CPU seconds for a thousand of so many documents."""
    texts, _ = corpus(size)
    start = time.process_time()
    reuse.find(texts)
    return (time.process_time() - start) * 1_000 / size


def ours(texts: dict[str, str], planted: list[Planted]) -> Iterator[str]:
    """Measures kzgraph."""
    start = time.process_time()
    found = reuse.find(texts)
    took = time.process_time() - start
    shares, others = recall(found, planted)
    yield f"CPU {took:.1f} s, {len(found.reuses)} passages, {found.skipped} runs skipped, {others} not planted"
    yield "recall " + ", ".join(f"{edit} {share:.3f}" for edit, share in shares.items())


def peer(name: str, texts: dict[str, str], planted: list[Planted]) -> Iterator[str]:
    """Measures MinHash of whole documents, of words five in a row, with 32 bands of 4."""
    start = time.process_time()
    shingled = {key: _shingles(text) for key, text in texts.items()}
    pairs = _rensa(shingled) if name == "rensa" else _datasketch(shingled)
    took = time.process_time() - start
    wanted = {(a, b) for _, a, b, _, _ in planted}
    yield f"CPU {took:.1f} s, {len(pairs)} pairs, recall of pairs {len(wanted & pairs) / len(wanted):.3f}"


def _shingles(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + 5]) for at in range(len(words) - 4)]


def _rensa(shingled: dict[str, list[str]]) -> set[tuple[str, str]]:
    from rensa import RMinHash, RMinHashLSH

    names = list(shingled)
    index = RMinHashLSH(threshold=0.1, num_perm=128, num_bands=32)
    pairs: set[tuple[str, str]] = set()
    for number, name in enumerate(names):
        digest = RMinHash(num_perm=128, seed=1)
        digest.update(shingled[name])
        pairs.update((names[other], name) for other in index.query(digest))
        index.insert(number, digest)
    return pairs


def _datasketch(shingled: dict[str, list[str]]) -> set[tuple[str, str]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=128, params=(32, 4))
    pairs: set[tuple[str, str]] = set()
    for name, each in shingled.items():
        digest = MinHash(num_perm=128, seed=1)
        digest.update_batch([shingle.encode() for shingle in each])
        pairs.update((other, name) for other in index.query(digest))
        index.insert(name, digest)
    return pairs


def one(engine: str, size: int, whole: bool) -> None:
    """Measures one engine in this process."""
    texts, planted = corpus(size, whole=whole)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    lines = list(ours(texts, planted) if engine == "kzgraph" else peer(engine, texts, planted))
    took = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    shared = "nine tenths of a document" if whole else "12-60 words"
    print(
        f"{engine}, {size:,} documents, planted {shared}: "
        f"{took:.1f} s, {most / 1024:,.0f} MB ({before / 1024:,.0f} before)"
    )
    for line in lines:
        print(f"  {line}")


def main() -> None:
    """Measures each engine and size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engines", nargs="*", default=["kzgraph", "rensa", "datasketch"])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--whole", action="store_true", help="plant nine tenths of a document")
    parser.add_argument("--here", action="store_true", help="measure in this process")
    chosen = parser.parse_args()
    for size in chosen.sizes:
        for engine in chosen.engines:
            if chosen.here:
                one(engine, size, chosen.whole)
            else:
                more = ["--whole"] if chosen.whole else []
                again = [sys.executable, "-m", "bench.reuse", engine, "--here", "--sizes", str(size), *more]
                subprocess.run(again, check=True)


if __name__ == "__main__":
    main()
