"""What the graph holds, as plain records: the shapes that pages, exports and words are made from.

Records are read from any store by the queries in ``queries/records/``, so an in-memory
graph, a graph on disk and a remote endpoint give the same records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from .errors import StoreError
from .namespaces import KZ, expand, shorten
from .paths import Root, shipped
from .terms import Table, Term

if TYPE_CHECKING:
    from .store import Store

#: The ``datatype`` of a value that is a node of the graph.
QUANTITY, CONCEPT = "quantity", "concept"


@dataclass(frozen=True, slots=True)
class Ref:
    """A node as it is pointed to: its IRI, its preferred label, and its type's IRI if known."""

    iri: str
    label: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A literal, date, concept or quantity that a claim gives as its object.

    ``value`` is always there, as text fit to print ("up to 70 persons"); ``lower`` and ``upper``
    are decimals in plain notation, as text, so that no digit is lost. ``datatype`` is ``quantity``,
    ``concept`` (``value`` is then its English label), or the IRI of a literal's datatype.
    """

    value: str
    datatype: str
    lang: str | None = None
    unit: str | None = None
    counted: str | None = None
    lower: str | None = None
    upper: str | None = None
    approximation: str | None = None
    verbatim: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim with all that is needed to show, check or export it."""

    iri: str
    document: Ref
    document_sha256: str
    start: int
    end: int
    span_sha256: str
    quote: str
    statement: str
    subject: Ref
    predicate: Ref
    object: Ref | Value
    speakers: tuple[Ref, ...]  # outermost first, without the document itself
    voice: str  # own, direct, indirect
    polarity: str  # positive, negative
    modality: str  # asserted, alleged, denied, projected, recommended
    certainty: str | None
    valence: str | None  # positive, negative, mixed: of evaluations
    when: str | None  # EDTF
    when_words: str | None
    when_inferred: str | None
    said: str | None  # EDTF
    where: Ref | None
    topics: tuple[Ref, ...]
    cites: tuple[Ref, ...]
    proposition: str
    fragment: str  # RFC 5147 IRI
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A name as printed or preferred; ``printed_in`` are document IRIs."""

    text: str
    lang: str | None
    kind: str  # preferred, variant, misspelling, transliteration, abbreviation, former
    printed_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One entity, document or reference that claims are about."""

    iri: str
    type: Ref  # most specific class: IRI and label
    family: str  # person organisation group event place document instrument observation office issue
    label: str
    described: str | None = None
    names: tuple[NameRecord, ...] = ()
    same_as: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # IRIs of the documents whose claims name it


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of the corpus: its bibliographic record and its snapshot."""

    iri: str
    title: str
    type: Ref
    publisher: Ref | None
    authors: tuple[Ref, ...]
    issued: str | None
    sha256: str
    characters: int
    file: str


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """One passage of a document with its disposition."""

    iri: str
    document: str
    document_sha256: str
    start: int
    end: int
    disposition: str  # claims, heading, furniture, repeat, rhetoric, context, bibliographic
    claims: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a graph, in stable order: by IRI, claims in reading order."""

    documents: tuple[DocumentRecord, ...] = ()
    entities: tuple[EntityRecord, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    passages: tuple[PassageRecord, ...] = field(default=())


# --- reading --------------------------------------------------------------------------------------------------

Row = dict[str, Term]
Refs = tuple[Ref, ...]

_NAME_KINDS = ("preferred", "variant", "transliteration", "abbreviation", "former", "misspelling")


def read(store: Store, root: Root | None = None) -> Records:
    """Gives all records of a graph: one query for each kind of row, joined in the store.

    Args:
        store: Any store or endpoint.
        root: Data folders whose ``queries/records/`` stand in for those that come with kzgraph.
    """
    return _Reader(store, root).records()


def rows(store: Store, query: str, root: Root | None = None) -> Iterator[Row]:
    """Gives the rows of one query of ``queries/records/``, as dicts of what is bound."""
    own = root.queries / "records" / f"{query}.rq" if root else None
    path = own if own and own.is_file() else shipped() / "queries" / "records" / f"{query}.rq"
    answer = store.query(path.read_text(encoding="utf-8"))
    assert isinstance(answer, Table)
    for row in answer.rows:
        yield {column: term for column, term in zip(answer.columns, row, strict=True) if term is not None}


class _Reader:
    """The rows of the queries, by what they are about."""

    def __init__(self, store: Store, root: Root | None) -> None:
        self._store, self._root = store, root
        self._families: dict[str, str] = {}
        self._depths: dict[str, int] = defaultdict(int)
        self._labels: dict[str, str] = {}  # of classes and predicates
        for row in self._rows("classes"):
            self._labels.setdefault(row["class"].value, row["label"].value)
            self._depths[row["class"].value] += 1
            if "family" in row:
                self._families.setdefault(row["class"].value, row["family"].value)
        for row in self._rows("predicates"):
            self._labels.setdefault(row["predicate"].value, row["label"].value)
        self._concepts: dict[str, str] = {}
        for row in self._rows("concepts"):
            self._concepts.setdefault(row["concept"].value, row["label"].value)
        self._quantities = {row["quantity"].value: quantity(row) for row in self._rows("quantities")}
        self._entities, self._works = self._typed("entities", "entity"), self._typed("works", "work")
        self._refs: dict[str, Ref] = {}

    def _rows(self, query: str) -> Iterator[Row]:
        return rows(self._store, query, self._root)

    def _typed(self, query: str, key: str) -> dict[str, Row]:
        """Gives the row with the most specific type of each node."""
        found: dict[str, Row] = {}
        for row in self._rows(query):
            kept = found.get(row[key].value)
            if row["type"].value in self._labels and (
                kept is None or self._depths[row["type"].value] > self._depths[kept["type"].value]
            ):
                found[row[key].value] = row
        return found

    def _many(self, query: str, key: str, value: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for row in self._rows(query):
            if value in row:
                found[row[key].value][row[value].value] = None
        return {node: tuple(values) for node, values in found.items()}

    def records(self) -> Records:
        passages: dict[str, list[str]] = defaultdict(list)
        claims = tuple(self._claims(passages))
        named = _named(claims)
        return Records(
            documents=tuple(self._documents()),
            entities=tuple(self._entity_records(named)),
            claims=claims,
            passages=tuple(self._passages(passages)),
        )

    def ref(self, iri: str) -> Ref:
        """Gives a node with the label and type that the graph has for it, else with its short IRI."""
        known = self._refs.get(iri)
        if known is None:
            known = self._refs[iri] = self._make_ref(iri)
        return known

    def _make_ref(self, iri: str) -> Ref:
        if iri in self._entities:
            return Ref(iri, self._entities[iri]["label"].value, self._entities[iri]["type"].value)
        if iri in self._works:
            return Ref(iri, self._works[iri]["title"].value, self._works[iri]["type"].value)
        if iri in self._concepts:
            return Ref(iri, self._concepts[iri], expand("skos:Concept"))
        return Ref(iri, self._labels.get(iri, shorten(iri)))

    def _claims(self, passages: dict[str, list[str]]) -> Iterator[ClaimRecord]:
        many = (
            self._many("claim-topics", "claim", "topic"),
            self._many("claim-cites", "claim", "work"),
        )
        chains: dict[str, list[Ref]] = defaultdict(list)
        for row in self._rows("claim-speakers"):
            chains[row["claim"].value].append(self.ref(row["speaker"].value))
        seen: set[str] = set()
        for row in self._rows("claims"):
            claim = row["claim"].value
            if claim not in seen:
                seen.add(claim)
                passages[row["passage"].value].append(claim)
                topics, cites = (tuple(map(self.ref, of.get(claim, ()))) for of in many)
                yield self._claim(row, tuple(chains.get(claim, ())), topics, cites)

    def _claim(self, row: Row, speakers: Refs, topics: Refs, cites: Refs) -> ClaimRecord:
        return ClaimRecord(
            iri=row["claim"].value,
            document=self.ref(row["document"].value),
            document_sha256=row["sha256"].value,
            start=int(row["start"].value),
            end=int(row["end"].value),
            span_sha256=row["digest"].value,
            quote=row["quote"].value,
            statement=row["statement"].value,
            subject=self.ref(row["subject"].value),
            predicate=self.ref(row["predicate"].value),
            object=self._object(row["object"], _text(row, "words")),
            speakers=speakers,
            voice=_kind(row["voice"]),
            polarity=_kind(row["polarity"]),
            modality=_kind(row["modality"]),
            certainty=_kind(row["certainty"]) if "certainty" in row else None,
            valence=_kind(row["valence"]) if "valence" in row else None,
            when=_text(row, "when"),
            when_words=_text(row, "whenWords"),
            when_inferred=_text(row, "whenInferred"),
            said=_text(row, "said"),
            where=self.ref(row["where"].value) if "where" in row else None,
            topics=topics,
            cites=cites,
            proposition=row["proposition"].value,
            fragment=row["fragment"].value,
            note=_text(row, "note"),
        )

    def _object(self, term: Term, words: str | None) -> Ref | Value:
        if term.kind == "literal":
            return Value(term.value, term.datatype or expand("rdf:langString"), term.lang, verbatim=words)
        if term.value in self._quantities:
            return replace(self._quantities[term.value], verbatim=words)
        if term.value in self._concepts:
            return Value(self._concepts[term.value], CONCEPT)
        return self.ref(term.value)

    def _entity_records(self, named: dict[str, set[str]]) -> Iterator[EntityRecord]:
        names: dict[str, dict[str, NameRecord]] = defaultdict(dict)
        printed = self._many("names", "name", "document")
        for row in self._rows("names"):
            name, text = row["name"].value, row["text"]
            record = NameRecord(text.value, text.lang, _kind(row["kind"]), printed.get(name, ()))
            names[row["entity"].value][name] = record
        same_as = self._many("same-as", "entity", "other")
        for iri in sorted(self._entities.keys() | (self._works.keys() & named.keys())):
            row = self._entities.get(iri) or self._works[iri]
            kind = row["type"].value
            yield EntityRecord(
                iri=iri,
                type=Ref(kind, self._labels[kind]),
                family=self._families.get(kind, "issue") if iri in self._entities else "document",
                label=self.ref(iri).label,
                described=_text(row, "described"),
                names=tuple(sorted(names.get(iri, {}).values(), key=_name_order)),
                same_as=same_as.get(iri, ()),
                documents=tuple(sorted(named.get(iri, ()))),
            )

    def _documents(self) -> Iterator[DocumentRecord]:
        authors = self._many("work-authors", "work", "author")
        for row in self._rows("snapshots"):
            iri = row["document"].value
            work = self._works.get(iri)
            if work is None:
                message = "a document has no title, or no type of the ontology."
                raise StoreError(message, where=shorten(iri), hint="Load all layers, with the ontology.")
            yield DocumentRecord(
                iri=iri,
                title=work["title"].value,
                type=Ref(work["type"].value, self._labels[work["type"].value]),
                publisher=self.ref(work["publisher"].value) if "publisher" in work else None,
                authors=tuple(map(self.ref, authors.get(iri, ()))),
                issued=_text(work, "issued"),
                sha256=row["sha256"].value,
                characters=int(row["characters"].value),
                file=row["file"].value,
            )

    def _passages(self, claims: dict[str, list[str]]) -> Iterator[PassageRecord]:
        for row in self._rows("passages"):
            yield PassageRecord(
                iri=row["passage"].value,
                document=row["document"].value,
                document_sha256=row["sha256"].value,
                start=int(row["start"].value),
                end=int(row["end"].value),
                disposition=_kind(row["disposition"]),
                claims=tuple(claims.get(row["passage"].value, ())),
                reason=_text(row, "reason"),
            )


def quantity(row: Row) -> Value:
    """Gives a figure in words fit to print, with its bounds.

    >>> word, number = Term("literal", "person"), Term("literal", "70.0")
    >>> quantity({"upper": number, "unit": word, "approximation": Term("iri", KZ + "approximation-up-to")}).value
    'up to 70 persons'
    """
    lower, upper = (_plain(row[bound].value) if bound in row else None for bound in ("lower", "upper"))
    unit, counted, approximation = row["unit"].value, _text(row, "counted"), _kind(row["approximation"])
    figure = f"{lower} to {upper}" if lower and upper and lower != upper else lower or upper or ""
    about = {"exact": "", "range": "", "majority": "a majority of"}.get(approximation, approximation.replace("-", " "))
    what = f"{unit}s" if unit == "person" and figure != "1" else unit
    if counted:
        what = counted if unit == "person" else f"{what} ({counted})"
    words = " ".join(filter(None, (about, figure, what)))
    return Value(words, QUANTITY, None, unit, counted, lower, upper, approximation)


def _plain(number: str) -> str:
    return format(Decimal(number).normalize(), "f")


def _kind(term: Term) -> str:
    """Gives ``misspelling`` of ``kz:namekind-misspelling``."""
    return term.value.removeprefix(KZ).partition("-")[2]


def _text(row: Row, column: str) -> str | None:
    return row[column].value if column in row else None


def _name_order(name: NameRecord) -> tuple[int, str, str]:
    return _NAME_KINDS.index(name.kind) if name.kind in _NAME_KINDS else len(_NAME_KINDS), name.lang or "", name.text


def _named(claims: tuple[ClaimRecord, ...]) -> dict[str, set[str]]:
    """Gives the documents whose claims name a node as subject, object, place, speaker or cited work."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for ref in (claim.subject, claim.object, claim.where, *claim.speakers, *claim.cites):
            if isinstance(ref, Ref):
                found[ref.iri].add(claim.document.iri)
    return found
