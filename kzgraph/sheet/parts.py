"""What an answer sheet holds: plain values, from which every format is written."""

from __future__ import annotations

from dataclasses import dataclass

from ..analysis.disagreement import Conflict
from ..analysis.origins import Count
from ..records import ClaimRecord, DocumentRecord, PassageRecord, Ref
from ..terms import Table
from .digest import Digest

#: How claims are meant, in the order of a sheet's parts.
STANCES = ("asserted", "alleged", "denied", "projected", "recommended")


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: in words, and as the SPARQL that gives the same claims to anyone.

    Attributes:
        words: The question.
        more: What the question's author says about it, if anything.
        sparql: The exact query, with all values in it.
        command: How to ask it again at a command line; empty where there is no shorter way than the query itself.
        nodes: What was asked about, the named node first; none for a query.
        parts: The events in which one of the nodes has a part; they are among the nodes where they were asked for.
        params: The values given to a named query.
    """

    words: str
    sparql: str
    more: str = ""
    command: str = ""
    nodes: tuple[Ref, ...] = ()
    parts: tuple[Ref, ...] = ()
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A claim as a sheet tells it; ``note`` is the number of its note."""

    claim: ClaimRecord
    note: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A proposition with the claims here that express it in one stance.

    Attributes:
        proposition: Its IRI.
        count: What it rests on in the whole graph.
        affirmed: Whether any claim of the graph affirms it; where none does, the count is of what is said of it.
        mentions: The claims, in reading order.
    """

    proposition: str
    count: Count
    affirmed: bool
    mentions: tuple[Mention, ...]

    @property
    def statement(self) -> str:
        """The statement of its first claim."""
        return self.mentions[0].claim.statement


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with one predicate."""

    predicate: Ref
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of one stance."""

    stance: str
    groups: tuple[Group, ...]

    @property
    def claims(self) -> tuple[ClaimRecord, ...]:
        """Its claims, in the order of the sheet."""
        return tuple(each.claim for group in self.groups for found in group.findings for each in found.mentions)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict with its sides; those beyond the question are in ``beyond``, by IRI."""

    conflict: Conflict
    mentions: tuple[Mention, ...]
    beyond: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A document that claims here stand in.

    Attributes:
        document: Its record.
        title: Its title; who published it tells apart those of one title.
        claims: How many claims of this sheet it reports.
        whole: How many claims it reports in all.
        passages: How many passages it has.
        unclaimed: Those of them that have no claims.
        between: How many of its characters lie in no passage.
    """

    document: DocumentRecord
    title: str
    claims: int
    whole: int
    passages: int
    unclaimed: tuple[PassageRecord, ...]
    between: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a sheet does not count, how many, and why."""

    what: str
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Open:
    """What no claim of the graph plainly states of an event: each question, with what there is instead of an answer."""

    event: Ref
    slots: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a sheet.

    Attributes:
        stances: How many claims are asserted, alleged, …
        negative: How many of all claims say that something is not so.
        unaffirmed: How many of the propositions no claim affirms.
        origins: How many of the other propositions have which bounds: low, high, number.
        all_claims: How many claims there are to ask.
        all_documents: How many documents.
    """

    claims: int
    stances: dict[str, int]
    negative: int
    documents: int
    publishers: int
    propositions: int
    unaffirmed: int
    origins: tuple[tuple[int, int, int], ...]  # low, high, propositions
    all_claims: int
    all_documents: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole answer sheet.

    Attributes:
        mark: 20 digits that stand for the question, the data and the version: the same only for the same sheet.
        table: The rows of the answer, where a query was asked.
        conditions: What the data were held to before the question, such as a date, in words.
        notes: Every claim that the sheet quotes, by its number.
    """

    title: str
    mark: str
    question: Question
    digest: Digest
    version: str
    conditions: tuple[str, ...]
    counts: Counts
    table: Table | None
    parts: tuple[Part, ...]
    disputes: tuple[Dispute, ...]
    open: tuple[Open, ...]
    left_out: tuple[LeftOut, ...]
    sources: tuple[Source, ...]
    silent: tuple[str, ...]
    notes: tuple[Mention, ...]
