"""Somebody or something in words, for a terminal: who says what of it, in which words, on whose word, and where.

Nothing here says what is true: each line is a claim with the place where it is made. Text from the graph never
reaches the terminal raw; what a terminal would obey is written as an escape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .analysis import standing
from .names import resolve
from .namespaces import shorten
from .prose import Page, chain, marks
from .queries import with_prefixes
from .records import ClaimRecord, DocumentRecord, EntityRecord, Records, Ref, Value, read
from .remarks import Remarks, remarks
from .terms import Table, iri

if TYPE_CHECKING:
    from .store import Store

_MEANING = """
SELECT ?kind ?label ?definition WHERE {
  VALUES (?type ?kind) {
    (kz:ClaimPredicate "predicate of claims") (owl:Class "class") (skos:Concept "concept") (skos:ConceptScheme "scheme")
    (owl:ObjectProperty "property") (owl:DatatypeProperty "property") (owl:AnnotationProperty "property")
  }
  VALUES ?term { %s }
  ?term a ?type ; rdfs:label|skos:prefLabel ?label ; skos:definition ?definition .
  FILTER(LANG(?label) = "en" && LANG(?definition) = "en")
} ORDER BY ?kind
"""
#: What is of a class or one of its kinds, but for the ontology's own terms.
_MEMBERS = """
SELECT ?thing (MIN(?label) AS ?name) WHERE {
  ?thing a/rdfs:subClassOf* %s ; rdfs:label|kz:statement ?label .
  FILTER NOT EXISTS { ?thing rdfs:isDefinedBy ?ontology }
} GROUP BY ?thing ORDER BY ?name ?thing
"""


def show(store: Store, name: str, *, width: int = 100) -> str:
    """Tells about a person, organisation, event, place, claim, document or term of the ontology in plain text.

    Args:
        store: Any store or endpoint.
        name: What ``names.resolve`` takes: a label, a name in any script, a slug, a prefixed name, an IRI.
        width: Columns to wrap to; a word that is longer stands whole.

    Raises:
        NotFound: Nothing is named so, or several are.
    """
    ref = resolve(store, name)
    records = read(store, about=ref.iri)
    page = _Page(width)
    claim = next((each for each in records.claims if each.iri == ref.iri), None)
    if claim:
        _claim(page, claim, records)
        standing.tell_origins(page, store, claim, records.claims)
        standing.tell_conflicts(page, store, claim)
        return page.text()
    document = next((each for each in records.documents if each.iri == ref.iri), None)
    entity = next((each for each in records.entities if each.iri == ref.iri), None)
    ours = remarks(store, ref.iri)
    if document:
        _document(page, document, records)
    elif entity:
        _entity(page, entity, records, ours)
    else:
        _term(page, store, ref)
    _notes(page, ours)
    _claims(page, ref.iri, records)
    _decisions(page, ours)
    if document or entity:
        standing.tell_tally(page, store, ref.iri)
    return page.text()


class _Page(Page):
    """A page with a head, sections and fields."""

    def title(self, label: str, kind: str, iri: str) -> None:
        """Adds the head of the page."""
        self.line(label)
        self.line(f"{kind} · {shorten(iri)}")

    def section(self, heading: str) -> None:
        """Begins a section."""
        self.gap()
        self.line(heading)

    def fields(self, pairs: Iterable[tuple[str, str | None]]) -> None:
        """Adds fields that have a value, one below the other."""
        known = [(name, value) for name, value in pairs if value]
        longest = max((len(name) for name, _ in known), default=0)
        for name, value in known:
            self.line(value, indent=2, first=f"{name:<{longest}}  ")


# --- terms of the ontology ------------------------------------------------------------------------------------


def _term(page: _Page, store: Store, ref: Ref) -> None:
    """Adds what a term means and, of a class, what is of it; of any other node its label alone."""
    meaning = next(iter(_rows(store, _MEANING, ref.iri)), None)
    if meaning is None:
        page.title(ref.label, shorten(ref.type) if ref.type else "node", ref.iri)
        return
    page.title(meaning["label"], meaning["kind"], ref.iri)
    page.line(meaning["definition"])
    if members := _rows(store, _MEMBERS, ref.iri) if meaning["kind"] == "class" else []:
        page.section(f"Of this class: {len(members)}")
    for row in members:
        page.line(f"{row['name']} · {shorten(row['thing'])}", indent=2)


def _rows(store: Store, text: str, node: str) -> list[dict[str, str]]:
    table = store.query(with_prefixes(text % iri(node)))
    assert isinstance(table, Table)
    return list(table.records())


# --- entities and documents -----------------------------------------------------------------------------------


def _entity(page: _Page, entity: EntityRecord, records: Records, ours: Remarks) -> None:
    titles = {document.iri: document.title for document in records.documents}
    page.title(entity.label, entity.type.label, entity.iri)
    if entity.described:
        page.line(entity.described)
    if ours.record:
        page.section("Record")
        page.fields(ours.record)
    if entity.names:
        page.section("Names")
    for name in entity.names:
        printed = ", ".join(f"“{titles.get(document, shorten(document))}”" for document in name.printed_in)
        about = ", ".join(filter(None, (name.lang, name.kind, f"printed in {printed}" if printed else "")))
        page.line(f"{name.text} ({about})", indent=2)
    if entity.same_as:
        page.section("Elsewhere")
    for link in entity.same_as:
        page.line(link, indent=2)


def _document(page: _Page, document: DocumentRecord, records: Records) -> None:
    page.title(document.title, document.type.label, document.iri)
    page.section("Record")
    page.fields(
        (
            ("publisher", _pointed(document.publisher)),
            ("authors", ", ".join(filter(None, map(_pointed, document.authors)))),
            ("issued", document.issued),
            ("file", document.file),
            ("length", f"{document.characters} characters"),
            ("SHA-256", document.sha256),
        )
    )
    page.section(f"Passages: {len(records.passages)}")
    by_kind = Counter(passage.disposition for passage in records.passages)
    for kind, count in sorted(by_kind.items()):
        page.line(f"{kind}: {count}", indent=2)
        for passage in records.passages:
            if passage.disposition == kind != "claims":
                reason = f" — {passage.reason}" if passage.reason else ""
                page.line(f"characters {passage.start}–{passage.end}{reason}", indent=4)
    own = [claim for claim in records.claims if claim.document.iri == document.iri]
    page.section(f"Claims that it reports: {len(own)}")
    page.line(_counts(claim.modality for claim in own), indent=2)
    page.line(_counts(chain(claim) for claim in own), indent=2, first="by ")


def _notes(page: _Page, ours: Remarks) -> None:
    """Adds our notes."""
    if ours.notes:
        page.section("Our notes")
    for name, note in ours.notes:
        page.line(f"on “{name}”: {note}" if name else note, indent=2)


def _decisions(page: _Page, ours: Remarks) -> None:
    """Adds our decisions on what is the same and what is not."""
    if ours.decisions:
        page.section(f"Our decisions on identity: {len(ours.decisions)}")
    for each in ours.decisions:
        others = ", ".join(f"{label} ({shorten(other)})" for label, other in each.others)
        printed = f"printed “{each.printed}”" if each.printed else ""
        page.line(" · ".join(filter(None, (each.decision, printed, others))), indent=2, first="- ")
        page.line(each.reason, indent=4)
        page.line(shorten(each.iri), indent=4)


def _counts(items: Iterable[str]) -> str:
    ranked = sorted(Counter(items).items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{item} {count}" for item, count in ranked) or "none"


def _claims(page: _Page, node: str, records: Records) -> None:
    """Adds what is claimed of a node, where it is named, and what it says."""

    def named(claim: ClaimRecord) -> bool:
        return claim.subject.iri != node and node in {ref.iri for ref in _others(claim)}

    _grouped(page, "Claims about it", records, lambda claim: claim.subject.iri == node)
    _grouped(page, "Claims that name it", records, named)
    _grouped(page, "What it says", records, lambda claim: node in {ref.iri for ref in claim.speakers})


def _others(claim: ClaimRecord) -> list[Ref]:
    """Gives the nodes that a claim names besides its subject and its speakers."""
    refs = (claim.object, claim.where, claim.predicate, *claim.topics, *claim.cites)
    return [ref for ref in refs if isinstance(ref, Ref)]


def _grouped(page: _Page, heading: str, records: Records, chosen: Callable[[ClaimRecord], bool]) -> None:
    """Adds a section of claims by their predicates' labels, within each by time and place in the text."""
    claims = [claim for claim in records.claims if chosen(claim)]
    if not claims:
        return
    page.section(f"{heading}: {len(claims)}")
    for label, predicate in sorted({(claim.predicate.label, claim.predicate.iri) for claim in claims}):
        page.line(label, indent=2)
        group = [claim for claim in claims if claim.predicate.iri == predicate]
        for claim in sorted(group, key=lambda claim: claim.when or "~"):  # stable: else in reading order
            _item(page, claim)


# --- claims ---------------------------------------------------------------------------------------------------


def _item(page: _Page, claim: ClaimRecord) -> None:
    page.claim(claim)
    if claim.note:
        page.line(f"note: {claim.note}", indent=6)


def _pointed(ref: Ref | None) -> str:
    return f"{ref.label} ({shorten(ref.iri)})" if ref else ""


def _claim(page: _Page, claim: ClaimRecord, records: Records) -> None:
    page.title(f"{marks(claim)}{claim.statement}", "claim", claim.iri)
    page.section("Content")
    page.fields(_content(claim))
    page.section("Report")
    page.fields(_report(claim))
    page.section("Evidence")
    page.fields(
        (
            ("document", _pointed(claim.document)),
            ("characters", f"{claim.start}–{claim.end}"),
            ("phrase", f"“{claim.quote}”"),
            ("span SHA-256", claim.span_sha256),
            ("text SHA-256", claim.document_sha256),
            ("fragment", claim.fragment),
        )
    )
    mates = [each for each in records.claims if each.proposition == claim.proposition and each.iri != claim.iri]
    page.section(f"Other claims of the same proposition: {len(mates)}")
    for mate in mates:
        _item(page, mate)


def _content(claim: ClaimRecord) -> Iterable[tuple[str, str | None]]:
    words = f"“{claim.when_words}”" if claim.when_words else ""
    inferred = f"inferred: {claim.when_inferred}" if claim.when_inferred else ""
    yield "subject", _pointed(claim.subject)
    yield "predicate", _pointed(claim.predicate)
    yield "object", _object(claim.object)
    yield "when", ", ".join(filter(None, (claim.when, words, inferred)))
    yield "where", _pointed(claim.where)
    yield "topics", ", ".join(topic.label for topic in claim.topics)
    yield "valence", claim.valence
    yield "proposition", shorten(claim.proposition)


def _report(claim: ClaimRecord) -> Iterable[tuple[str, str | None]]:
    yield "speakers", " → ".join(map(_pointed, claim.speakers)) or "the document itself"
    yield "voice", claim.voice
    yield "polarity", claim.polarity
    yield "modality", claim.modality
    yield "certainty", claim.certainty
    yield "said", claim.said
    yield "cites", ", ".join(map(_pointed, claim.cites))
    yield "note", claim.note


def _object(item: Ref | Value) -> str:
    """Gives a node, or a value with its bounds and the words as printed."""
    if isinstance(item, Ref):
        return _pointed(item)
    bounds = f"between {item.lower or '…'} and {item.upper or '…'}" if item.lower != item.upper else ""
    printed = f"printed “{item.verbatim}”" if item.verbatim else ""
    about = ", ".join(filter(None, (item.lang, bounds, printed)))
    return f"{item.value} ({about})" if about else item.value
