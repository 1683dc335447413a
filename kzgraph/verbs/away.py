"""Verbs for things to take away: view, export."""

from __future__ import annotations

import click

from .common import Place, emit, pass_place, say, with_clocks


@click.command("view")
@click.argument("names", nargs=-1)
@click.option(
    "-o", "--out", default="build/graph.html", show_default=True, metavar="FILE", help="The page; - is stdout."
)
@click.option(
    "--hops", default=2, show_default=True, type=click.IntRange(0, 6), help="How far the neighbourhood reaches."
)
@with_clocks
@pass_place
def view_verb(place: Place, names: tuple[str, ...], out: str, hops: int) -> None:
    """Make an interactive page: the whole graph, or the neighbourhood of what is named.

    Example: kzgraph view "Vadim Kuramshin" -o kuramshin.html
    """
    from ..views import view as picture

    emit(picture(place.open(), names, hops=hops, root=place.root), out)


@click.command("export")
@click.argument("target")
@click.option("-f", "--format", "form", metavar="NAME", help="The format, when the file's ending does not say it.")
@pass_place
def export_verb(place: Place, target: str, form: str | None) -> None:
    """Write the graph as a file for others: Turtle, TriG, N-Quads, JSON-LD, GraphML, JSON Lines.

    \b
    Examples:
      kzgraph export graph.ttl
      kzgraph export layers/ --format turtle
      kzgraph export claims.jsonl
    """
    from ..export import export as write

    for path in write(place.open(), target, format=form, root=place.root):
        say(f"{path}: written.")
