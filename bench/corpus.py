"""A made-up corpus of any size, for measuring growth; its words say nothing."""

from __future__ import annotations

from kzgraph.model import Claim, Corpus, Document, Entity, Passage, Slug, Source, Span

TO_A_DOCUMENT = 500  # claims


def synthetic(claims: int) -> Corpus:
    """Gives a corpus of so many claims: one a passage, 500 a document, an entity for every four."""
    entities = tuple(
        Entity(f"agent-{number:06}", ("Person",), f"Agent {number}") for number in range(max(2, claims // 4))
    )
    documents = tuple(
        _document(first // TO_A_DOCUMENT, range(first, min(first + TO_A_DOCUMENT, claims)), len(entities))
        for first in range(0, claims, TO_A_DOCUMENT)
    )
    return Corpus(documents, entities)


def _document(number: int, claims: range, entities: int) -> Document:
    passages = tuple(_passage(number, place, claim, entities) for place, claim in enumerate(claims))
    spans = {claim.span: f"{number:032x}{claim.span.start:032x}" for passage in passages for claim in passage.claims}
    source = Source(f"{number:06}.txt", f"{number:064x}", 100 * len(claims))
    return Document(
        f"document-{number:06}",
        "Report",
        f"Document {number}",
        source,
        issued="2012-05",
        passages=passages,
        digests=spans,
    )


def _passage(document: int, place: int, number: int, entities: int) -> Passage:
    span = Span(100 * place, 100 * place + 90)
    claim = Claim(
        id=f"{place + 1:03}",
        span=span,
        quote=f"words of claim {number}",
        statement=f"Agent {number % entities} spoke of agent {number * 7 % entities}.",
        subject=f"agent-{number % entities:06}",
        predicate="criticises",
        object=Slug(f"agent-{number * 7 % entities:06}"),
        speakers=(f"agent-{number * 3 % entities:06}",),
        voice="indirect",
        when="2012-05",
        topics=("right-expression",),
    )
    return Passage(f"{place + 1:03}", span, "claimed", (claim,))
