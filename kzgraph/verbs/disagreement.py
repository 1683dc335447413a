"""Verbs on who says otherwise and how independently: conflicts, origins."""

from __future__ import annotations

import click

from .common import Place, columns, emit, pass_place, width, with_clocks

in_words_or = click.option(
    "-f", "--format", "form", default="text", show_default=True, help="text table csv tsv json jsonl md."
)


@click.command("conflicts")
@click.option("--about", metavar="NAME", help="Only conflicts with a claim about this node.")
@click.option("--kind", metavar="KIND", help="figures characterisation denial date order scope agent.")
@click.option("--genuine", is_flag=True, help="Only what was judged to be a genuine conflict.")
@with_clocks
@in_words_or
@pass_place
def conflicts_verb(place: Place, about: str | None, kind: str | None, genuine: bool, form: str) -> None:
    """Tell who says otherwise: each conflict with both quotes, its status and the reason.

    Example: kzgraph conflicts --about "Zhanaozen" --genuine
    """
    from ..analysis import rivals
    from ..results import render

    found = rivals.conflicts(place.open(), about=about, kind=kind, genuine=genuine, root=place.root)
    if form == "text":
        emit(rivals.in_words(found, width=columns()))
    else:
        emit(render(rivals.conflicts_table(found), form, width=width()))


@click.command("origins")
@click.argument("about", required=False)
@click.option("--least", default=2, show_default=True, type=click.IntRange(1), help="Mentions that it must have.")
@with_clocks
@in_words_or
@pass_place
def origins_verb(place: Place, about: str | None, least: int, form: str) -> None:
    """Count independent origins: what several claims say, and which of them are one voice.

    Example: kzgraph origins "Kazakhstan" --least 2
    """
    from ..analysis import rivals
    from ..results import render

    found = rivals.supported(place.open(), about=about, least=least, root=place.root)
    if form == "text":
        emit(rivals.origins_in_words(found, width=columns()))
    else:
        emit(render(rivals.origins_table(found), form, width=width()))
