"""Verbs on who gives which figure, who is heard, and what nobody says: figures, speakers, silence."""

from __future__ import annotations

import click

from ..errors import KzgraphError
from .common import Place, columns, emit, pass_place, width, with_clocks

in_words_or = click.option(
    "-f", "--format", "form", default="text", show_default=True, help="text table csv tsv json jsonl md."
)


@click.command("figures")
@click.argument("name", required=False)
@click.option("--contested", is_flag=True, help="Only figures of which somebody says otherwise.")
@click.option("-o", "--output", metavar="FILE", help="Draw them: a .svg picture, or an .html page with tables.")
@with_clocks
@in_words_or
@pass_place
def figures_verb(place: Place, name: str | None, contested: bool, output: str | None, form: str) -> None:
    """Tell every figure about an event, place, right or anything, with its bounds and who gives it; never an average.

    \b
    Examples:
      kzgraph figures Zhanaozen
      kzgraph figures --contested -f csv
    """
    from .. import plot
    from ..analysis import contested as figures
    from ..analysis import reckoning
    from ..plot import page as plotpage
    from ..results import render

    draw = {"svg": plot.svg, "html": plotpage.page}.get(output.rpartition(".")[2].lower()) if output else None
    if output and draw is None:
        raise KzgraphError(f"`{output}` is neither .svg nor .html.", hint="Name a file that ends so.")
    found = figures.figures(place.open(), name, contested=contested, root=place.root)
    if output and draw is not None:
        what = "Contested figures" if contested else "Figures"
        emit(draw(found, f"{what} about {name}" if name else what), output)
    elif form == "text":
        emit(reckoning.in_words(found, width=columns()))
    else:
        emit(render(reckoning.table(found), form, width=width()))


@click.command("speakers")
@click.argument("name", required=False)
@click.option(
    "--only",
    type=click.Choice(["officials", "unnamed", "one"]),
    help="What rests only on officials, on unnamed people, or on one speaker; NAME is then what it is about.",
)
@with_clocks
@in_words_or
@pass_place
def speakers_verb(place: Place, name: str | None, only: str | None, form: str) -> None:
    """Tell who is heard, in which voice and about whom; with a name, about whom and through whom that one speaks.

    \b
    Examples:
      kzgraph speakers -f table
      kzgraph speakers "Viola von Cramon"
      kzgraph speakers Zhanaozen --only officials
    """
    from ..analysis import hearsay, speakers
    from ..results import render

    store = place.open()
    if only:
        resting = speakers.resting(store, only, about=name, root=place.root)
        text, table = hearsay.resting_in_words(resting, width=columns()), hearsay.resting_table(resting)
    elif name:
        portrait = speakers.portrait(store, name, place.root)
        text, table = hearsay.portrait_in_words(portrait, width=columns()), hearsay.portrait_table(portrait)
    else:
        voices = speakers.voices(speakers.hear(store, place.root))
        text, table = hearsay.voices_in_words(voices, width=columns()), hearsay.voices_table(voices)
    emit(text if form == "text" else render(table, form, width=width()))


@click.command("silence")
@click.argument("event", required=False)
@with_clocks
@in_words_or
@pass_place
def silence_verb(place: Place, event: str | None, form: str) -> None:
    """Tell what is stated of an event and what is not stated in these documents; without one, of all events.

    \b
    Examples:
      kzgraph silence trial-kuramshin
      kzgraph silence Zhanaozen
    """
    from ..analysis import silence
    from ..results import render

    found = silence.silence(place.open(), event, root=place.root)
    emit(
        silence.in_words(found, width=columns())
        if form == "text"
        else render(silence.table(found), form, width=width())
    )
