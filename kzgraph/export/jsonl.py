"""JSON Lines: claims, entities and passages, one a line, with the evidence that anyone needs to check them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from ..reading import rows
from ..records import CONCEPT, ClaimRecord, EntityRecord, PassageRecord, Ref, Value
from .layers import Source

Json = dict[str, Any]


def claims(source: Source) -> bytes:
    """Gives one claim a line, in reading order."""
    return lines(_claims(source))


def entities(source: Source) -> bytes:
    """Gives one entity a line, by IRI; documents and references are among them where claims speak of them."""
    return lines(map(_entity, source.records.entities))


def passages(source: Source) -> bytes:
    """Gives one passage a line, in reading order."""
    return lines(map(_passage, source.records.passages))


def lines(items: Iterable[Json]) -> bytes:
    """Gives one item a line."""
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def _claims(source: Source) -> Iterator[Json]:
    concepts: dict[str, str] = {}
    for row in rows(source.store, "concept-objects", source.root):
        concepts.setdefault(row["claim"].value, row["concept"].value)
    for claim in source.records.claims:
        yield _claim(claim, concepts.get(claim.iri))


def _claim(claim: ClaimRecord, concept: str | None) -> Json:
    return {
        "claim": claim.iri,
        "document": claim.document.iri,
        "document_sha256": claim.document_sha256,
        "start": claim.start,
        "end": claim.end,
        "span_sha256": claim.span_sha256,
        "quote": claim.quote,
        "statement": claim.statement,
        "subject": _typed(claim.subject),
        "predicate": _pointed(claim.predicate),
        "object": _object(claim.object, concept),
        "speakers": [_pointed(speaker) for speaker in claim.speakers],
        "voice": claim.voice,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "certainty": claim.certainty,
        "valence": claim.valence,
        "when": claim.when,
        "when_words": claim.when_words,
        "when_inferred": claim.when_inferred,
        "said": claim.said,
        "where": _typed(claim.where) if claim.where else None,
        "topics": [_pointed(topic) for topic in claim.topics],
        "cites": [_pointed(work) for work in claim.cites],
        "proposition": claim.proposition,
        "fragment": claim.fragment,
        "note": claim.note,
    }


def _typed(ref: Ref) -> Json:
    return {"iri": ref.iri, "label": ref.label, "type": ref.type}


def _pointed(ref: Ref) -> Json:
    return {"iri": ref.iri, "label": ref.label}


def _object(item: Ref | Value, concept: str | None) -> Json:
    """Gives a node, or a value; a concept has its IRI as well."""
    if isinstance(item, Ref):
        return _typed(item)
    found: Json = {
        "value": item.value,
        "datatype": item.datatype,
        "lang": item.lang,
        "unit": item.unit,
        "counted": item.counted,
        "lower": number(item.lower),
        "upper": number(item.upper),
        "approximation": item.approximation,
        "verbatim": item.verbatim,
    }
    return {**found, "iri": concept} if item.datatype == CONCEPT else found


def number(text: str | None) -> int | float | str | None:
    """Gives a decimal as a JSON number where every reader gets the same number, else as text.

    Readers of JSON may keep no more than a double holds (RFC 8259, section 6).

    >>> number("40"), number("2.5"), number("9007199254740993"), number(None)
    (40, 2.5, '9007199254740993', None)
    """
    if text is None:
        return None
    exact = Decimal(text)
    if Decimal(repr(float(exact))) != exact:
        return text
    if exact == exact.to_integral_value():
        return int(exact) if abs(exact) < 2**53 else text
    return float(exact)


def _entity(entity: EntityRecord) -> Json:
    names = [
        {"text": name.text, "lang": name.lang, "kind": name.kind, "printed_in": list(name.printed_in)}
        for name in entity.names
    ]
    return {
        "iri": entity.iri,
        "type": entity.type.iri,
        "type_label": entity.type.label,
        "family": entity.family,
        "label": entity.label,
        "described": entity.described,
        "names": names,
        "same_as": list(entity.same_as),
        "documents": list(entity.documents),
    }


def _passage(passage: PassageRecord) -> Json:
    return {
        "passage": passage.iri,
        "document": passage.document,
        "document_sha256": passage.document_sha256,
        "start": passage.start,
        "end": passage.end,
        "disposition": passage.disposition,
        "claims": list(passage.claims),
        "reason": passage.reason,
    }
