"""Verbs on who has text from whom: reuse."""

from __future__ import annotations

import click

from .common import Place, emit, in_format, pass_place, say, width


@click.command("reuse")
@click.option("--save", is_flag=True, help="Write what is found to graph/reuse/reuse.yaml.")
@click.option("--check", "only", is_flag=True, help="End with 1 if what is found is not what is stored.")
@click.option("--least", default=8, show_default=True, type=click.IntRange(4), help="Words that a passage shares.")
@click.option(
    "--similar",
    default=0.6,
    show_default=True,
    type=click.FloatRange(0.3, 1),
    help="Least share of the words of both sides that is shared.",
)
@click.option(
    "--most",
    default=64,
    show_default=True,
    type=click.IntRange(2),
    help="At how many places words in a row may stand, and be no boilerplate.",
)
@in_format
@pass_place
def reuse_verb(place: Place, save: bool, only: bool, least: int, similar: float, most: int, form: str) -> None:
    """Find text that documents share, word for word or lightly edited, and text that one repeats.

    The source texts are needed to find it; without them, what is stored is listed.

    \b
    Examples:
      kzgraph reuse
      kzgraph reuse --check -f csv
      kzgraph reuse --save
    """
    from .. import reuse as sharing
    from ..build import read
    from ..errors import SourceError
    from ..results import render

    corpus = read(place.root)
    texts, missing = sharing.texts(corpus, place.sources)
    hint = "Name the folder of all source texts with --sources."
    if missing and (save or only):
        raise SourceError(f"these texts are not held, or are others: {', '.join(missing)}.", hint=hint)
    if not texts:
        emit(render(sharing.table(corpus.reuse), form, width=width()))
        say("this is what is stored: no source texts here (--sources).")
        return
    found = sharing.find(texts, least=least, similarity=similar, most=most)
    emit(render(sharing.table(found.reuses, texts), form, width=width()))
    say(f"{len(found.reuses)} passages in {found.texts} texts of {found.words:,} words.")
    if found.skipped:
        say(f"{found.skipped} runs of words are boilerplate: at more than {most} places (--most), or 4 of one text.")
    if missing:
        say(f"left out, because their texts are not held or are others: {', '.join(missing)}.")
        return
    if save:
        say(f"{place.root.show(sharing.save(found.reuses, place.root))}: written.")
        return
    more, gone = sharing.changes(corpus.reuse, found.reuses)
    if more or gone:
        say(f"what is stored is not what is found: {more} are not stored, {gone} are not found. Run it with --save.")
    else:
        say("this is what is stored.")
    if only and (more or gone):
        raise SystemExit(1)
