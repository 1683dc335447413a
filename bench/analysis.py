"""What conflicts and origins cost as claims grow: made-up rival figures, denials, judgements of value and copies."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

from kzgraph import mapping
from kzgraph.analysis import disagreement, mentions, origins
from kzgraph.model import Claim, Corpus, Document, Extent, Quantity, Reuse, Slug
from kzgraph.paths import find_root
from kzgraph.store import in_memory

from .corpus import synthetic

SMALL, LARGE = 10_000, 100_000
TO_AN_EVENT = 8  # claims


def rivals(claims: int) -> Corpus:
    """Gives a corpus in which about every event has figures, a denial and evaluations that disagree, and copies."""
    plain = synthetic(claims)
    documents = tuple(_rival(document, number) for number, document in enumerate(plain.documents))
    copies = tuple(_copy(a, b) for a, b in zip(documents[::2], documents[1::2], strict=False))
    return Corpus(documents, plain.entities, reuse=copies)


def _rival(document: Document, number: int) -> Document:
    passages = tuple(
        replace(passage, claims=tuple(_say(claim, number * 499 + place) for claim in passage.claims))
        for place, passage in enumerate(document.passages)
    )
    return replace(document, passages=passages)


def _say(claim: Claim, number: int) -> Claim:
    """Turns a claim into one of eight about an event: four figures, an affirmation, a denial, praise and blame."""
    event, turn = f"agent-{number // TO_AN_EVENT:06}", number % TO_AN_EVENT
    if turn < 4:
        exact = Decimal(10 + turn % 2 * 5)
        return replace(claim, subject=event, predicate="deathToll", object=Quantity(exact, exact, "exact", "person"))
    if turn < 6:
        modality = "denied" if turn == 5 else "asserted"
        return replace(claim, subject=event, predicate="causedBy", object=Slug("agent-000000"), modality=modality)
    return replace(claim, subject=event, predicate="evaluatedAs", valence="positive" if turn == 6 else "negative")


def _copy(a: Document, b: Document) -> Reuse:
    one, other = (Extent(each.slug, each.passages[0].span, "0" * 64) for each in (a, b))
    return Reuse(one, other, 12, Decimal(1), "verbatim")


def costs(claims: int) -> dict[str, float]:
    """Gives CPU seconds for a thousand claims, by step."""
    store = in_memory("".join(quad.line() for quad in mapping.quads(rivals(claims))).encode())
    found: dict[str, float] = {}
    start = time.process_time()
    supports = origins.origins(mentions.read(store))
    found["independent origins"] = time.process_time() - start
    start = time.process_time()
    conflicts = disagreement.conflicts(store, find_root())
    found["conflicts"] = time.process_time() - start
    assert len(supports) > claims / 8
    assert len(conflicts) > claims / 8
    return {name: cost * 1_000 / claims for name, cost in found.items()}
