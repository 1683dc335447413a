"""Verbs that ask: query, queries, show."""

from __future__ import annotations

import click

from .common import Place, emit, in_format, pair, pass_place, width, with_clocks


@click.command("query")
@click.argument("question", required=False)
@click.option("--file", "file", metavar="F.rq", help="Run a query from a file; - is stdin.")
@click.option("-p", "--param", "params", multiple=True, metavar="K=V", help="A value for a parameter of a named query.")
@click.option("-c", "--columns", metavar="A,B", help="Only these columns, in this order.")
@with_clocks
@in_format
@pass_place
def query_verb(
    place: Place, question: str | None, file: str | None, params: tuple[str, ...], columns: str | None, form: str
) -> None:
    """Answer a named question, a file, or SPARQL given here.

    \b
    Examples:
      kzgraph query claims-about --param node=kuramshin
      kzgraph query chronology -p person=kuramshin -c date,order,statement
      kzgraph query 'SELECT ?o WHERE { id:vadim-kuramshin kz:hasProfession ?o }' --format csv
    """
    from .. import queries
    from ..results import FORMATS, pick, render
    from ..terms import Table

    if (question is None) == (file is None):
        raise click.UsageError("give a name, SPARQL, or --file: one of them.")
    if form not in FORMATS:
        raise click.BadParameter(
            f"there is no format `{form}`; use one of: {', '.join(FORMATS)}.", param_hint="--format"
        )
    if file is not None:
        with click.open_file(file, encoding="utf-8") as opened:
            question = queries.with_prefixes(opened.read())
    values = dict(pair(each) for each in params)
    if values and (file is not None or not queries.is_name(question or "")):
        raise click.UsageError("--param is for named questions.")
    store = place.open()
    answer = queries.ask(store, question or "", root=place.root, **values)
    if columns and isinstance(answer, Table):
        answer = pick(answer, [name.strip() for name in columns.split(",")])
    emit(render(answer, form, width=width()))


@click.command("queries")
@click.argument("name", required=False)
@in_format
@pass_place
def queries_verb(place: Place, name: str | None, form: str) -> None:
    """List the questions that are ready, or show one whole.

    Example: kzgraph queries claims-about
    """
    from .. import queries as asking
    from ..results import render

    if name:
        emit(asking.find(name, place.root).text)
    else:
        emit(render(asking.table(asking.catalogue(place.root)), form, width=width()))


@click.command("show")
@click.argument("name")
@click.option("--width", default=0, help="Columns of text; 0 takes the terminal's.")
@with_clocks
@pass_place
def show_verb(place: Place, name: str, width: int) -> None:
    """Tell about a person, organisation, event, claim or document in words.

    Example: kzgraph show "Vadim Kuramshin"
    """
    import shutil

    from ..show import show as tell

    emit(tell(place.open(), name, width=width or min(shutil.get_terminal_size((100, 24)).columns, 120)))
