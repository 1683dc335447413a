"""Speakers in words and as tables: who is heard, about whom, through whom, and what rests on them alone."""

from __future__ import annotations

from collections.abc import Iterable

from ..namespaces import shorten
from ..prose import Page
from ..records import Ref
from ..terms import Table, Term, number_term, text_term
from .speakers import Aim, Portrait, Resting, Voice

MOST = 12  # names that a paragraph lists


def voices_in_words(voices: Iterable[Voice], *, width: int = 100) -> str:
    """Gives speakers as text, a paragraph each."""
    page = Page(width)
    for voice in voices:
        page.line(f"{voice.agent.label} · {', '.join(voice.kinds)} · {shorten(voice.agent.iri)}")
        page.line(_counts(voice), indent=2)
    return page.text() or "Nobody is heard.\n"


def _counts(voice: Voice) -> str:
    passed = f", {voice.claims - voice.resting} of them passed on for others" if voice.claims > voice.resting else ""
    counts = {
        "in the document's own voice": voice.own,
        "in direct speech": voice.direct,
        "indirect": voice.indirect,
        "praising": voice.praising,
        "blaming": voice.blaming,
    }
    ways = [f"{count} {way}" for way, count in counts.items() if count]
    about = f"about {_many(voice.about, 'other')}" if voice.about else "about nobody else"
    parts = (f"{_many(voice.claims, 'claim')}{passed}", *ways, about, f"in {_many(voice.documents, 'document')}")
    return "; ".join(filter(None, parts))


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def portrait_in_words(portrait: Portrait, *, width: int = 100) -> str:
    """Gives a speaker as text: the counts, then whom they speak about and through whom they are heard."""
    page = Page(width)
    voice = portrait.voice
    page.line(f"{voice.agent.label} · {', '.join(voice.kinds)} · {shorten(voice.agent.iri)}")
    page.line(_counts(voice), indent=2)
    page.gap()
    page.line(f"speaks about: {_aims(portrait.about) or 'nobody else'}", indent=2)
    page.line(f"is passed on by: {_refs(portrait.passed_on_by) or 'nobody'}", indent=2)
    if portrait.passing_on:
        page.line(f"passes on: {_refs(portrait.passing_on)}", indent=2)
    page.line(f"is spoken about by: {_aims(portrait.spoken_about_by) or 'nobody else'}", indent=2)
    page.gap()
    for claim in portrait.claims:
        page.claim(claim, indent=2)
    return page.text()


def _aims(aims: tuple[Aim, ...]) -> str:
    told = []
    for aim in aims[:MOST]:
        judged = [f"{aim.praising} praising" if aim.praising else "", f"{aim.blaming} blaming" if aim.blaming else ""]
        told.append(f"{aim.agent.label} ({', '.join(filter(None, (str(aim.claims), *judged)))})")
    return "; ".join([*told, *([f"{len(aims) - MOST} more"] if len(aims) > MOST else [])])


def _refs(counted: tuple[tuple[Ref, int], ...]) -> str:
    return "; ".join(f"{ref.label} ({count})" for ref, count in counted)


def resting_in_words(found: Iterable[Resting], *, width: int = 100) -> str:
    """Gives what rests on one kind of speaker as text: each proposition with its claims and their words."""
    page = Page(width)
    for each in found:
        page.gap()
        page.line(each.claims[0].statement)
        speakers = ", ".join(speaker.label for speaker in each.speakers)
        page.line(
            f"rests on {speakers} alone · {_many(len(each.claims), 'claim')} · {shorten(each.proposition)}", indent=2
        )
        for claim in each.claims:
            page.claim(claim)
    return page.text() or "Nothing rests on such speakers alone.\n"


VOICES = (
    "speaker",
    "name",
    "kind",
    "claims",
    "resting",
    "own",
    "direct",
    "indirect",
    "praising",
    "blaming",
    "about",
    "documents",
)


def voices_table(voices: Iterable[Voice]) -> Table:
    """Gives speakers as a table, one row each."""
    return Table(VOICES, tuple(_row(voice) for voice in voices))


def _row(voice: Voice) -> tuple[Term, ...]:
    ways = (voice.claims, voice.resting, voice.own, voice.direct, voice.indirect)
    numbers = (*ways, voice.praising, voice.blaming, voice.about, voice.documents)
    head = (Term("iri", voice.agent.iri), text_term(voice.agent.label), text_term(", ".join(voice.kinds)))
    return (*head, *map(number_term, numbers))


def portrait_table(portrait: Portrait) -> Table:
    """Gives a speaker's ties as a table: one row for each agent and way of being tied."""
    aims = {"speaks about": portrait.about, "is spoken about by": portrait.spoken_about_by}
    refs = {"is passed on by": portrait.passed_on_by, "passes on": portrait.passing_on}
    rows: list[tuple[Term | None, ...]] = []
    for tie, found in aims.items():
        for aim in found:
            numbers = map(number_term, (aim.claims, aim.praising, aim.blaming, aim.documents))
            rows.append((text_term(tie), Term("iri", aim.agent.iri), text_term(aim.agent.label), *numbers))
    for tie, counted in refs.items():
        for ref, count in counted:
            head = (text_term(tie), Term("iri", ref.iri), text_term(ref.label))
            rows.append((*head, number_term(count), None, None, None))
    return Table(("tie", "agent", "name", "claims", "praising", "blaming", "documents"), tuple(rows))


def resting_table(found: Iterable[Resting]) -> Table:
    """Gives what rests on one kind of speaker as a table, one row a claim."""
    columns = ("proposition", "speaker", "speakerName", "claim", "statement", "quote", "document")
    rows = []
    for each in found:
        for claim in each.claims:
            speaker = claim.speakers[-1]
            head = (Term("iri", each.proposition), Term("iri", speaker.iri), text_term(speaker.label))
            words = (Term("iri", claim.iri), text_term(claim.statement), text_term(claim.quote))
            rows.append((*head, *words, Term("iri", claim.document.iri)))
    return Table(columns, tuple(rows))
