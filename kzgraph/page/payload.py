"""Records as the page's scripts read them: plain values, short names, and nothing that is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..namespaces import BASE
from ..records import ClaimRecord, Records, Ref, Value


def slugs_of(iris: Iterable[str]) -> dict[str, str]:
    """Gives each IRI the short name by which the page and its address call it."""
    return {iri: iri.removeprefix(f"{BASE}id/").removeprefix(BASE) for iri in iris}


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Gives the data without what is empty."""
    return {key: value for key, value in data.items() if value not in (None, "", [], (), False)}


def details(records: Records, slugs: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Gives what the panel says of each entity beside its claims."""
    return {
        entity.iri: {
            "described": entity.described,
            "names": [
                filled({"text": n.text, "lang": n.lang, "kind": n.kind, "in": _known(n.printed_in, slugs)})
                for n in entity.names
            ],
            "same": sorted(entity.same_as),
        }
        for entity in records.entities
    }


def _known(iris: Iterable[str], slugs: dict[str, str]) -> list[str]:
    return [slugs.get(iri, iri) for iri in iris]


def titles(records: Records) -> dict[str, str]:
    """Gives each document's title; who published it, or else when, tells apart those of one title."""
    often = Counter(document.title for document in records.documents)
    return {
        d.iri: f"{d.title} ({mark})"
        if often[d.title] > 1 and (mark := d.publisher.label if d.publisher else d.issued)
        else d.title
        for d in records.documents
    }


def documents(records: Records, slugs: dict[str, str]) -> list[dict[str, Any]]:
    """Gives the documents by IRI, with those that only claims name."""
    called = titles(records)
    listed = {
        document.iri: filled(
            {
                "id": slugs[document.iri],
                "title": called[document.iri],
                "type": document.type.label,
                "by": document.publisher.label if document.publisher else None,
                "authors": ", ".join(author.label for author in document.authors),
                "issued": document.issued,
                "sha": document.sha256,
            }
        )
        for document in records.documents
    }
    for claim in records.claims:
        slug = slugs_of([claim.document.iri])[claim.document.iri]
        listed.setdefault(claim.document.iri, {"id": slug, "title": claim.document.label})
    return [listed[iri] for iri in sorted(listed)]


def claim(claim: ClaimRecord, slugs: dict[str, str]) -> dict[str, Any]:
    """Gives a claim as the page's scripts read it; what is usual is left out."""
    thing = claim.object
    return filled(
        {
            "id": claim.iri.removeprefix(f"{BASE}claim/"),
            "doc": slugs_of([claim.document.iri])[claim.document.iri],
            "at": [claim.start, claim.end],
            "sha": claim.span_sha256,
            "quote": claim.quote,
            "text": claim.statement,
            "s": slugs[claim.subject.iri],
            "p": claim.predicate.label,
            "o": slugs[thing.iri] if isinstance(thing, Ref) else None,
            "value": _value(thing) if isinstance(thing, Value) else None,
            "by": [slugs[speaker.iri] for speaker in claim.speakers],
            "voice": claim.voice,
            "negative": claim.polarity == "negative",
            "modality": claim.modality if claim.modality != "asserted" else None,
            "certainty": claim.certainty,
            "valence": claim.valence,
            "when": claim.when,
            "words": claim.when_words,
            "inferred": claim.when_inferred,
            "said": claim.said,
            "where": _mention(claim.where, slugs) if claim.where else None,
            "topics": [_mention(topic, slugs) for topic in claim.topics],
            "cites": [_mention(cited, slugs) for cited in claim.cites],
            "note": claim.note,
        }
    )


def _mention(ref: Ref, slugs: dict[str, str]) -> str:
    """Gives the node's name on the page, or the label of what is no node."""
    return slugs.get(ref.iri, ref.label)


def _value(value: Value) -> dict[str, Any]:
    printed = value.verbatim if value.verbatim != value.value else None
    return {"text": value.value, **filled({"lang": value.lang, "printed": printed})}
