"""Model to RDF: a pure stream of quads, one named graph a document, one for entities, one for judgements.

What is said in the data model of the ontology (``ontology/core.ttl``) is written here once. No clock, no
randomness, no blank nodes: the same corpus gives the same quads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from . import dates, figures, iris
from .model import (
    Claim,
    Concept,
    ConflictJudgement,
    Corpus,
    Date,
    Document,
    Entity,
    IdentityJudgement,
    Judgement,
    LineageJudgement,
    Passage,
    Quantity,
    Reference,
    Reuse,
    Slug,
    Text,
)
from .namespaces import KZ, PREFIXES
from .terms import EDTF, Quad, integer, iri, literal, name

XSD = PREFIXES["xsd"]
_TYPE = name("rdf:type")
Pairs = Iterator[tuple[str, str]]


def quads(corpus: Corpus, inverses: Mapping[str, str] | None = None) -> Iterator[Quad]:
    """Gives every quad of the source layers: entities, documents with their claims, judgements, shared text.

    Args:
        corpus: What a person wrote.
        inverses: Predicates that say what another says with subject and object in each other's place; claims that
            are made with one or the other share their proposition.
    """
    node = _Nodes(corpus, inverses or {})
    graph = iri(iris.graph("entities"))
    for entity in corpus.entities:
        yield from _entity(entity, graph)
    shared: set[str] = set()  # quantities are shared by claims, and are stated once
    for document in corpus.documents:
        yield from _document(document, node, shared)
    graph = iri(iris.graph("judgements"))
    for judgement in corpus.judgements:
        yield from _judgement(judgement, node, graph)
    graph = iri(iris.graph("reuse"))
    snapshots = {document.slug: iris.snapshot(document.slug, document.source.sha256) for document in corpus.documents}
    for reuse in corpus.reuse:
        yield from _reuse(reuse, snapshots, graph)


class _Nodes:
    """Which IRI a slug stands for, or the key of a claim, such as ``my-article.014``."""

    def __init__(self, corpus: Corpus, inverses: Mapping[str, str]) -> None:
        self._works, self.inverses = corpus.works, inverses

    def __call__(self, slug: str) -> str:
        if "." in slug:
            return iri(iris.claim(*slug.split(".", 1)))
        return iri(iris.document(slug) if slug in self._works else iris.entity(slug))


def _about(subject: str, graph: str, pairs: Pairs) -> Iterator[Quad]:
    for predicate, value in pairs:
        yield Quad(subject, predicate, value, graph)


@cache
def _kz(local: str) -> str:
    return iri(KZ + local)


def _moment(edtf: str, what: str, earliest: str, latest: str) -> Pairs:
    """Gives an EDTF text with the days that bound it."""
    yield _kz(what), literal(edtf, datatype=EDTF)
    low, high = dates.bounds(edtf) or (None, None)
    if low:
        yield _kz(earliest), literal(low, datatype=XSD + "date")
    if high:
        yield _kz(latest), literal(high, datatype=XSD + "date")


# --- entities -------------------------------------------------------------------------------------------------


def _entity(entity: Entity, graph: str) -> Iterator[Quad]:
    subject = iri(iris.entity(entity.slug))
    yield from _about(subject, graph, _entity_pairs(entity))
    for each in entity.names:
        key = iris.digest(each.text, each.lang or "", each.kind)[:8]
        named = iri(f"{iris.entity(entity.slug)}.name-{key}")
        yield Quad(subject, _kz("name"), named, graph)
        yield Quad(named, _TYPE, _kz("Name"), graph)
        yield Quad(named, _kz("text"), literal(each.text, lang=each.lang), graph)
        yield Quad(named, _kz("nameKind"), _kz(f"namekind-{each.kind}"), graph)
        for slug in each.printed_in:
            yield Quad(named, _kz("printedIn"), iri(iris.document(slug)), graph)
        if each.note:
            yield Quad(named, _kz("note"), literal(each.note, lang="en"), graph)


def _entity_pairs(entity: Entity) -> Pairs:
    for type_ in entity.types:
        yield _TYPE, _kz(type_)
    yield name("rdfs:label"), literal(entity.label, lang="en")
    yield name("skos:prefLabel"), literal(entity.label, lang="en")
    preferred = {"en": entity.label}
    for each in entity.names:
        if each.kind == "preferred" and each.lang and each.lang not in preferred:
            preferred[each.lang] = each.text
            yield name("skos:prefLabel"), literal(each.text, lang=each.lang)
    for text, lang in sorted(
        {(each.text, each.lang) for each in entity.names}, key=lambda pair: (pair[0], pair[1] or "")
    ):
        if preferred.get(lang or "") != text:
            yield name("skos:altLabel"), literal(text, lang=lang)
    for link in entity.same_as:
        yield name("owl:sameAs"), iri(link)
    if entity.described:
        yield _kz("described"), literal(entity.described, lang="en")
    if entity.note:
        yield _kz("note"), literal(entity.note, lang="en")


# --- documents ------------------------------------------------------------------------------------------------


def _document(document: Document, node: _Nodes, shared: set[str]) -> Iterator[Quad]:
    graph = iri(iris.graph(document.slug))
    subject, snapshot = iri(iris.document(document.slug)), _snapshot(document)
    yield from _about(subject, graph, _work_pairs(document, node))
    if document.part_of:
        yield Quad(subject, name("dcterms:isPartOf"), node(document.part_of), graph)
    if document.citation:
        yield Quad(subject, name("dcterms:bibliographicCitation"), literal(document.citation, lang="en"), graph)
    for reference in document.references:
        yield from _about(iri(iris.document(reference.slug)), graph, _work_pairs(reference, node))
    yield from _about(snapshot, graph, _snapshot_pairs(document))
    for passage in document.passages:
        yield from _about(iri(iris.passage(document.slug, passage.id)), graph, _passage_pairs(document, passage))
        for claim in passage.claims:
            yield from _claim(document, passage, claim, node, graph, shared)


def _snapshot(document: Document) -> str:
    return iri(iris.snapshot(document.slug, document.source.sha256))


def _work_pairs(work: Document | Reference, node: _Nodes) -> Pairs:
    yield _TYPE, _kz(work.type)
    lang = work.language if isinstance(work, Document) else "en"
    yield name("rdfs:label"), literal(work.title, lang=lang)
    yield name("dcterms:title"), literal(work.title, lang=lang)
    if isinstance(work, Document):
        yield name("dcterms:language"), literal(work.language)
    if work.publisher:
        yield name("dcterms:publisher"), node(work.publisher)
    for author in work.authors:
        yield name("dcterms:creator"), node(author)
    if work.issued:
        yield name("dcterms:issued"), literal(work.issued, datatype=EDTF)
    if work.url:
        yield _kz("url"), literal(work.url, datatype=XSD + "anyURI")
    if work.note:
        yield _kz("note"), literal(work.note, lang="en")


def _snapshot_pairs(document: Document) -> Pairs:
    yield _TYPE, _kz("Snapshot")
    yield name("prov:specializationOf"), iri(iris.document(document.slug))
    yield _kz("fileName"), literal(document.source.file)
    yield _kz("sha256"), literal(document.source.sha256)
    yield _kz("characters"), integer(document.source.characters)


def _passage_pairs(document: Document, passage: Passage) -> Pairs:
    yield _TYPE, _kz("Passage")
    yield _kz("number"), literal(passage.id)
    yield _kz("ofDocument"), iri(iris.document(document.slug))
    yield _kz("ofSnapshot"), _snapshot(document)
    yield _kz("start"), integer(passage.span.start)
    yield _kz("end"), integer(passage.span.end)
    yield _kz("spanDigest"), literal(document.digests[passage.span])
    yield _kz("disposition"), _kz(f"disposition-{passage.disposition}")
    if passage.repeats:
        yield _kz("repeats"), iri(iris.passage(document.slug, passage.repeats))
    for served in passage.serves:
        yield _kz("serves"), iri(iris.passage(document.slug, served))
    if passage.maps_to:
        yield _kz("mapsTo"), iri(iris.document(passage.maps_to))
    if passage.reason:
        yield _kz("reason"), literal(passage.reason, lang="en")


# --- claims ---------------------------------------------------------------------------------------------------


def _claim(
    document: Document, passage: Passage, claim: Claim, node: _Nodes, graph: str, shared: set[str]
) -> Iterator[Quad]:
    address = iris.claim(document.slug, claim.id)
    subject, value = iri(address), _object(claim, node)
    yield from _about(subject, graph, _content_pairs(claim, node, value))
    yield from _about(subject, graph, _report_pairs(document, passage, claim, node))
    yield from _about(subject, graph, _circumstance_pairs(claim, node))
    for position, slug in enumerate(claim.speakers, start=1):
        attribution = iri(f"{address}.speaker-{position}")
        yield Quad(subject, name("prov:qualifiedAttribution"), attribution, graph)
        yield Quad(attribution, _TYPE, name("prov:Attribution"), graph)
        yield Quad(attribution, name("prov:agent"), node(slug), graph)
        yield Quad(attribution, _kz("position"), integer(position), graph)
    yield from _target(document, claim, address, graph)
    if isinstance(claim.object, Quantity) and value not in shared:
        shared.add(value)
        yield from _about(value, iri(iris.graph("quantities")), _quantity_pairs(claim.object))


def _content_pairs(claim: Claim, node: _Nodes, value: str) -> Pairs:
    for each in ("kz:Claim", "rdf:Statement", "prov:Entity"):
        yield _TYPE, name(each)
    yield _kz("number"), literal(claim.id)
    yield _kz("statement"), literal(claim.statement, lang="en")
    yield name("rdf:subject"), node(claim.subject)
    yield name("rdf:predicate"), _kz(claim.predicate)
    yield name("rdf:object"), value
    yield _kz("expresses"), iri(_proposition(claim, node, value))


def _proposition(claim: Claim, node: _Nodes, value: str) -> str:
    """Gives the IRI of what is claimed: subject, predicate, value, and the time and place it is said to hold."""
    scope = (claim.when or "", node(claim.where) if claim.where else "")
    subject, turned = node(claim.subject), node.inverses.get(claim.predicate)
    content = (value, _kz(turned), subject) if turned else (subject, _kz(claim.predicate), value)
    return iris.proposition(iris.digest(*content, *scope))


def _object(claim: Claim, node: _Nodes) -> str:
    match claim.object:
        case Slug(slug):
            return node(slug)
        case Text(text, lang):
            return literal(text, lang=lang)
        case Concept(local):
            return _kz(local)
        case Date(edtf):
            return literal(edtf, datatype=EDTF)
        case Quantity() as quantity:
            return iri(iris.quantity(_quantity_key(quantity)))


def _quantity_key(quantity: Quantity) -> str:
    bounds = (_plain(bound) or "" for bound in (quantity.lower, quantity.upper))
    return iris.digest(*bounds, quantity.approximation, quantity.unit, quantity.counted or "")


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")


def _quantity_pairs(quantity: Quantity) -> Pairs:
    lower, upper = _plain(quantity.lower), _plain(quantity.upper)
    label = figures.in_words(lower, upper, quantity.approximation, quantity.unit, quantity.counted)
    yield _TYPE, _kz("Quantity")
    yield name("rdfs:label"), literal(label, lang="en")
    for local, bound in (("lower", lower), ("upper", upper)):
        if bound is not None:
            yield _kz(local), literal(bound, datatype=XSD + "decimal")
    yield _kz("approximation"), _kz(f"approximation-{quantity.approximation}")
    yield _kz("unit"), literal(quantity.unit)
    if quantity.counted:
        yield _kz("counted"), literal(quantity.counted, lang="en")


def _report_pairs(document: Document, passage: Passage, claim: Claim, node: _Nodes) -> Pairs:
    yield _kz("reportedIn"), iri(iris.document(document.slug))
    yield name("prov:wasQuotedFrom"), _snapshot(document)
    yield _kz("inPassage"), iri(iris.passage(document.slug, passage.id))
    for slug in claim.cites:
        yield _kz("cites"), iri(iris.document(slug))
    for slug in dict.fromkeys(claim.speakers):
        yield _kz("speaker"), node(slug)
    if claim.speakers:
        yield _kz("outermostSpeaker"), node(claim.speakers[0])
        yield _kz("innermostSpeaker"), node(claim.speakers[-1])
    yield _kz("voice"), _kz(f"voice-{claim.voice}")
    yield _kz("polarity"), _kz(f"polarity-{claim.polarity}")
    yield _kz("modality"), _kz(f"modality-{claim.modality}")


def _circumstance_pairs(claim: Claim, node: _Nodes) -> Pairs:
    if claim.certainty:
        yield _kz("certainty"), _kz(f"certainty-{claim.certainty}")
    if claim.valence:
        yield _kz("valence"), _kz(f"valence-{claim.valence}")
    if claim.when:
        yield from _moment(claim.when, "when", "earliest", "latest")
    if claim.said:
        yield from _moment(claim.said, "said", "saidEarliest", "saidLatest")
    if claim.where:
        yield _kz("where"), node(claim.where)
    for topic in claim.topics:
        yield _kz("topic"), _kz(f"right-{topic}")
    words = claim.object.words if isinstance(claim.object, Quantity) else None
    texts = {"words": words, "whenWords": claim.when_words, "whenInferred": claim.when_inferred, "note": claim.note}
    for local, text in texts.items():
        if text:
            yield _kz(local), literal(text, lang="en")


def _target(document: Document, claim: Claim, address: str, graph: str) -> Iterator[Quad]:
    """Gives the Web Annotation target with both selectors (https://www.w3.org/TR/annotation-model/#selectors)."""
    target, position, quote = (iri(f"{address}.{part}") for part in ("target", "position", "quote"))
    snapshot = iris.snapshot(document.slug, document.source.sha256)
    start, end = claim.span.start, claim.span.end
    yield Quad(iri(address), name("oa:hasTarget"), target, graph)
    yield Quad(iri(address), _kz("fragment"), iri(iris.fragment(snapshot, start, end)), graph)
    yield Quad(target, _TYPE, name("oa:SpecificResource"), graph)
    yield Quad(target, name("oa:hasSource"), iri(snapshot), graph)
    yield Quad(target, name("oa:hasSelector"), position, graph)
    yield Quad(target, name("oa:hasSelector"), quote, graph)
    yield Quad(target, _kz("spanDigest"), literal(document.digests[claim.span]), graph)
    yield Quad(position, _TYPE, name("oa:TextPositionSelector"), graph)
    yield Quad(position, name("oa:start"), integer(start), graph)
    yield Quad(position, name("oa:end"), integer(end), graph)
    yield Quad(quote, _TYPE, name("oa:TextQuoteSelector"), graph)
    yield Quad(quote, name("oa:exact"), literal(claim.quote), graph)


# --- judgements -----------------------------------------------------------------------------------------------


def _judgement(judgement: Judgement, node: _Nodes, graph: str) -> Iterator[Quad]:
    return _about(iri(iris.judgement(judgement.id)), graph, _judgement_pairs(judgement, node))


def _judgement_pairs(judgement: Judgement, node: _Nodes) -> Pairs:
    yield _TYPE, _kz(type(judgement).__name__)
    yield _kz("reason"), literal(judgement.reason, lang="en")
    match judgement:
        case IdentityJudgement(kind=decision, entities=entities, name=printed, document=document):
            yield _kz("decision"), _kz(f"judgement-{decision}")
            for slug in entities:
                yield _kz("judges"), node(slug)
            if printed:
                yield _kz("printedName"), literal(printed)
            if document:
                yield _kz("inDocument"), iri(iris.document(document))
        case ConflictJudgement(kind=kind, status=status, explanation=explanation, claims=claims):
            yield _kz("conflictKind"), _kz(f"conflict-{kind}")
            yield _kz("conflictStatus"), _kz(f"conflictstatus-{status}")
            if explanation:
                yield _kz("explanation"), _kz(f"explanation-{explanation}")
            for key in claims:
                yield _kz("conflictingClaim"), node(key)
        case LineageJudgement(kind=kind, between=between, source=source):
            yield _kz("lineageKind"), _kz(f"lineage-{kind}")
            for key in between:
                yield _kz("judges"), node(key)
            if source:
                yield _kz("lineageSource"), node(source)
    for key in judgement.evidence:
        yield _kz("evidence"), node(key)
    if judgement.note:
        yield _kz("note"), literal(judgement.note, lang="en")


# --- shared text ----------------------------------------------------------------------------------------------


def _reuse(reuse: Reuse, snapshots: dict[str, str], graph: str) -> Iterator[Quad]:
    ends = [iris.fragment(snapshots[each.document], each.span.start, each.span.end) for each in (reuse.a, reuse.b)]
    subject = iri(iris.reuse(iris.digest(*ends)))
    yield Quad(subject, _TYPE, _kz("Reuse"), graph)
    yield Quad(subject, _kz("reuseKind"), _kz(f"reuse-{reuse.kind}"), graph)
    yield Quad(subject, _kz("sharedWords"), integer(reuse.words), graph)
    yield Quad(subject, _kz("similarity"), literal(str(reuse.similarity), datatype=XSD + "decimal"), graph)
    for role, extent, end in zip(("firstRun", "secondRun"), (reuse.a, reuse.b), ends, strict=True):
        run = iri(end)
        yield Quad(subject, _kz(role), run, graph)
        yield Quad(run, _TYPE, _kz("TextRun"), graph)
        yield Quad(run, _kz("ofDocument"), iri(iris.document(extent.document)), graph)
        yield Quad(run, _kz("ofSnapshot"), iri(snapshots[extent.document]), graph)
        yield Quad(run, _kz("start"), integer(extent.span.start), graph)
        yield Quad(run, _kz("end"), integer(extent.span.end), graph)
        yield Quad(run, _kz("spanDigest"), literal(extent.sha256), graph)
