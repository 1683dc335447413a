"""The sentences of a sheet, the same in every format; text of the graph stands in them raw, to be escaped there."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..analysis.disagreement import DECLARED
from ..namespaces import shorten

if TYPE_CHECKING:
    from ..analysis.disagreement import Conflict
    from ..records import ClaimRecord, DocumentRecord, PassageRecord
    from ..terms import Row, Table, Term
    from .parts import Brief, Finding, Open, Source

CAVEAT = (
    "This sheet tells what documents claim, in which words and on whose word. Neither it nor the graph it is made"
    " from says what is true: what many documents carry can be false, and what a single person says can be true."
)

HEADINGS = {
    "asserted": "What is asserted",
    "alleged": "What is alleged",
    "denied": "What is denied",
    "projected": "What is foreseen",
    "recommended": "What is recommended",
}

ABOUT = {
    "asserted": "Each speaker states this as so. That is no finding of ours.",
    "alleged": "Each is reported as an allegation.",
    "denied": "The speaker says of each statement that it is not so.",
    "projected": "Each is about what is to come, as the speaker saw it.",
    "recommended": "Each is about what ought to be done.",
}

ORIGINS = (
    "Mentions are not witnesses: copied text, one speaker on one day and one cited work are one origin. Where it"
    " cannot be known whether two mentions have one origin, the number is a span from the fewest to the most. It is"
    " counted for each proposition over the whole graph, and never added up, for one report can be the origin of many"
    " propositions."
)

LEGEND = (
    "A statement is ours, in plain English; the words in quotation marks are the document's own, and the number leads"
    " to their place. An arrow leads from who reports to whom they report, the document first. A statement without a"
    " remark on origins has one mention, and so one origin. “Negative” marks a statement that something is not so."
)

PLACES = (
    "Characters are Unicode code points of the document's text, counted from 0; the last number is the first that is"
    " not part of the words. The SHA-256 of a span is that of exactly these characters in UTF-8, so whoever holds the"
    " text can prove the place; the fragment is its address by RFC 5147."
)

CONFLICTS = (
    "A genuine conflict is one in which both sides cannot be right; an explained one only looks so, for the reason"
    " given; an unresolved one has been found by a rule and judged by nobody. None of these says who is right."
)

NO_CONFLICTS = "No conflict is recorded that touches these claims."

ACCOUNTED = "Every passage of a document has claims, or a reason why not. Numbers are characters."

HELD = "It was put to the graph as far as the dates above let it through."

RUNS = "It runs as it is on any SPARQL 1.1 endpoint that holds the graph; its rows name the claims of this sheet."

SAME = "The same question put to the same data gives this sheet again, to the byte; so it bears no date."

OPEN = "What one asks of such an event, and no claim of the graph plainly states; in brackets what there is instead."


#: The columns that a page has room for; the rows of a wider answer are told one by one.
NARROW = 5


def counted(number: int, noun: str) -> str:
    """Gives a number with its noun.

    >>> counted(1, "claim"), counted(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def bounds(low: int, high: int) -> str:
    """Gives bounds as people say them.

    >>> bounds(1, 1), bounds(1, 3)
    ('1', '1 to 3')
    """
    return str(low) if low == high else f"{low} to {high}"


def support(finding: Finding) -> str:
    """Gives what a proposition rests on, with why mentions are folded; nothing where that is one mention."""
    count = finding.count
    if count.mentions == len(finding.mentions) == 1:
        return ""
    lead = "Affirmed by" if finding.affirmed else "No claim affirms it; spoken of by"
    told = f"{lead} {counted(count.mentions, 'mention')} in {counted(count.documents, 'document')}"
    return f"{told}; independent origins: {bounds(count.low, count.high)}.{_folds(finding)}"


def _folds(finding: Finding) -> str:
    """Gives why some mentions are, or may be, one origin."""
    hedges = {"certain": "one origin", "possible": "perhaps one origin"}
    found = sorted({(fold.strength, fold.reason) for fold in finding.count.folds})
    told = "; ".join(f"{reason} ({hedges[strength]})" for strength, reason in found)
    return f" {told[:1].upper()}{told[1:]}." if told else ""


def marks(claim: ClaimRecord) -> list[str]:
    """Gives how a claim is to be taken, where it is not plainly asserted, and how its words are told."""
    found = [claim.modality] if claim.modality != "asserted" else []
    found += ["negative"] if claim.polarity == "negative" else []
    found += [f"certainty: {claim.certainty}"] if claim.certainty else []
    return found


def chain(sheet: Brief, claim: ClaimRecord) -> str:
    """Gives on whose word a claim rests: the document, who speaks in it, and how those words are told."""
    document = titles(sheet)[claim.document.iri]
    if not claim.speakers:
        return f"{document}, in its own voice"
    voice = {"direct": ", in direct speech", "indirect": ", in indirect speech"}.get(claim.voice, "")
    return " → ".join([document, *(speaker.label for speaker in claim.speakers)]) + voice


def time(claim: ClaimRecord) -> str:
    """Gives when a claim is said to hold and when it was said, with the words that say so."""
    words = f" (“{claim.when_words}”)" if claim.when and claim.when_words else ""
    inferred = f", inferred: {claim.when_inferred}" if claim.when and claim.when_inferred else ""
    holds = f"time: {claim.when}{words}{inferred}" if claim.when else ""
    return "; ".join(filter(None, (holds, f"said {claim.said}" if claim.said else "")))


def status(conflict: Conflict) -> str:
    """Gives how a conflict stands."""
    because = f" by {conflict.explanation}" if conflict.explanation else ""
    return f"{conflict.status}{because} · {conflict.kind}"


def found_by(conflict: Conflict) -> str:
    """Gives by which rules a conflict was found, and by whose judgement it stands so."""
    named = " and ".join(f"“{rule}”" for rule in conflict.rules)
    rules = "a person, by no rule" if conflict.rules == (DECLARED,) else f"rule {named}"
    judged = f"judged in {shorten(conflict.judgement)}" if conflict.judgement else "judged by nobody"
    return f"Found by {rules}; {judged}."


def origin_rows(brief: Brief) -> list[tuple[str, str]]:
    """Gives how many propositions have how many independent origins."""
    rows = [(bounds(low, high), f"{number:,}") for low, high, number in brief.counts.origins]
    return rows + ([("affirmed by no claim", f"{brief.counts.unaffirmed:,}")] if brief.counts.unaffirmed else [])


def count_rows(brief: Brief) -> list[tuple[str, str]]:
    """Gives the other numbers of a sheet, by what they count."""
    counts = brief.counts
    rows = [("claims", f"{counts.claims:,} of {counts.all_claims:,}")]
    rows += [(f"— {stance}", f"{number:,}") for stance, number in counts.stances.items()]
    rows += [("— of all these, negative", f"{counts.negative:,}")] if counts.negative else []
    rows += [
        ("documents", f"{counts.documents:,} of {counts.all_documents:,}"),
        ("publishers on record", f"{counts.publishers:,}"),
        ("propositions", f"{counts.propositions:,}"),
    ]
    for kind in ("genuine", "unresolved", "explained"):
        number = sum(dispute.conflict.status == kind for dispute in brief.disputes)
        rows += [(f"conflicts, {kind}", f"{number:,}")]
    return rows


def summary(brief: Brief) -> str:
    """Gives the sheet in one sentence."""
    counts = brief.counts
    if not counts.claims:
        return nothing(brief)
    origins = sum(number for low, _, number in counts.origins if low > 1)
    disputed = sum(dispute.conflict.status != "explained" for dispute in brief.disputes)
    several = f"{origins:,}" if origins else "none"
    return (
        f"{counted(counts.claims, 'claim')} in {counted(counts.documents, 'document')}"
        f" ({counted(counts.publishers, 'publisher')} on record) say {counted(counts.propositions, 'thing')};"
        f" {several} of these {'have' if origins > 1 else 'has'} certainly more than one independent origin,"
        f" and {counted(disputed, 'conflict')} {'touches' if disputed == 1 else 'touch'} them."
    )


def record(document: DocumentRecord) -> str:
    """Gives who wrote and published a document, and when."""
    authors = ", ".join(author.label for author in document.authors)
    publisher = document.publisher.label if document.publisher else "no publisher is recorded"
    return "; ".join(filter(None, (authors, publisher, document.issued or "no date is printed")))


def slots(each: Open) -> str:
    """Gives what is left open of an event."""
    return ", ".join(f"{slot} ({', '.join(states)})" for slot, states in each.slots).replace(_SILENT, "")


_SILENT = " (not stated in these documents)"


def role(brief: Brief, place: int) -> str:
    """Gives why a node was asked about, by its place among the nodes."""
    if not place:
        return "asked about"
    known = {node.iri for node in brief.question.parts}
    return "has a part in it" if brief.question.nodes[place].iri in known else "took place there, or is a part"


def share(source: Source) -> str:
    """Gives how much of a document stands in the sheet."""
    if not source.claims:
        return f"only quoted under Conflicts, of its {counted(source.whole, 'claim')}"
    return f"{source.claims:,} of its {counted(source.whole, 'claim')} here"


def titles(sheet: Brief) -> dict[str, str]:
    """Gives the titles of the documents that a sheet names, by IRI; those of one title are told apart."""
    return {source.document.iri: source.title for source in sheet.sources}


def work(sheet: Brief, claim: ClaimRecord) -> str:
    """Gives the title and publisher of the document in which a claim stands."""
    source = next(each for each in sheet.sources if each.document.iri == claim.document.iri)
    publisher = source.document.publisher
    if publisher is None or source.title.endswith(f"({publisher.label})"):
        return source.title
    return f"{source.title}, {publisher.label}"


def unclaimed(source: Source) -> str:
    """Gives the passages of a document that have no claims, by kind and reason, with their characters."""

    def kind(passage: PassageRecord) -> tuple[str, str]:
        return passage.disposition, (passage.reason or "").rstrip(".")

    kinds: dict[str, list[str]] = {}
    for (disposition, reason), found in groupby(sorted(source.unclaimed, key=kind), kind):
        places = ", ".join(f"{each.start}–{each.end}" for each in found)
        kinds.setdefault(disposition, []).append(f"{reason} ({places})" if reason else places)
    told = [f"{disposition[:1].upper()}{disposition[1:]}: {'; '.join(each)}" for disposition, each in kinds.items()]
    parts = [f"{len(source.unclaimed):,} of {counted(source.passages, 'passage')}", ". ".join(told)]
    parts += [f"{counted(source.between, 'character')} between passages"] if source.between else []
    return f"{'. '.join(filter(None, parts))}."


def rows(table: Table, claims: int) -> str:
    """Gives how long an answer is."""
    told = " The claims that the rows name are told below." if claims else ""
    return f"{counted(len(table.rows), 'row')}.{told}"


def nothing(brief: Brief) -> str:
    """Gives why a sheet has no claims."""
    return "No claim of the graph answers this question." if brief.table is None else "The rows name no claim."


def cell(term: Term | None) -> str:
    """Gives a cell of an answer."""
    if term is None:
        return ""
    return shorten(term.value) if term.kind == "iri" else term.value


def filled(table: Table, row: Row) -> list[tuple[str, Term]]:
    """Gives the cells of a row that are not empty, with their columns."""
    return [(column, term) for column, term in zip(table.columns, row, strict=True) if term is not None]


def numbers(brief: Brief) -> dict[str, int]:
    """Gives the note of each claim, by its IRI."""
    return {mention.claim.iri: mention.note for mention in brief.notes}


def runs(brief: Brief) -> str:
    """Gives where the query can be asked again."""
    return f"{RUNS} {HELD}" if brief.conditions else RUNS


def citation(brief: Brief) -> str:
    """Gives how the sheet is cited; it has no date, for the same data give the same sheet on any day."""
    data = f"SHA-256 {brief.digest.sha256}" if brief.digest.sha256 else "without a digest"
    return f"“{brief.title}”. Answer sheet {brief.mark}, made with kzgraph {brief.version} from the graph {data}."
