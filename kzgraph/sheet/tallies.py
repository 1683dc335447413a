"""The numbers of a sheet: what is counted, in which documents it stands, and what is left out for which reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from ..analysis.rivals import touches
from ..page.payload import titles
from ..records import ClaimRecord, Records
from .parts import STANCES, Counts, Dispute, LeftOut, Question, Source

if TYPE_CHECKING:
    from ..analysis.clocks import Left
    from ..analysis.origins import Count


def counts(records: Records, here: list[ClaimRecord], known: Mapping[str, Count], affirmed: Collection[str]) -> Counts:
    """Gives the numbers of a sheet; ``known`` is what each proposition rests on, ``affirmed`` which are affirmed."""
    publishers = {document.iri: document.publisher for document in records.documents}
    stances = Counter(claim.modality for claim in here)
    propositions = {claim.proposition for claim in here}
    bounds = Counter((known[each].low, known[each].high) for each in propositions if each in affirmed)
    documents = {claim.document.iri for claim in here}
    return Counts(
        claims=len(here),
        stances={stance: stances[stance] for stance in STANCES if stances[stance]},
        negative=sum(claim.polarity == "negative" for claim in here),
        documents=len(documents),
        publishers=len({ref.iri for iri in documents if (ref := publishers.get(iri)) is not None}),
        propositions=len(propositions),
        unaffirmed=sum(each not in affirmed for each in propositions),
        origins=tuple((low, high, number) for (low, high), number in sorted(bounds.items())),
        all_claims=len(records.claims),
        all_documents=len(records.documents),
    )


def sources(
    records: Records, here: list[ClaimRecord], quoted: Collection[str]
) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Gives the documents of the claims that are quoted, and the titles of the others."""
    called = titles(records)
    claims, whole = Counter(claim.document.iri for claim in here), Counter(c.document.iri for c in records.claims)
    shown = {claim.document.iri for claim in records.claims if claim.iri in quoted}
    found, silent = [], []
    for document in records.documents:
        if document.iri not in shown:
            silent.append(called[document.iri])
            continue
        passages = [each for each in records.passages if each.document == document.iri]
        found.append(
            Source(
                document,
                called[document.iri],
                claims[document.iri],
                whole[document.iri],
                len(passages),
                tuple(each for each in passages if each.disposition != "claims"),
                document.characters - sum(each.end - each.start for each in passages),
            )
        )
    return tuple(found), tuple(silent)


def clocked(left: Left) -> tuple[LeftOut, ...]:
    """Gives what the clocks leave out."""
    rows = (
        LeftOut("claims of the graph reported later", left.later, "the sheet was asked for an earlier date"),
        LeftOut("claims said to hold at another time", left.elsewhen, "the sheet was asked for one time"),
        LeftOut("claims that cannot be dated", left.undated, "nothing tells whether they pass the date asked for"),
    )
    return tuple(row for row in rows if row.number)


_APART = {
    "alleged": "reported as an allegation",
    "denied": "the speaker says that it is not so",
    "projected": "about what is to come, not what was",
    "recommended": "about what ought to be done",
}


def left_out(
    records: Records, here: list[ClaimRecord], asked: Question, disputes: tuple[Dispute, ...]
) -> Iterable[LeftOut]:
    """Gives each claim of the graph that is not counted as asserted to one row, with the reason."""
    stances = Counter(claim.modality for claim in here)
    for stance, why in _APART.items():
        if stances[stance]:
            yield LeftOut(f"{stance} claims", stances[stance], f"{why}; told apart below, not counted as asserted")
    inside = {claim.iri for claim in here}
    beyond = {claim for dispute in disputes for claim in dispute.beyond}
    nodes = frozenset(node.iri for node in asked.nodes)
    parts = frozenset(node.iri for node in asked.parts) - nodes
    rest: Counter[str] = Counter()
    for claim in records.claims:
        if claim.iri in inside:
            continue
        if claim.iri in beyond:
            rest["beyond"] += 1
        elif touches(claim, parts):
            rest["events"] += 1
        elif not nodes.isdisjoint(speaker.iri for speaker in claim.speakers):
            rest["speaker"] += 1
        elif not nodes.isdisjoint(work.iri for work in claim.cites):
            rest["cited"] += 1
        else:
            rest["other"] += 1
    other = "are about none of the nodes asked about" if nodes else "stand in no row of the answer"
    for kind, what, why in (
        ("beyond", "claims that only have a side in a conflict", "quoted under Conflicts, not counted"),
        ("events", "claims about events in which whom or what was asked about has a part", "ask with --events"),
        (
            "speaker",
            "claims on the word of whom or what was asked about",
            "about something else; ask for them with said-by",
        ),
        ("cited", "claims that cite what was asked about", "about something else"),
        ("other", "other claims of the graph", other),
    ):
        if rest[kind]:
            yield LeftOut(what, rest[kind], why)


def unclaimed(sources: tuple[Source, ...]) -> Iterable[LeftOut]:
    """Gives how many passages of the documents have no claims."""
    number = sum(len(source.unclaimed) for source in sources if source.claims)
    if number:
        yield LeftOut("passages without claims", number, "each for the reason given under Passages without claims")
