"""The verb brief: an answer sheet that can be cited."""

from __future__ import annotations

from pathlib import PurePath

import click

from .common import Place, emit, pair, pass_place, say

FORMATS = ("md", "html", "pdf")


@click.command("brief")
@click.argument("question")
@click.option("-p", "--param", "params", multiple=True, metavar="K=V", help="A value for a parameter of a named query.")
@click.option("--events", is_flag=True, help="Ask about the events, too, in which QUESTION has a part.")
@click.option("--title", metavar="TEXT", help="The heading, where the question's own words will not do.")
@click.option("-o", "--out", default="-", metavar="FILE", help="FILE.md, FILE.html or FILE.pdf; - is stdout.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="By default what FILE ends with, else md.")
@click.option("--said-by", metavar="DATE", help="Only what was reported by this date.")
@click.option("--as-of", metavar="DATE", help="Only what is said to hold at this date.")
@click.option("--undated", is_flag=True, help="Keep what these two cannot date.")
@pass_place
def brief_verb(
    place: Place,
    question: str,
    params: tuple[str, ...],
    events: bool,
    title: str | None,
    out: str,
    form: str | None,
    said_by: str | None,
    as_of: str | None,
    undated: bool,
) -> None:
    """Write an answer sheet: claims with their words and places, counts, conflicts, what is left out and why.

    QUESTION is the name of a query of `kzgraph queries`, or the name of anybody or anything in the graph.

    \b
    Examples:
      kzgraph brief "Vadim Kuramshin" --events -o kuramshin.html
      kzgraph brief claims-by-right -p right=right-strike
    """
    from .. import brief

    ending = PurePath(out).suffix.removeprefix(".")
    form = form or (ending if ending in FORMATS else "md" if out == "-" else None)
    if form is None:
        raise click.UsageError(f"{out} does not say which format: end it with .md, .html or .pdf, or give --format.")
    if form == "pdf" and out == "-":
        raise click.UsageError("a PDF goes to a file: give -o FILE.pdf.")
    if undated and said_by is None and as_of is None:
        raise click.UsageError("--undated keeps what a clock cannot date: give --said-by or --as-of with it.")
    sheet = brief.brief(
        place.open(),
        question,
        root=place.root,
        params=dict(map(pair, params)),
        title=title,
        events=events,
        said_by=said_by,
        as_of=as_of,
        undated=undated,
    )
    if form == "pdf":
        from ..paths import write_atomically

        write_atomically(out, brief.pdf(sheet))
        say(f"{out}: written.")
    else:
        emit(brief.html(sheet) if form == "html" else brief.markdown(sheet), out)
