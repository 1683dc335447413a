"""The catalogue of questions: ``queries/<family>/<name>.rq``, each runnable as it is in any SPARQL engine.

A file begins with ``#+`` lines that hold YAML: ``summary`` (the question), ``description``, ``params``, ``columns``,
``view``. A parameter is a line ``VALUES ?name { … }`` with an example; a value given by the user replaces what
stands in its braces by serialised terms, so that no value can change the shape of the query. A parameter that need
not be given has ``UNDEF`` for its example, which fits any value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import dates, yamlio
from .errors import CorpusError, NotFound, Problem, QueryError
from .fields import Fields, did_you_mean
from .namespaces import KZ, expand
from .paths import Root, find_root
from .store import Store
from .terms import XSD_STRING, Answer, Table, iri, literal, text_term

#: Families that are part of the machine, not questions of a user.
INTERNAL = ("checks", "conflicts", "derive", "records")
#: What only queries of such a family have in their headers; whoever runs them reads it.
_OWN = ("severity", "kind", "compare", "status", "explanation")
#: The example of a parameter that may be left out: it fits any value.
ANY = "UNDEF"
KINDS = ("node", "concept", "predicate", "text", "date", "number")

_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a query: its variable, what kind of value it takes, what it means, and if it may be left out."""

    name: str
    kind: str
    description: str
    optional: bool = False

    def gist(self) -> str:
        """Gives the kind of value, such as ``node`` or ``node, optional``."""
        return f"{self.kind}, optional" if self.optional else self.kind


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One question of the catalogue, with its text."""

    name: str
    family: str
    summary: str
    text: str
    path: str
    description: str = ""
    params: tuple[Param, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    view: str = "table"


def catalogue(root: Root | None = None, *, internal: bool = False) -> tuple[NamedQuery, ...]:
    """Gives every named query, by family and name.

    Raises:
        CorpusError: Headers that cannot be read, all at once.
    """
    root = root or find_root()
    problems: list[Problem] = []
    found = []
    for path in sorted(root.queries.glob("*/*.rq")):
        if internal or path.parent.name not in INTERNAL:
            found.append(_read(path, root.show(path), problems))
    if problems:
        raise CorpusError(problems)
    return tuple(found)


def find(name: str, root: Root | None = None) -> NamedQuery:
    """Gives one query by its name, or by ``family/name``.

    Raises:
        NotFound: There is none; the closest names are told.
    """
    known = catalogue(root)
    for query in known:
        if name in (query.name, f"{query.family}/{query.name}"):
            return query
    hint = did_you_mean(name, [query.name for query in known]) or "See `kzgraph queries`."
    raise NotFound(f"there is no query `{name}`.", hint=hint)


def _read(path: Path, shown: str, problems: list[Problem]) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    header = "\n".join(_HEADER.findall(text))
    content, found = yamlio.load(header.encode("utf-8"), shown)
    problems += found
    fields = Fields(content, shown, "header", problems, 1)
    params = fields.raw("params")
    columns = fields.raw("columns")
    for own in _OWN:
        fields.raw(own)
    query = NamedQuery(
        name=path.stem,
        family=path.parent.name,
        summary=fields.needed("summary"),
        text=text,
        path=shown,
        description=fields.text("description") or "",
        params=tuple(_param(key, params[key], text, fields) for key in params)
        if isinstance(params, yamlio.Map)
        else (),
        columns=dict(columns) if isinstance(columns, yamlio.Map) else {},
        view=fields.text("view") or "table",
    )
    fields.done()
    return query


def _param(name: str, content: Any, text: str, header: Fields) -> Param:
    fields = Fields(content, header.path, f"parameter {name}", header.problems, header.line)
    examples = [match[1].strip() for match in _values(name).findall(text)]
    kind = fields.choice("kind", KINDS) or "text"
    param = Param(name, kind, fields.text("description") or "", optional=examples == [ANY])
    if len(examples) != 1:
        fields.problem(
            None, f"the line `VALUES ?{name} {{ … }}` is not there exactly once", "Write one, with an example."
        )
    fields.done()
    return param


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"^([ \t]*VALUES[ \t]+\?{re.escape(name)}[ \t]*\{{)([^{{}}\n]*)(\}}[ \t]*)$", re.MULTILINE)


def prepare(query: NamedQuery, params: Mapping[str, str], store: Store | None = None) -> str:
    """Gives a query's text with values in place of its examples.

    Args:
        query: The query.
        params: Values as people write them: a name or slug for a node, ``2012-12`` for a date, … Several values
            for one parameter are separated by ``|``.
        store: Where names of nodes are looked up; without it a node must be an IRI or a prefixed name.

    Raises:
        QueryError: There is no such parameter, or a value does not fit.
        NotFound: A node's name is not known.
    """
    text = query.text
    known = {param.name: param for param in query.params}
    for name, value in params.items():
        if name not in known:
            names = ", ".join(known) or "none"
            raise QueryError(
                f"`{query.name}` has no parameter `{name}`.", hint=did_you_mean(name, known) or f"It has: {names}."
            )
        terms = " ".join(_term(known[name].kind, each.strip(), store) for each in value.split("|"))
        text = _values(name).sub(lambda match, terms=terms: f"{match[1]} {terms} {match[3]}", text)  # type: ignore[misc]
    return text


def _term(kind: str, value: str, store: Store | None) -> str:
    try:
        if kind == "node":
            return _node(value, store)
        if kind in ("concept", "predicate"):
            return iri(value if ":" in value and "//" in value else expand(value) if ":" in value else KZ + value)
        if kind == "date":
            return _date(value)
        if kind == "number":
            return literal(str(int(value)), datatype="http://www.w3.org/2001/XMLSchema#integer")
        return literal(_text(value), datatype=XSD_STRING)
    except (KeyError, ValueError) as error:
        raise QueryError(f"`{value}` is not a {kind}.", hint="See `kzgraph queries NAME` for what it takes.") from error


def _node(value: str, store: Store | None) -> str:
    if "://" in value or store is None:
        return iri(value if "://" in value else expand(value))
    from .names import resolve

    return iri(resolve(store, value).iri)


def _text(value: str) -> str:
    r"""Refuses ``\u``: an engine may read it before it reads the quotes (SPARQL 1.1, section 19.2)."""
    if re.search(r"\\[uU]", value):
        raise ValueError(value)
    return value


def _date(value: str) -> str:
    """Gives an ``xsd:date``: the first day of what an EDTF text says."""
    low, _ = dates.bounds(value) or (None, None)
    if low is None:
        raise ValueError(value)
    return literal(low, datatype="http://www.w3.org/2001/XMLSchema#date")


def is_name(text: str) -> bool:
    """Tells whether a text can only be a query's name, not SPARQL.

    >>> is_name("claims-about"), is_name("ASK { ?s ?p ?o }")
    (True, False)
    """
    return re.fullmatch(r"[a-z0-9/-]+", text) is not None


def table(queries: tuple[NamedQuery, ...]) -> Table:
    """Gives the catalogue as a table: name, the question it answers, its parameters with their kinds."""
    rows = tuple(
        tuple(
            text_term(cell)
            for cell in (query.name, query.summary, ", ".join(f"{p.name} ({p.gist()})" for p in query.params))
        )
        for query in queries
    )
    return Table(("name", "question", "parameters"), rows)


def ask(store: Store, question: str, *, root: Root | None = None, **params: str) -> Answer:
    """Answers a named question or a SPARQL text.

    Args:
        store: Where to ask.
        question: A name from the catalogue, or SPARQL; prefixes of kzgraph need not be declared in SPARQL.
        root: Where the catalogue lies.
        params: Values for the named question's parameters.
    """
    if is_name(question):
        return store.query(prepare(find(question, root), params, store))
    return store.query(with_prefixes(question))


def with_prefixes(text: str) -> str:
    """Gives SPARQL with the prefixes of kzgraph that it uses but does not declare."""
    from .namespaces import PREFIXES

    declared = {match.lower() for match in re.findall(r"(?i)\bprefix\s+([\w-]*):", text)}
    missing = [prefix for prefix in PREFIXES if prefix not in declared and re.search(rf"(?<![\w-]){prefix}:", text)]
    lines = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in missing)
    return f"{lines}{text}" if lines else text
