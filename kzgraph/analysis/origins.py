"""How many independent origins a proposition has: mentions, folded by what makes two of them one.

A mention is a claim that supports a proposition. Two mentions that share a *certain* key (the same text, the same
speaker on the same occasion, the same cited work, …) have one origin; two that share a *possible* key (one speaker on
different occasions, one publisher, a citation of the other's publisher, …) may have one. Folding by the certain keys
gives the upper bound, folding by all keys the lower bound. Keys are looked up, pairs are never compared, so the
time grows with the number of mentions and keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..namespaces import KZ
from ..reading import rows
from .mentions import Evidence, Forest, Key, Mention

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

CERTAIN, POSSIBLE = "certain", "possible"

#: Why two mentions that share a key have, or may have, one origin: strength and words, by the kind of key.
REASONS: dict[str, tuple[str, str]] = {
    "document": (CERTAIN, "the same voice in the same document"),
    "text": (CERTAIN, "the same text stands in both documents"),
    "occasion": (CERTAIN, "the same speaker on the same day"),
    "work": (CERTAIN, "both rest on the same cited work"),
    "judged": (CERTAIN, "judged to have one origin"),
    "report": (POSSIBLE, "both are known from this document alone"),
    "speaker": (POSSIBLE, "the same speaker is in both chains"),
    "publisher": (POSSIBLE, "the same publisher stands behind both"),
    "unnamed": (POSSIBLE, "unnamed speakers may be the same people"),
    "related": (POSSIBLE, "judged to be related"),
}


@dataclass(frozen=True, slots=True)
class Fold:
    """One step of folding: ``claim`` adds no origin to ``into``, certainly or possibly."""

    claim: str
    into: str
    reason: str
    strength: str


@dataclass(frozen=True, slots=True)
class Support:
    """What a proposition rests on. ``origins`` are the groups of claims that certainly have one origin."""

    proposition: str
    mentions: tuple[str, ...]
    documents: tuple[str, ...]
    publishers: tuple[str, ...]
    low: int
    high: int
    folds: tuple[Fold, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()


def origins(evidence: Evidence) -> tuple[Support, ...]:
    """Gives what each proposition rests on, by IRI.

    The mentions are the claims that affirm it; where none does, those that say anything of it.
    """
    by_proposition: dict[str, list[Mention]] = defaultdict(list)
    for mention in evidence.mentions:
        by_proposition[mention.proposition].append(mention)
    found = []
    for proposition, mentions in sorted(by_proposition.items()):
        affirming = [mention for mention in mentions if mention.affirms]
        found.append(support(proposition, affirming or mentions, evidence.keys))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Count:
    """How much a proposition rests on, as a graph holds it: counts, bounds, and why mentions were folded."""

    mentions: int
    documents: int
    publishers: int
    low: int
    high: int
    folds: tuple[Fold, ...] = ()


def stored(store: Store, root: Root | None = None) -> dict[str, Count]:
    """Gives the counts of each proposition, by IRI, that a graph holds in its derived layer."""
    folds: dict[str, list[Fold]] = defaultdict(list)
    for row in rows(store, "folds", root):
        strength = row["strength"].value.removeprefix(f"{KZ}fold-")
        fold = Fold(row["claim"].value, row["into"].value, row["reason"].value, strength)
        folds[row["proposition"].value].append(fold)
    found = {}
    for row in rows(store, "origins", root):
        mentions, documents, publishers, low, high = (int(row[each].value) for each in _COUNTS)
        proposition = row["proposition"].value
        found[proposition] = Count(mentions, documents, publishers, low, high, tuple(folds.get(proposition, ())))
    return found


_COUNTS = ("mentions", "documents", "publishers", "low", "high")


def support(proposition: str, mentions: Iterable[Mention], keys: dict[str, tuple[Key, ...]]) -> Support:
    """Gives the bounds of the origins of some mentions of one proposition, with each step of folding."""
    ordered = sorted(mentions, key=lambda each: each.claim)
    forest = Forest([each.claim for each in ordered])
    folds: list[Fold] = []
    groups: tuple[tuple[str, ...], ...] = ()
    for strength in (CERTAIN, POSSIBLE):
        holder: dict[Key, str] = {}
        for mention in ordered:
            for key in keys[mention.claim]:
                kind, reason = REASONS[key[0]]
                if kind != strength and strength == CERTAIN:
                    continue
                first = holder.setdefault(key, mention.claim)
                folded = forest.union(first, mention.claim)
                if folded:
                    folds.append(Fold(folded, first if folded != first else mention.claim, reason, kind))
        if strength == CERTAIN:
            groups = forest.groups()
    return Support(
        proposition,
        tuple(each.claim for each in ordered),
        tuple(sorted({each.document for each in ordered})),
        tuple(sorted({publisher for each in ordered for publisher in each.publishers})),
        len(forest.groups()),
        len(groups),
        tuple(folds),
        groups,
    )


def independent(evidence: Evidence) -> Callable[[Iterable[str]], int]:
    """Gives a function that counts the independent origins that some claims have at least, whatever they say."""
    mentions = {mention.claim: mention for mention in evidence.mentions}
    return lambda claims: support("", (mentions[claim] for claim in claims), evidence.keys).low
