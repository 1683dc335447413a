"""One document's file to model: its bibliographic record, its passages, its claims."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from . import iris
from .errors import Problem
from .fields import Fields, called, did_you_mean, language, url
from .model import (
    Claim,
    Concept,
    Date,
    Document,
    Object,
    Passage,
    Quantity,
    Reference,
    Slug,
    Source,
    Span,
    Text,
    Vocabulary,
)
from .yamlio import Map, Scalar, Seq

LONGEST_QUOTE = 12  # words
_HEX = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{3,4}")
_PASSAGE = re.compile(r"p[0-9]{3,4}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


def document(content: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Document:
    """Gives the document that one file's content describes; what is wrong is added to ``problems``."""
    top = Fields(content, path, "", problems)
    head = Fields(top.raw("document", required=True) or Map(1), path, "document", problems)
    slug = head.slug("slug", required=True) or ""
    if slug and slug != Path(path).stem:
        head.problem("slug", f"the slug `{slug}` is not the file's name", f"Name the file {slug}.yaml.")
    if slug in iris.LAYERS:
        head.problem("slug", f"`{slug}` is the name of a layer of the graph", "Choose another slug.")
    origin = Fields(head.raw("source", required=True) or Map(head.line), path, "document source", problems)
    source = Source(origin.needed("file"), origin.needed("sha256"), origin.whole("characters"))
    if source.sha256 and not _HEX.fullmatch(source.sha256):
        origin.problem("sha256", "`sha256` is not 64 hexadecimal digits", "Take it from `sha256sum FILE`.")
    origin.done()
    document = Document(
        slug=slug,
        type=head.choice("type", vocabulary.classes, "Document") or "Document",
        title=head.needed("title"),
        source=source,
        language=language(head, "language") or "en",
        publisher=head.slug("publisher"),
        authors=head.texts("authors"),
        issued=head.edtf("issued"),
        part_of=head.slug("part_of"),
        url=url(head, "url"),
        citation=head.text("citation"),
        note=head.text("note"),
        references=tuple(_reference(item, path, problems, vocabulary) for item in top.maps("references")),
        passages=tuple(_passage(item, path, problems, vocabulary) for item in top.maps("passages")),
        digests=_digests(top, path, problems),
        path=path,
    )
    head.done()
    top.done()
    return document


def _digests(top: Fields, path: str, problems: list[Problem]) -> dict[Span, str]:
    found: dict[Span, str] = {}
    listed = top.raw("digests")
    if listed is None:
        return found
    fields = Fields(listed, path, "digests", problems, top.line)
    for key in fields.map:
        value = fields.needed(key)
        match = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", key)
        if not match or not _HEX.fullmatch(value):
            fields.problem(key, f"`{key}` is not a span with its digest", "Run `kzgraph anchor` to make the digests.")
        else:
            found[Span(int(match[1]), int(match[2]))] = value
    return found


def _reference(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Reference:
    fields = Fields(item, path, f"reference {called(item, 'slug')}", problems)
    reference = Reference(
        slug=fields.slug("slug", required=True) or "",
        type=fields.choice("type", vocabulary.classes, "Reference") or "Reference",
        title=fields.needed("title"),
        publisher=fields.slug("publisher"),
        authors=fields.texts("authors"),
        issued=fields.edtf("issued"),
        url=url(fields, "url"),
        note=fields.text("note"),
        line=fields.line,
    )
    fields.done()
    return reference


def _span(fields: Fields) -> Span:
    if "exact" in fields.map:
        fields.raw("exact")
        fields.problem("exact", "`exact` holds words of the source", "Run `kzgraph anchor` to turn it into a span.")
        return Span(0, 0)
    value = fields.raw("span", required=True)
    numbers = value if isinstance(value, Seq) else ()
    if len(numbers) == 2 and all(isinstance(n, Scalar) and _WHOLE.fullmatch(n) for n in numbers):
        start, end = int(numbers[0]), int(numbers[1])
        if start < end:
            return Span(start, end)
    if value is not None:
        fields.problem("span", "`span` is not [start, end]", "Write two whole numbers, the first one smaller.")
    return Span(0, 0)


def _passage(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Passage:
    number = called(item, "id")
    fields = Fields(item, path, f"passage {number}", problems)
    if not _PASSAGE.fullmatch(fields.needed("id")):
        fields.problem("id", "the id is not like p001", "Number passages p001, p002, …")
    claims = tuple(_claim(each, path, problems, vocabulary) for each in fields.maps("claims"))
    disposition = fields.choice("disposition", vocabulary.scheme("disposition"), "claims" if claims else None)
    if disposition is None:
        fields.problem(None, "the passage has neither claims nor a disposition", "Map it, or say why it has no claims.")
    elif claims and disposition != "claims":
        fields.problem("disposition", f"a passage with claims cannot be `{disposition}`", "Leave the disposition out.")
    elif disposition == "claims" and not claims:
        fields.problem("disposition", "`claims` is said, but there are none", "Map the passage.")
    passage = Passage(
        id=number,
        span=_span(fields),
        disposition=disposition or "",
        claims=claims,
        repeats=fields.text("repeats"),
        serves=fields.texts("serves"),
        maps_to=fields.slug("maps_to"),
        reason=fields.text("reason"),
        line=fields.line,
    )
    fields.done()
    return passage


def _claim(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Claim:
    number = called(item, "id")
    fields = Fields(item, path, f"claim {number}", problems)
    if not _NUMBER.fullmatch(fields.needed("id")):
        fields.problem("id", "the id is not like '014'", "Use three digits, in quotes.")
    speakers = fields.texts("speakers")
    claim = Claim(
        id=number,
        span=_span(fields),
        quote=fields.needed("quote"),
        statement=fields.needed("statement"),
        subject=fields.slug("subject", required=True) or "",
        predicate=fields.needed("predicate"),
        object=_object(fields, vocabulary),
        speakers=speakers,
        voice=fields.choice("voice", vocabulary.scheme("voice"), "indirect" if speakers else "own") or "own",
        polarity=fields.choice("polarity", vocabulary.scheme("polarity"), "positive") or "positive",
        modality=fields.choice("modality", vocabulary.scheme("modality"), "asserted") or "asserted",
        certainty=fields.choice("certainty", vocabulary.scheme("certainty")),
        valence=fields.choice("valence", vocabulary.scheme("valence")),
        when=fields.edtf("when"),
        when_words=fields.text("when_words"),
        when_inferred=fields.text("when_inferred"),
        said=fields.edtf("said"),
        where=fields.slug("where"),
        topics=_topics(fields, vocabulary),
        cites=fields.texts("cites"),
        note=fields.text("note"),
        line=fields.line,
    )
    _check_claim(claim, fields, vocabulary)
    fields.done()
    return claim


def _check_claim(claim: Claim, fields: Fields, vocabulary: Vocabulary) -> None:
    if claim.predicate and claim.predicate not in vocabulary.predicates:
        hint = did_you_mean(claim.predicate, vocabulary.predicates) or "See `kzgraph query vocabulary`."
        fields.problem("predicate", f"the ontology has no predicate `{claim.predicate}`", hint)
    words = len(claim.quote.split())
    if words > LONGEST_QUOTE:
        fields.problem("quote", f"the quote has {words} words", f"Shorten it to {LONGEST_QUOTE} at most.")
    if len(claim.quote) > claim.span.end - claim.span.start > 0:
        fields.problem("quote", "the quote is longer than the span", "Widen the span, or shorten the quote.")
    if claim.when_inferred and not claim.when:
        fields.problem("when_inferred", "`when_inferred` without `when`", "Say what was inferred, or leave it out.")
    if claim.voice == "own" and len(claim.speakers) > 1:
        fields.problem("voice", "`voice: own` with a chain of speakers", "Only the publisher or author speaks as `we`.")
    if claim.voice != "own" and not claim.speakers:
        fields.problem("voice", f"`voice: {claim.voice}` without speakers", "Name the speakers.")


def _topics(fields: Fields, vocabulary: Vocabulary) -> tuple[str, ...]:
    topics = fields.texts("topics")
    known = vocabulary.scheme("right")
    for topic in topics:
        if topic not in known:
            fields.problem(
                "topics",
                f"there is no right `{topic}`",
                did_you_mean(topic, known) or "See `kzgraph query vocabulary`.",
            )
    return topics


def _object(claim: Fields, vocabulary: Vocabulary) -> Object:
    value = claim.raw("object", required=True)
    if value is None:
        return Slug("")
    if isinstance(value, Scalar):
        return Slug(claim.slug("object") or "")
    fields = Fields(value, claim.path, claim.where, claim.problems, claim.line)
    kinds = [kind for kind in ("text", "concept", "date", "quantity") if kind in fields.map]
    if len(kinds) != 1:
        fields.problem(
            None, "the object is none of its kinds", "Write a slug, or one of text, concept, date, quantity."
        )
        return Slug("")
    read_kind = {"text": _text, "concept": _concept, "date": _date, "quantity": _quantity}[kinds[0]]
    found = read_kind(fields, vocabulary)
    fields.done()
    return found


def _text(fields: Fields, vocabulary: Vocabulary) -> Object:
    return Text(fields.needed("text"), language(fields, "lang") or "en")


def _concept(fields: Fields, vocabulary: Vocabulary) -> Object:
    return Concept(fields.choice("concept", vocabulary.concepts) or "")


def _date(fields: Fields, vocabulary: Vocabulary) -> Object:
    return Date(fields.edtf("date") or "")


def _quantity(fields: Fields, vocabulary: Vocabulary) -> Object:
    inner = Fields(fields.raw("quantity"), fields.path, fields.where, fields.problems, fields.line)
    lower, upper = inner.decimal("lower"), inner.decimal("upper")
    if lower is None and upper is None:
        inner.problem(None, "the quantity has no bound", "Give lower, upper or both.")
    if lower is not None and upper is not None and lower > upper:
        inner.problem("upper", "`upper` is smaller than `lower`", "Swap them.")
    approximation = inner.choice("approximation", vocabulary.scheme("approximation"), "exact") or "exact"
    if approximation == "exact" and lower != upper:
        inner.problem("approximation", "an exact figure has equal bounds", "Set both, or say at-least, up-to, about, …")
    quantity = Quantity(lower, upper, approximation, inner.needed("unit"), inner.text("counted"), fields.text("words"))
    inner.done()
    return quantity
