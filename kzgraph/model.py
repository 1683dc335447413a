"""The model: what a person writes in graph/, as frozen values. No RDF here, no files.

Slugs stand for entities, documents and references; ``Corpus`` knows which is which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of Unicode code points of a source text: 0-based, half-open."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Source:
    """The snapshot of a document that the spans count in: file name, SHA-256 of its bytes, code points."""

    file: str
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class Slug:
    """An object that is a node: an entity, a document or a reference."""

    slug: str


@dataclass(frozen=True, slots=True)
class Text:
    """An object that is a piece of text."""

    text: str
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Concept:
    """An object that is a concept of the ontology, by its local name, such as ``act-torture``."""

    id: str


@dataclass(frozen=True, slots=True)
class Date:
    """An object that is a date, in EDTF."""

    edtf: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """An object that is a figure: bounds (one may be open), approximation, unit, what is counted.

    ``words`` are the words as printed; they belong to the claim, the rest may be shared by claims.
    """

    lower: Decimal | None
    upper: Decimal | None
    approximation: str
    unit: str
    counted: str | None = None
    words: str | None = None


Object = Slug | Text | Concept | Date | Quantity


@dataclass(frozen=True, slots=True)
class Claim:
    """One content triple as one passage reports it. ``line`` is where it stands in its file."""

    id: str
    span: Span
    quote: str
    statement: str
    subject: str
    predicate: str
    object: Object
    speakers: tuple[str, ...] = ()
    voice: str = "own"
    polarity: str = "positive"
    modality: str = "asserted"
    certainty: str | None = None
    valence: str | None = None
    when: str | None = None
    when_words: str | None = None
    when_inferred: str | None = None
    said: str | None = None
    where: str | None = None
    topics: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    note: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a document: its claims, or the reason why it has none."""

    id: str
    span: Span
    disposition: str
    claims: tuple[Claim, ...] = ()
    repeats: str | None = None
    serves: tuple[str, ...] = ()
    maps_to: str | None = None
    reason: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that a document cites, as far as the document describes it."""

    slug: str
    type: str
    title: str
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    issued: str | None = None
    url: str | None = None
    note: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its bibliographic record, its references, all its passages, the digests of their spans."""

    slug: str
    type: str
    title: str
    source: Source
    language: str = "en"
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    issued: str | None = None
    part_of: str | None = None
    url: str | None = None
    citation: str | None = None
    note: str | None = None
    references: tuple[Reference, ...] = ()
    passages: tuple[Passage, ...] = ()
    digests: dict[Span, str] = field(default_factory=dict, compare=False)
    path: str = field(default="", compare=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in reading order."""
        return tuple(claim for passage in self.passages for claim in passage.claims)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity, with the documents that print it so."""

    text: str
    kind: str = "variant"
    lang: str | None = None
    printed_in: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what is named: identity, types, names, links out. Nothing about it is claimed here."""

    slug: str
    types: tuple[str, ...]
    label: str
    names: tuple[Name, ...] = ()
    same_as: tuple[str, ...] = ()
    described: str | None = None
    note: str | None = None
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision of ours, with its reason. Subclasses say about what."""

    id: str
    kind: str
    reason: str
    evidence: tuple[str, ...] = ()
    note: str | None = None
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityJudgement(Judgement):
    """Whether two nodes, or a printed name and a node, are the same."""

    entities: tuple[str, ...]
    name: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictJudgement(Judgement):
    """Whether and why claims are in conflict; ``claims`` are keys such as ``my-article.014``."""

    status: str
    claims: tuple[str, ...]
    explanation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageJudgement(Judgement):
    """That documents, references or claims have one origin; ``source`` is the one that came first, if known."""

    between: tuple[str, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """A run of characters of a document, with the SHA-256 of its UTF-8 bytes."""

    document: str
    span: Span
    sha256: str


@dataclass(frozen=True, slots=True)
class Reuse:
    """Text that two documents share, or one repeats: as a program found it where the texts were held.

    ``words`` counts the shared words; ``similarity`` is their share of the words of both runs, from 0 to 1.
    """

    a: Extent
    b: Extent
    words: int
    similarity: Decimal
    kind: str
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Vocabulary:
    """What the ontology lets a person write: local names of classes, predicates and concepts.

    ``inverses`` gives the predicate that says the same as another with subject and object in each other's place.
    """

    classes: frozenset[str]
    predicates: frozenset[str]
    concepts: frozenset[str]
    inverses: Mapping[str, str] = field(default_factory=dict)

    def scheme(self, prefix: str) -> frozenset[str]:
        """Gives what may follow ``prefix-`` in a concept's name, such as ``direct`` for ``voice``."""
        return self._schemes.get(prefix, frozenset())

    @cached_property
    def _schemes(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for concept in self.concepts:
            prefix, _, rest = concept.partition("-")
            found.setdefault(prefix, set()).add(rest)
        return {prefix: frozenset(rests) for prefix, rests in found.items()}


@dataclass(frozen=True)
class Corpus:
    """All of graph/: documents, entities, judgements and shared text, each sorted by its slug, id or place."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reuse: tuple[Reuse, ...] = ()

    @cached_property
    def works(self) -> frozenset[str]:
        """The slugs that stand for documents: those of the corpus and the references they cite."""
        own = {document.slug for document in self.documents}
        return frozenset(own | {ref.slug for document in self.documents for ref in document.references})
