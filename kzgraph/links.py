"""Do the slugs and ids in graph/ point at something? Checked over the whole corpus, after every file is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from .errors import Problem
from .fields import did_you_mean
from .model import (
    Claim,
    ConflictJudgement,
    Corpus,
    Document,
    Entity,
    IdentityJudgement,
    Judgement,
    LineageJudgement,
    Passage,
    Slug,
)


def problems(corpus: Corpus) -> list[Problem]:
    """Gives every broken link, repeated slug and misplaced span of the corpus."""
    return [*_twice(corpus), *_in_entities(corpus), *_in_documents(corpus), *_in_judgements(corpus), *_in_reuse(corpus)]


def _twice(corpus: Corpus) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entity in corpus.entities:
        first = seen.setdefault(entity.slug, f"{entity.path}:{entity.line}")
        if first != f"{entity.path}:{entity.line}":
            yield _at(entity, "entity", f"the slug `{entity.slug}` is already at {first}", "Slugs are never shared.")
    works: dict[str, str] = {}
    for document in corpus.documents:
        for slug, line in [(document.slug, 1), *((ref.slug, ref.line) for ref in document.references)]:
            place = f"{document.path}:{line}"
            first = works.setdefault(slug, place)
            if first != place:
                yield Problem(document.path, line, "", f"the slug `{slug}` is already at {first}", "Name it once.")
            if slug in seen:
                yield Problem(document.path, line, "", f"`{slug}` is also the entity at {seen[slug]}", "Rename one.")


def _at(item: Entity | Judgement, kind: str, message: str, hint: str = "") -> Problem:
    number = item.slug if isinstance(item, Entity) else item.id
    return Problem(item.path, item.line, f"{kind} {number}", message, hint)


def _in_entities(corpus: Corpus) -> Iterator[Problem]:
    documents = {document.slug for document in corpus.documents}
    for entity in corpus.entities:
        for name in entity.names:
            for slug in name.printed_in:
                if slug not in documents:
                    hint = did_you_mean(slug, documents)
                    yield _at(entity, "entity", f"`printed_in: {slug}` is no document of the corpus", hint)


def _in_documents(corpus: Corpus) -> Iterator[Problem]:
    nodes = frozenset({entity.slug for entity in corpus.entities} | corpus.works)
    for document in corpus.documents:
        heads = [document.publisher, *document.authors, document.part_of]
        yield from _unknown(document.path, 1, "document", filter(None, heads), nodes)
        for ref in document.references:
            heads = [ref.publisher, *ref.authors]
            yield from _unknown(document.path, ref.line, f"reference {ref.slug}", filter(None, heads), nodes)
        yield from _spans(document)
        ids = {passage.id for passage in document.passages}
        for passage in document.passages:
            where = f"passage {passage.id}"
            yield from _unknown(
                document.path, passage.line, where, filter(None, [passage.repeats, *passage.serves]), ids
            )
            yield from _unknown(document.path, passage.line, where, filter(None, [passage.maps_to]), corpus.works)
            for claim in passage.claims:
                yield from _in_claim(document, claim, nodes, corpus.works)


def _in_claim(document: Document, claim: Claim, nodes: frozenset[str], works: frozenset[str]) -> Iterator[Problem]:
    slugs = [claim.subject, *claim.speakers]
    if isinstance(claim.object, Slug):
        slugs.append(claim.object.slug)
    if claim.where:
        slugs.append(claim.where)
    where = f"claim {claim.id}"
    yield from _unknown(document.path, claim.line, where, filter(None, slugs), nodes)
    yield from _unknown(document.path, claim.line, where, claim.cites, works)


def _unknown(path: str, line: int, where: str, slugs: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for slug in slugs:
        if slug not in known:
            hint = did_you_mean(slug, known) or "Add it, or mend the name."
            yield Problem(path, line, where, f"`{slug}` is not in the corpus", hint)


def _spans(document: Document) -> Iterator[Problem]:
    end, numbers, claims = 0, set(), set()
    for passage in document.passages:
        where = f"passage {passage.id}"
        if passage.id in numbers:
            yield Problem(document.path, passage.line, where, "this id stands twice", "Number passages in order.")
        numbers.add(passage.id)
        if passage.span.start < end:
            yield Problem(
                document.path, passage.line, where, "it begins before the last one ends", "Passages never overlap."
            )
        end = max(end, passage.span.end)
        if passage.span.end > document.source.characters:
            yield Problem(document.path, passage.line, where, "it ends behind the document's end", "Mend the span.")
        for claim in passage.claims:
            where = f"claim {claim.id}"
            if claim.id in claims:
                yield Problem(document.path, claim.line, where, "this id stands twice", "Ids are never reused.")
            claims.add(claim.id)
            if claim.span not in passage.span and claim.span.end:
                yield Problem(
                    document.path, claim.line, where, f"its span lies outside passage {passage.id}", "Mend the span."
                )
        items: list[Passage | Claim] = [passage, *passage.claims]
        for item in items:
            if item.span.end and item.span not in document.digests:
                label = f"{'passage' if item is passage else 'claim'} {item.id}"
                hint = "Run `kzgraph anchor` where the source text is held."
                yield Problem(document.path, item.line, label, f"the span {item.span} has no digest", hint)


def _in_judgements(corpus: Corpus) -> Iterator[Problem]:
    nodes = frozenset({entity.slug for entity in corpus.entities} | corpus.works)
    documents = {document.slug for document in corpus.documents}
    claims = frozenset(f"{document.slug}.{claim.id}" for document in corpus.documents for claim in document.claims)
    seen: set[str] = set()
    for judgement in corpus.judgements:
        if judgement.id in seen:
            yield _at(judgement, "judgement", "this id stands twice", "Ids are never reused.")
        seen.add(judgement.id)
        where = f"judgement {judgement.id}"
        yield from _unknown(judgement.path, judgement.line, where, judgement.evidence, claims)
        match judgement:
            case IdentityJudgement(entities=entities, document=document):
                yield from _unknown(judgement.path, judgement.line, where, entities, nodes)
                yield from _unknown(judgement.path, judgement.line, where, filter(None, [document]), documents)
            case ConflictJudgement(claims=sides):
                yield from _unknown(judgement.path, judgement.line, where, sides, claims)
            case LineageJudgement(between=between):
                yield from _unknown(judgement.path, judgement.line, where, between, claims | corpus.works)


def _in_reuse(corpus: Corpus) -> Iterator[Problem]:
    lengths = {document.slug: document.source.characters for document in corpus.documents}
    for reuse in corpus.reuse:
        for extent in (reuse.a, reuse.b):
            yield from _unknown(reuse.path, reuse.line, "reuse", [extent.document], lengths)
            if extent.span.end > lengths.get(extent.document, extent.span.end):
                yield Problem(reuse.path, reuse.line, "reuse", "it ends behind the document's end", "Run it again.")
