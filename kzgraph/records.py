"""What the graph holds, as plain records: the shapes that pages, exports and words are made from.

Records are read from any store by the queries in ``queries/records/``, so an in-memory
graph, a graph on disk and a remote endpoint give the same records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .paths import Root
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


def read(store: Store, root: Root | None = None, *, about: str | None = None) -> Records:
    """Gives all records of a graph: one query for each kind of row, joined in the store.

    Args:
        store: Any store or endpoint.
        root: Data folders whose ``queries/records/`` stand in for those that come with kzgraph.
        about: The IRI of a node, when only its claims (and its passages, if it is a document) are wanted; all
            entities and documents are given nevertheless.
    """
    from .reading import Reader

    return Reader(store, root).records(about)
