"""Answers as text: one function a format, one registry for every command that prints an answer."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from html import escape
from types import SimpleNamespace

from .errors import QueryError
from .namespaces import shorten
from .plaintext import columns, printable
from .terms import XSD_STRING, Answer, Table, Term, Triples, parse

Writer = Callable[[Table], str]


def render(answer: Answer, form: str = "table", *, width: int | None = None) -> str:
    """Gives an answer as text in a format.

    A table can be ``table``, ``csv``, ``tsv``, ``json`` (SPARQL 1.1 results), ``jsonl`` or ``md``; triples can be
    ``table`` or ``turtle`` (Turtle), ``nt``, or any of the table formats with columns subject, predicate, object.

    Raises:
        QueryError: There is no such format.
    """
    if form not in FORMATS:
        raise QueryError(f"there is no format `{form}`.", hint=f"Use one of: {', '.join(FORMATS)}.")
    if isinstance(answer, bool):
        return _boolean(answer, form)
    if isinstance(answer, Triples):
        if form in ("table", "turtle"):
            from .turtle import document

            return document(answer.triples).decode("utf-8")
        if form == "nt":
            return answer.ntriples()
        rows = tuple(tuple(parse(part) for part in triple) for triple in answer.triples)
        answer = Table(("subject", "predicate", "object"), rows)
    if form in ("turtle", "nt"):
        raise QueryError(
            f"a table of values cannot be `{form}`.", hint="Ask with CONSTRUCT, or use csv, json, md, table."
        )
    return _table(answer, width) if form == "table" else FORMATS[form](answer)


def pick(table: Table, names: Sequence[str]) -> Table:
    """Gives some columns of a table, in the order asked for.

    Raises:
        QueryError: The table has no such column.
    """
    for name in names:
        if name not in table.columns:
            raise QueryError(f"there is no column `{name}`.", hint=f"There are: {', '.join(table.columns)}.")
    kept = [table.columns.index(name) for name in names]
    return Table(tuple(names), tuple(tuple(row[index] for index in kept) for row in table.rows))


def _boolean(answer: bool, form: str) -> str:
    if form == "json":
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    return f"{str(answer).lower()}\n"


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten(term.value) if term.kind == "iri" else term.value


NARROWEST = 16  # columns of a terminal that a wrapped cell must have


def _table(table: Table, width: int | None = None) -> str:
    """Gives aligned columns; in a width that is too small, long cells are wrapped, or each row is a block of lines.

    An address is never broken, so that it can be copied.
    """
    rows = [[printable(_cell(term)) for term in row] for row in table.rows]
    lines = [list(table.columns), *rows]
    widths = [max(columns(line[index]) for line in lines) for index in range(len(table.columns))]
    count = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    addresses = {index for row in table.rows for index, term in enumerate(row) if term and term.kind == "iri"}
    least = [full if index in addresses else min(full, NARROWEST) for index, full in enumerate(widths)]
    if width and not _fit(widths, least, width - 2 * (len(widths) - 1)):
        parts = [line for row in rows for line in _block(table.columns, row, width, addresses)]
    else:
        head, *body = [_wrapped(line, widths) for line in lines]
        parts = [*head, "  ".join("-" * each for each in widths), *(line for row in body for line in row)]
    return "".join(f"{part}\n" for part in [*parts, count])


def _fit(widths: list[int], least: list[int], room: int) -> bool:
    """Narrows the widest columns, none below its least, until all have room; tells whether they have."""
    if sum(least) > room:
        return False
    while sum(widths) > room:
        _, widest = max((width, index) for index, width in enumerate(widths) if width > least[index])
        widths[widest] -= 1
    return True


def _block(names: tuple[str, ...], cells: list[str], width: int, addresses: set[int]) -> list[str]:
    """Gives one row as lines of name and value, without what is empty, and a blank line."""
    margin = max(columns(name) for name in names)
    lines: list[str] = []
    for index, (name, cell) in enumerate(zip(names, cells, strict=True)):
        if cell:
            whole = columns(cell) if index in addresses else NARROWEST
            lines += _wrapped([name, cell], [margin, max(width - margin - 2, whole)])
    return [*lines, ""]


def _wrapped(cells: list[str], widths: list[int]) -> list[str]:
    """Gives the lines of one row."""
    from textwrap import wrap

    parts = [
        [cell] if columns(cell) <= width else wrap(cell, width, break_on_hyphens=True)
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max((len(part) for part in parts), default=1)
    filled = [part + [""] * (height - len(part)) for part in parts]
    return [
        "  ".join(cell + " " * (width - columns(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in zip(*filled, strict=True)
    ]


def _separated(delimiter: str) -> Writer:
    def write(table: Table) -> str:
        lines: list[str] = []
        # csv quotes a lone return or line feed only where it is part of the line end.
        writer = csv.writer(SimpleNamespace(write=lines.append), delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(table.columns)
        writer.writerows([[("" if term is None else term.value) for term in row] for row in table.rows])
        return "".join(line.removesuffix("\r\n") + "\n" for line in lines)

    return write


def _json(table: Table) -> str:
    """SPARQL 1.1 Query Results JSON Format (W3C, 2013)."""
    bindings = [
        {name: _binding(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    content = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    found = {"type": {"iri": "uri"}.get(term.kind, term.kind), "value": term.value}
    if term.lang:
        found["xml:lang"] = term.lang
    elif term.datatype and term.datatype != XSD_STRING:
        found["datatype"] = term.datatype
    return found


def _jsonl(table: Table) -> str:
    rows = (
        {n: (None if t is None else t.value) for n, t in zip(table.columns, row, strict=True)} for row in table.rows
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


_LIVE = re.compile(r"[\\`*_~\[\]|]")  # what Markdown reads as markup


def _markdown(table: Table) -> str:
    def line(cells: list[str]) -> str:
        safe = (_LIVE.sub(r"\\\g<0>", escape(printable(cell), quote=False)) for cell in cells)
        return f"| {' | '.join(safe)} |\n"

    head = line(list(table.columns)) + f"|{'---|' * len(table.columns)}\n"
    return head + "".join(line([_cell(term) for term in row]) for row in table.rows)


#: Every format by its name; ``turtle`` and ``nt`` are for triples only.
FORMATS: dict[str, Writer] = {
    "table": _table,
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
    "jsonl": _jsonl,
    "md": _markdown,
    "turtle": _table,
    "nt": _table,
}
