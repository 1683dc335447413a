"""Answers as text: one function a format, one registry for every command that prints an answer."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable

from .errors import QueryError
from .namespaces import shorten
from .terms import Answer, Table, Term, Triples, parse

Writer = Callable[[Table], str]


def render(answer: Answer, form: str = "table") -> str:
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
            from .store import to_turtle

            return to_turtle(answer.triples).decode("utf-8")
        if form == "nt":
            return answer.ntriples()
        rows = tuple(tuple(parse(part) for part in triple) for triple in answer.triples)
        answer = Table(("subject", "predicate", "object"), rows)
    if form in ("turtle", "nt"):
        raise QueryError(
            f"a table of values cannot be `{form}`.", hint="Ask with CONSTRUCT, or use csv, json, md, table."
        )
    return FORMATS[form](answer)


def _boolean(answer: bool, form: str) -> str:
    if form == "json":
        return json.dumps({"head": {}, "boolean": answer}) + "\n"
    return f"{str(answer).lower()}\n"


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten(term.value) if term.kind == "iri" else term.value


def _printable(text: str) -> str:
    """Gives text that no terminal obeys: control and direction characters are written as escapes."""
    return "".join(
        char
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else char.encode("unicode_escape").decode()
        for char in text
    )


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _table(table: Table) -> str:
    rows = [[_printable(_cell(term)) for term in row] for row in table.rows]
    widths = [max([_width(name), *(_width(row[index]) for row in rows)]) for index, name in enumerate(table.columns)]
    lines = [list(table.columns), ["-" * width for width in widths], *rows]
    text = "".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )
    count = len(rows)
    return text + f"{count} {'row' if count == 1 else 'rows'}\n"


def _separated(delimiter: str) -> Writer:
    def write(table: Table) -> str:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([[("" if term is None else term.value) for term in row] for row in table.rows])
        return out.getvalue()

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
    elif term.datatype and not term.datatype.endswith("#string"):
        found["datatype"] = term.datatype
    return found


def _jsonl(table: Table) -> str:
    rows = (
        {n: (None if t is None else t.value) for n, t in zip(table.columns, row, strict=True)} for row in table.rows
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _markdown(table: Table) -> str:
    def line(cells: list[str]) -> str:
        safe = (_printable(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for cell in cells)
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
