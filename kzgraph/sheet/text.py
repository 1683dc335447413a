"""An answer sheet as Markdown: notes are footnotes, and no text of the graph becomes markup, HTML or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..namespaces import shorten
from ..plaintext import printable
from . import words

if TYPE_CHECKING:
    from ..terms import Term
    from .parts import Brief, Dispute, Finding, Mention, Part, Source

#: What CommonMark and its usual extensions (tables, footnotes, mathematics, links from bare addresses) read as markup.
_LIVE = re.compile(r"[\\`*_~\[\]<>&|#!$^={}@]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def markdown(sheet: Brief) -> str:
    """Gives a sheet as Markdown (CommonMark with tables and footnotes)."""
    sections = [
        _head(sheet),
        _numbers(sheet),
        _data(sheet),
        _answer(sheet),
        *(_part(part, sheet) for part in sheet.parts),
        [] if sheet.parts else ["## Claims", "", words.nothing(sheet)],
        _conflicts(sheet),
        _open(sheet),
        _left_out(sheet),
        _documents(sheet.sources),
        _passages(sheet.sources),
        _notes(sheet),
        _query(sheet),
        ["## How to cite this sheet", "", safe(words.citation(sheet)), "", words.SAME],
    ]
    blocks = ("\n".join(lines) for lines in map(list, sections) if lines)
    return "\n\n".join(blocks).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def safe(text: str) -> str:
    r"""Gives text that no reader of Markdown takes for markup; white space is one space, what is unseen an escape.

    >>> print(safe("<b> *x* [a](http://b)"))
    \<b\> \*x\* \[a\](http\://b)
    """
    found = _LIVE.sub(r"\\\g<0>", printable(" ".join(text.split())))
    return re.sub(r"^(\d*)([-+.)])", r"\1\\\2", found)  # what begins an item of a list


def code(text: str) -> str:
    """Gives a code span.

    >>> print(code("a"), code("`b"))
    `a` `` `b ``
    """
    text = printable(" ".join(text.split()))
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, gap = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{gap}{text}{gap}{fence}"


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


# --- what was asked -------------------------------------------------------------------------------------------


def _head(sheet: Brief) -> Iterator[str]:
    yield f"# {safe(sheet.title)}"
    yield from ("", f"*Answer sheet {sheet.mark}*", "", safe(sheet.question.words))
    for condition in sheet.conditions:
        yield from ("", f"**{safe(condition)}**")
    yield from ("", f"> {words.CAVEAT}")


def _numbers(sheet: Brief) -> Iterator[str]:
    yield from ("## In numbers", "", words.summary(sheet), "")
    yield from _table(("Counted", "Number"), words.count_rows(sheet))
    if sheet.counts.propositions:
        yield ""
        yield from _table(("Independent origins", "Propositions"), words.origin_rows(sheet))
    yield from ("", words.ORIGINS)


def _data(sheet: Brief) -> Iterator[str]:
    yield from ("## Question and data", "")
    for place, node in enumerate(sheet.question.nodes):
        yield f"- {'Together with' if place else 'Asked about'}: {safe(node.label)} ({code(shorten(node.iri))})"
    if sheet.question.more:
        yield f"- What the query gives: {safe(sheet.question.more)}"
    for key, value in sheet.question.params:
        yield f"- Parameter {code(key)}: {safe(value)}"
    yield f"- Data: {code(sheet.digest.sha256) + ', ' if sheet.digest.sha256 else ''}{safe(sheet.digest.basis)}"
    yield f"- Made with: kzgraph {sheet.version}"
    if sheet.question.command:
        yield f"- Ask again: {code(sheet.question.command)}"


def _answer(sheet: Brief) -> Iterator[str]:
    if sheet.table is None:
        return
    yield from ("## Answer", "")
    numbers = words.numbers(sheet)
    rows = ([_cell(cell, numbers) for cell in row] for row in sheet.table.rows)
    yield from _table(tuple(map(safe, sheet.table.columns)), rows)
    yield from ("", words.rows(sheet.table, sheet.counts.claims))


def _cell(cell: Term | None, numbers: dict[str, int]) -> str:
    """Gives a cell; a claim is its note."""
    note = numbers.get(cell.value) if cell is not None else None
    return f"[^{note}]" if note else safe(words.cell(cell))


def _query(sheet: Brief) -> Iterator[str]:
    longest = max(map(len, re.findall("`{3,}", sheet.question.sparql)), default=2)
    fence = "`" * (longest + 1)
    lines = re.split(r"\r\n|[\n\r]", sheet.question.sparql.rstrip())
    yield from ("## The query", "", words.runs(sheet), "", f"{fence}sparql")
    yield from ("\t".join(map(printable, line.split("\t"))) for line in lines)
    yield fence


# --- what is found --------------------------------------------------------------------------------------------


def _part(part: Part, sheet: Brief) -> Iterator[str]:
    yield f"## {words.HEADINGS[part.stance]} ({words.counted(len(part.claims), 'claim')})"
    yield from ("", words.ABOUT[part.stance])
    if part is sheet.parts[0]:
        yield from ("", words.LEGEND)
    for group in part.groups:
        yield from ("", f"### {safe(group.predicate.label)}")
        for finding in group.findings:
            yield ""
            yield from _finding(finding, sheet)


def _finding(finding: Finding, sheet: Brief) -> Iterator[str]:
    yield f"- **{safe(finding.statement)}**{_marks(finding.mentions[0])}"
    for mention in finding.mentions:
        yield from (f"  {line}" for line in _words(mention, sheet))
        if mention.claim.statement != finding.statement:
            yield f"    Stated as: {safe(mention.claim.statement)}"
    if support := words.support(finding):
        yield f"  - {safe(support)}"


def _marks(mention: Mention) -> str:
    marks = words.marks(mention.claim)
    return f" ({safe(', '.join(marks))})" if marks else ""


def _words(mention: Mention, sheet: Brief) -> Iterator[str]:
    claim = mention.claim
    time = words.time(claim)
    yield f"- “{safe(claim.quote)}”[^{mention.note}]  "
    told = (words.chain(sheet, claim), f"characters {claim.start}–{claim.end}", time)
    yield f"  {' · '.join(safe(each) for each in told if each)}"


def _conflicts(sheet: Brief) -> Iterator[str]:
    yield from (f"## Conflicts ({len(sheet.disputes)})", "")
    yield words.CONFLICTS if sheet.disputes else words.NO_CONFLICTS
    for dispute in sheet.disputes:
        yield ""
        yield from _dispute(dispute, sheet)


def _dispute(dispute: Dispute, sheet: Brief) -> Iterator[str]:
    conflict = dispute.conflict
    yield f"### {safe(words.status(conflict))}: {code(shorten(conflict.iri))}"
    yield from ("", safe(conflict.reason), "")
    for mention in dispute.mentions:
        beyond = " (beyond the question)" if mention.claim.iri in dispute.beyond else ""
        yield f"- {safe(mention.claim.statement)}{_marks(mention)}{beyond}  "
        yield f"  “{safe(mention.claim.quote)}”[^{mention.note}] {safe(words.chain(sheet, mention.claim))}"
    yield from ("", safe(words.found_by(conflict)))


def _open(sheet: Brief) -> Iterator[str]:
    if sheet.open:
        yield from ("## What these documents leave open", "", words.OPEN, "")
        yield from (f"- {safe(each.event.label)}: {safe(words.slots(each))}" for each in sheet.open)


# --- what it stands on ----------------------------------------------------------------------------------------


def _left_out(sheet: Brief) -> Iterator[str]:
    yield from ("## What is left out, and why", "")
    rows = ((f"{row.number:,}", safe(row.what), safe(row.why)) for row in sheet.left_out)
    yield from _table(("Number", "What", "Why"), rows)
    if sheet.silent:
        yield from ("", f"Documents of the graph with no claim here: {'; '.join(map(safe, sheet.silent))}.")


def _documents(sources: tuple[Source, ...]) -> Iterator[str]:
    if sources:
        yield "## Documents"
    for source in sources:
        record = source.document
        told = (record.type.label, words.record(record), f"{record.characters:,} characters", words.share(source))
        yield from ("", f"- **{safe(source.title)}**  ", f"  {' · '.join(map(safe, told))}  ")
        yield f"  {code(shorten(record.iri))} · SHA-256 of the text {code(record.sha256)}"


def _passages(sources: tuple[Source, ...]) -> Iterator[str]:
    known = [source for source in sources if source.claims]
    if known:
        yield from ("## Passages without claims", "", words.ACCOUNTED, "")
    yield from (f"- **{safe(source.title)}**: {safe(words.unclaimed(source))}" for source in known)


def _notes(sheet: Brief) -> Iterator[str]:
    if sheet.notes:
        yield from ("## Notes", "", words.PLACES)
    for mention in sheet.notes:
        claim = mention.claim
        place = f"{safe(words.work(sheet, claim))}, characters {claim.start}–{claim.end}."
        address = f"{code(shorten(claim.iri))} {code(claim.fragment)} span SHA-256 {code(claim.span_sha256)}"
        yield from ("", f"[^{mention.note}]: {place} {address}")
