"""Figures in words and as a table, each with its bounds, who gives it, where, when, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from ..namespaces import shorten
from ..prose import Page, chain, marks, place
from ..terms import Table, Term, text_term
from .contested import UNCONTESTED, Figure, Group
from .disagreement import Conflict

#: The columns of the table.
COLUMNS = (
    "group",
    "status",
    "conflicts",
    "subject",
    "predicate",
    "unit",
    "lower",
    "upper",
    "approximation",
    "printed",
    "counted",
    "modality",
    "polarity",
    "speakers",
    "document",
    "said",
    "saidBy",
    "when",
    "where",
    "quote",
    "claim",
)


def in_words(groups: Iterable[Group], *, width: int = 100) -> str:
    """Gives figures as text, a paragraph a figure; nothing is added up and nothing averaged."""
    page = Page(width)
    for group in groups:
        page.gap()
        count = len(group.figures)
        page.line(f"{group.title} · {count} {'figure' if count == 1 else 'figures'} · {group.status}")
        for figure in group.figures:
            _tell(page, figure)
        for claim in group.beside:
            page.line(f"judged with them: {marks(claim)}{claim.statement}", indent=2, first="- ")
            page.line(f"{chain(claim)}; {place(claim)}; {shorten(claim.iri)}", indent=4)
        for conflict in (group.judged,) if group.judged else group.conflicts:
            page.line(f"{told(conflict)}: {conflict.reason}", indent=2)
    return page.text() or "No figures are given here.\n"


def _tell(page: Page, figure: Figure) -> None:
    claim = figure.claim
    value = figure.value.value
    printed = "" if figure.printed == value else f" (printed: “{figure.printed}”)"
    page.line(f"{marks(claim)}{value}{printed}", indent=2, first="- ")
    page.line(f"said by {chain(claim)}; {dated(figure)}; {place(claim)}", indent=4)
    if limits := scope_of(figure):
        page.line(limits, indent=4)
    page.line(f"“{claim.quote}”", indent=4)
    note = "" if figure.status == UNCONTESTED else f"; {figure.status}: {named(figure)}"
    page.line(f"{shorten(claim.iri)}{note}", indent=4)


def dated(figure: Figure) -> str:
    """Gives when a figure was said, and what tells so."""
    if figure.said is None:
        return "undated"
    return f"said {figure.said}" if figure.said_by == "claim" else f"in a document of {figure.said}"


def scope_of(figure: Figure) -> str:
    """Gives of when and where a figure is said to hold, as far as the claim tells."""
    claim = figure.claim
    when = f"holds for {claim.when}" + (" (inferred)" if claim.when_inferred else "") if claim.when else ""
    where = f"at {claim.where.label}" if claim.where else ""
    return "; ".join(filter(None, (when, where)))


def told(conflict: Conflict) -> str:
    """Gives how a conflict stands and what it is called."""
    because = f" by {conflict.explanation}" if conflict.explanation else ""
    return f"{conflict.status}{because}, {shorten(conflict.iri).removeprefix('conflict:')}"


def named(figure: Figure) -> str:
    """Gives the names of the conflicts of a figure, each with its status where it is not the figure's own."""
    names = [
        shorten(conflict.iri).removeprefix("conflict:")
        + ("" if conflict.status == figure.status else f" ({conflict.status})")
        for conflict in figure.conflicts
    ]
    return ", ".join(names) or "does not meet another, and nobody has judged it"


def table(groups: Iterable[Group]) -> Table:
    """Gives figures as a table, one row a figure; a figure that two groups show has two rows."""
    return Table(COLUMNS, tuple(_row(group, figure) for group in groups for figure in group.figures))


def _row(group: Group, figure: Figure) -> tuple[Term | None, ...]:
    claim, value = figure.claim, figure.value
    texts = (group.title, figure.status, " ".join(shorten(each.iri) for each in figure.conflicts))
    bounds = (value.unit, value.lower, value.upper, value.approximation, figure.printed, value.counted)
    said = (claim.modality, claim.polarity, " → ".join(speaker.label for speaker in claim.speakers))
    held = (figure.said, figure.said_by, claim.when)
    return (
        *map(_cell, texts),
        Term("iri", claim.subject.iri),
        Term("iri", claim.predicate.iri),
        *map(_cell, (*bounds, *said)),
        Term("iri", claim.document.iri),
        *map(_cell, held),
        Term("iri", claim.where.iri) if claim.where else None,
        text_term(claim.quote),
        Term("iri", claim.iri),
    )


def _cell(text: str | None) -> Term | None:
    return text_term(text) if text else None
