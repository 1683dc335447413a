"""From the rows of ``queries/records/`` to records; the joins are the store's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from . import figures, terms
from .errors import StoreError
from .namespaces import KZ, expand, shorten
from .paths import Root, shipped
from .records import (
    CONCEPT,
    QUANTITY,
    ClaimRecord,
    DocumentRecord,
    EntityRecord,
    NameRecord,
    PassageRecord,
    Records,
    Ref,
    Value,
)
from .terms import Table, Term

if TYPE_CHECKING:
    from .store import Store

Row = dict[str, Term]
Refs = tuple[Ref, ...]

_AT_ONCE = 1000  # IRIs that one query is held to

_NAME_KINDS = ("preferred", "variant", "transliteration", "abbreviation", "former", "misspelling")


def rows(
    store: Store, query: str, root: Root | None = None, *, only: tuple[str, tuple[str, ...]] | None = None
) -> Iterator[Row]:
    """Gives the rows of one query of ``queries/records/``, as dicts of what is bound.

    Args:
        store: Any store or endpoint.
        query: The query's name.
        root: Data folders that may have their own version of it.
        only: A variable of the query and the IRIs to which it is held.
    """
    own = root.queries / "records" / f"{query}.rq" if root else None
    path = own if own and own.is_file() else shipped() / "queries" / "records" / f"{query}.rq"
    text = path.read_text(encoding="utf-8")
    for part in [text] if only is None else _held(text, *only):
        answer = store.query(part)
        assert isinstance(answer, Table)
        for row in answer.rows:
            yield {column: term for column, term in zip(answer.columns, row, strict=True) if term is not None}


def _held(text: str, variable: str, values: tuple[str, ...]) -> Iterator[str]:
    """Gives a query with one variable held to some IRIs, as several queries where they are many."""
    head, where, tail = text.partition("WHERE {")
    for start in range(0, len(values), _AT_ONCE):
        held = " ".join(map(terms.iri, values[start : start + _AT_ONCE]))
        yield f"{head}{where} VALUES ?{variable} {{ {held} }}{tail}"


class Reader:
    """The vocabulary and the nodes of a graph, from which records are made."""

    def __init__(self, store: Store, root: Root | None = None) -> None:
        self._store, self._root = store, root
        self._only: tuple[str, tuple[str, ...]] | None = None  # the claims to which reading is held
        self._families: dict[str, str] = {}
        self._depths: dict[str, int] = defaultdict(int)
        self._labels: dict[str, str] = {}  # of classes and predicates
        for row in self._rows("classes"):
            self._labels.setdefault(row["class"].value, row["label"].value)
            self._depths[row["class"].value] += 1
        for row in self._rows("families"):
            self._families.setdefault(row["class"].value, row["family"].value)
        for row in self._rows("predicates"):
            self._labels.setdefault(row["predicate"].value, row["label"].value)
        self._concepts: dict[str, str] = {}
        for row in self._rows("concepts"):
            self._concepts.setdefault(row["concept"].value, row["label"].value)
        self._entities, self._works = self._typed("entities", "entity"), self._typed("works", "work")
        self._titles = Counter(row["title"].value for row in self._works.values())
        self._quantities: dict[str, Value] = {}
        self._refs: dict[str, Ref] = {}

    def _rows(self, query: str) -> Iterator[Row]:
        return rows(self._store, query, self._root, only=self._only if query.startswith("claim") else None)

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

    def records(self, about: str | None = None) -> Records:
        """Gives all records, or those about one node; see ``read``."""
        if about is not None:
            found = rows(self._store, "claims-about", self._root, only=("node", (about,)))
            self._only = ("claim", tuple(row["claim"].value for row in found))
        self._quantities = {row["quantity"].value: quantity(row) for row in self._rows("quantities")}
        passages: dict[str, list[str]] = defaultdict(list)
        claims = tuple(self._claims(passages))
        named = _named(claims)
        return Records(
            documents=tuple(self._documents()),
            entities=tuple(self._entity_records(named)),
            claims=claims,
            passages=tuple(self._passages(passages, about)),
        )

    def nodes(self) -> Iterator[Ref]:
        """Gives every entity, document and reference, by IRI."""
        return map(self.ref, sorted(self._entities.keys() | self._works.keys()))

    def names(self) -> Iterator[tuple[str, NameRecord]]:
        """Gives every name with the IRI of what it names, by IRI."""
        printed = self._many("names", "name", "document")
        seen: set[str] = set()
        for row in self._rows("names"):
            if row["name"].value not in seen:
                seen.add(row["name"].value)
                text, documents = row["text"], printed.get(row["name"].value, ())
                yield row["entity"].value, NameRecord(text.value, text.lang, _kind(row["kind"]), documents)

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
            return Ref(iri, self._title(iri), self._works[iri]["type"].value)
        if iri in self._concepts:
            return Ref(iri, self._concepts[iri], expand("skos:Concept"))
        return Ref(iri, self._labels.get(iri, shorten(iri)))

    def _title(self, work: str) -> str:
        """Gives a work's title; where another work bears it too, with the publisher or what its address tells."""
        title = self._works[work]["title"].value
        if self._titles[title] == 1:
            return title
        publisher = self._works[work].get("publisher")
        return f"{title} ({self.ref(publisher.value).label if publisher else shorten(work)})"

    def _claims(self, passages: dict[str, list[str]]) -> Iterator[ClaimRecord]:
        many = (
            self._many("claim-topics", "claim", "topic"),
            self._many("claim-cites", "claim", "work"),
        )
        chains: dict[str, list[Ref]] = defaultdict(list)
        for row in self._rows("claim-speakers"):
            chains[row["claim"].value].append(self.ref(row["speaker"].value))
        seen: set[str] = set()
        found = self._rows("claims")
        for row in sorted(found, key=_reading_order) if self._only else found:  # else the store sorted them
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
        names: dict[str, list[NameRecord]] = defaultdict(list)
        for entity, name in self.names():
            names[entity].append(name)
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
                names=tuple(sorted(names.get(iri, ()), key=_name_order)),
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

    def _passages(self, claims: dict[str, list[str]], document: str | None) -> Iterator[PassageRecord]:
        only = ("document", (document,)) if document else None
        for row in rows(self._store, "passages", self._root, only=only):
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
    words = figures.in_words(lower, upper, approximation, unit, counted)
    return Value(words, QUANTITY, None, unit, counted, lower, upper, approximation)


def _reading_order(row: Row) -> tuple[str, int, int, str]:
    return row["document"].value, int(row["start"].value), int(row["end"].value), row["claim"].value


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
