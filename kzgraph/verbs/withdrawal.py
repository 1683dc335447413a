"""The verb on what rests on whom: withdraw."""

from __future__ import annotations

import click

from .common import Place, columns, emit, pass_place, width, with_clocks


@click.command("withdraw")
@click.argument("sources", nargs=-1, metavar="[DOCUMENT-OR-SPEAKER]...")
@click.option("--cited", is_flag=True, help="Let claims fall with a work that they cite, too.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1), help="How many first ranks to look at.")
@click.option(
    "--most", default=10, show_default=True, type=click.IntRange(0), help="How much to tell of each part; 0 is all."
)
@with_clocks
@click.option("-f", "--format", "form", default="text", show_default=True, help="text table csv tsv json jsonl md.")
@pass_place
def withdraw_verb(place: Place, sources: tuple[str, ...], cited: bool, top: int, most: int, form: str) -> None:
    """Tell what falls if documents or speakers are withdrawn; without a name, how much rests on each of them.

    A claim falls with its document and with every speaker in its chain.

    \b
    Examples:
      kzgraph withdraw
      kzgraph withdraw "Human Rights Watch"
      kzgraph withdraw doc:socialist-kazakhstan-2010 --most 0
    """
    from ..analysis import losses, withdrawal
    from ..results import render

    store, root = place.open(), place.root
    if not sources:
        found = withdrawal.every(store, cited=cited, root=root)
        table = losses.reliance_table(store, found, brief=form == "text", root=root)
        emit(render(table, "table" if form == "text" else form, width=width()))
        return
    withdrawn = losses.withdrawn(store, sources, cited=cited, top=top, root=root)
    if form == "text":
        emit(losses.in_words(withdrawn, width=columns(), most=most))
    else:
        emit(render(losses.loss_table(withdrawn), form, width=width()))
