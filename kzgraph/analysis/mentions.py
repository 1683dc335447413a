"""What origins are counted from: the mentions of a graph, and the keys by which two may have one origin.

Keys come from a claim itself (its document, speakers, cited works), from shared text, and from judgements on lineage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..namespaces import KZ
from ..reading import rows

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

Key = tuple[str, ...]  # a kind of ``origins.REASONS``, and what is shared


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim as far as its origin matters; everything is an IRI but ``start``, ``end`` and ``said`` (EDTF).

    ``innermost`` is on whose word it rests: None where the document speaks in its own voice. ``works`` are the works
    that it cites or, in an entry of a list of references, the work that the entry describes.
    """

    claim: str
    proposition: str
    content: tuple[str, str, str]
    document: str
    start: int
    end: int
    affirms: bool
    denies: bool
    publishers: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    innermost: str | None = None
    said: str | None = None
    works: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()  # the publishers of the works


@dataclass(frozen=True, slots=True)
class Evidence:
    """All mentions of a graph, and which keys they have by what is known of texts and judgements."""

    mentions: tuple[Mention, ...]
    keys: dict[str, tuple[Key, ...]]  # by claim
    reuse: dict[str, tuple[str, ...]] = field(default_factory=dict)  # the shared texts in which a claim lies


def read(store: Store, root: Root | None = None) -> Evidence:
    """Reads the mentions of a graph with the keys by which they fold."""
    mentions = tuple(_mentions(store, root))
    unnamed = {row["agent"].value for row in rows(store, "unnamed-agents", root)}
    shared, judged = _SharedText(store, root), _Judged(store, root)
    keys = {each.claim: (*_keys(each, unnamed), *shared.key(each), *judged.keys(each)) for each in mentions}
    return Evidence(mentions, keys, {each.claim: shared.reuses(each) for each in mentions})


class Forest:
    """Disjoint sets of claims; the first claim of a set, by IRI, stands for it."""

    def __init__(self, claims: list[str]) -> None:
        self._parent = {claim: claim for claim in claims}

    def find(self, claim: str) -> str:
        """Gives the claim that stands for a claim's set."""
        while self._parent[claim] != claim:
            self._parent[claim] = self._parent[self._parent[claim]]
            claim = self._parent[claim]
        return claim

    def union(self, a: str, b: str) -> str | None:
        """Joins two sets; gives the claim that stood for the later one, or None if they were one."""
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first
        return second if first != second else None

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Gives the sets, each sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim in self._parent:
            found[self.find(claim)].append(claim)
        return tuple(tuple(sorted(group)) for _, group in sorted(found.items()))


def _mentions(store: Store, root: Root | None) -> Iterator[Mention]:
    works: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "cited-works", root):
        works[row["claim"].value].add(row["work"].value)
        if "publisher" in row:
            behind[row["claim"].value].add(row["publisher"].value)
    found: dict[str, dict[str, object]] = {}
    speakers: dict[str, set[str]] = defaultdict(set)
    publishers: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "mentions", root):
        claim = row["claim"].value
        if "speaker" in row:
            speakers[claim].add(row["speaker"].value)
        if "publisher" in row:
            publishers[claim].add(row["publisher"].value)
        if "mapsTo" in row:
            works[claim].add(row["mapsTo"].value)
        if claim in found:
            continue
        modality = row["modality"].value.removeprefix(f"{KZ}modality-")
        said, positive = modality in ("asserted", "alleged"), row["polarity"].value == f"{KZ}polarity-positive"
        found[claim] = {
            "proposition": row["proposition"].value,
            "content": (row["subject"].value, row["predicate"].value, str(row["object"].value)),
            "document": row["document"].value,
            "start": int(row["start"].value),
            "end": int(row["end"].value),
            "affirms": said and positive,
            "denies": modality == "denied" or (said and not positive),
            "innermost": row["innermost"].value if "innermost" in row else None,
            "said": row["said"].value if "said" in row else None,
        }
    for claim, fields in found.items():
        sets = {"publishers": publishers, "speakers": speakers, "works": works, "behind": behind}
        yield Mention(claim, **fields, **{name: frozenset(each.get(claim, ())) for name, each in sets.items()})  # type: ignore[arg-type]


def _keys(mention: Mention, unnamed: set[str]) -> Iterator[Key]:
    """Gives the keys that a claim has by itself."""
    yield "document", mention.document, mention.innermost or ""
    yield "report", mention.document
    if mention.innermost and mention.said and len(mention.said) == len("2011-12-16"):
        yield "occasion", mention.innermost, mention.said
    for work in mention.works:
        yield "work", work
    if mention.innermost is None:
        yield "work", mention.document
    for speaker in mention.speakers:
        yield "speaker", speaker
    for publisher in mention.publishers | mention.behind:
        yield "publisher", publisher
    for agent in mention.speakers & mention.publishers:
        yield "publisher", agent
    if mention.innermost in unnamed:
        yield ("unnamed",)


class _SharedText:
    """In which shared text claims lie: runs that overlap, or are copies of each other, are one text."""

    def __init__(self, store: Store, root: Root | None) -> None:
        self._runs: dict[str, list[tuple[int, int, str]]] = defaultdict(list)  # by document: start, end, reuse
        links = []
        for row in rows(store, "shared-runs", root):
            ends = []
            for side in ("first", "second"):
                document = row[f"{side}Document"].value
                start, end = int(row[f"{side}Start"].value), int(row[f"{side}End"].value)
                self._runs[document].append((start, end, row["reuse"].value))
                ends.append((document, start, end))
            links.append(ends)
        self._segments = {document: _merged(sorted(runs)) for document, runs in self._runs.items()}
        self._forest = Forest([_named(document, *each) for document, parts in self._segments.items() for each in parts])
        for ends in links:
            one, other = (self._segment(*end) for end in ends)
            self._forest.union(one or "", other or "")

    def key(self, mention: Mention) -> Iterator[Key]:
        """Gives the key of the text in which a claim lies."""
        segment = self._segment(mention.document, mention.start, mention.end)
        if segment:
            yield "text", self._forest.find(segment)

    def reuses(self, mention: Mention) -> tuple[str, ...]:
        """Gives the shared texts in whose runs a claim lies."""
        runs = self._runs.get(mention.document, ())
        return tuple(sorted({reuse for start, end, reuse in runs if _within(mention.start, mention.end, start, end)}))

    def _segment(self, document: str, start: int, end: int) -> str | None:
        parts = self._segments.get(document, [])
        for part in parts[max(0, bisect_right(parts, (start, end)) - 1) :]:
            if part[0] >= end:
                break
            if _within(start, end, *part):
                return _named(document, *part)
        return None


def _within(start: int, end: int, first: int, last: int) -> bool:
    """Tells whether a run of characters, from first to last, holds at least half of a span."""
    return 2 * (min(last, end) - max(first, start)) >= end - start


def _merged(runs: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end, _ in runs:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _named(document: str, start: int, end: int) -> str:
    return f"{document}#{start}-{end}"


class _Judged:
    """Which keys a claim has by judgements on lineage."""

    def __init__(self, store: Store, root: Root | None) -> None:
        self._claims: dict[str, list[Key]] = defaultdict(list)
        self._works: dict[str, list[Key]] = defaultdict(list)
        for row in rows(store, "lineage-judgements", root):
            thing, judgement = row["thing"].value, row["judgement"].value
            certain = row["strength"].value == f"{KZ}fold-certain"
            self._claims[thing].append(("judged" if certain else "related", judgement))
            self._works[thing].append(("related", judgement))

    def keys(self, mention: Mention) -> Iterator[Key]:
        """Gives the keys; a judgement on whole documents is never more than possible for one claim."""
        yield from self._claims.get(mention.claim, ())
        for work in (mention.document, *sorted(mention.works)):
            yield from self._works.get(work, ())
