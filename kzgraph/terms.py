"""RDF terms as small tuples, N-Triples text in and out; no RDF library is needed to make or read them.

A quad is four strings of N-Triples syntax, so that a stream of quads is text that any store loads in bulk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .namespaces import PREFIXES, expand

XSD_STRING = PREFIXES["xsd"] + "string"
LANG_STRING = PREFIXES["rdf"] + "langString"
EDTF = PREFIXES["edtf"] + "EDTF"

# https://www.w3.org/TR/n-triples/#grammar-production-IRIREF
_FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
# Canonical N-Triples (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples), so that one literal has one text,
# whichever engine wrote it.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f\ufffe\uffff]')


class Quad(NamedTuple):
    """One statement in one named graph; each part in N-Triples syntax."""

    subject: str
    predicate: str
    object: str
    graph: str

    def line(self) -> str:
        """Gives the statement as one line of N-Quads."""
        return f"{self.subject} {self.predicate} {self.object} {self.graph} .\n"


class Term(NamedTuple):
    """One value of a query's answer: ``kind`` is ``iri``, ``literal`` or ``bnode``."""

    kind: str
    value: str
    lang: str | None = None
    datatype: str | None = None

    def ntriples(self) -> str:
        """Gives the term in N-Triples syntax."""
        if self.kind == "iri":
            return iri(self.value)
        if self.kind == "bnode":
            return f"_:{self.value}"
        return literal(self.value, lang=self.lang, datatype=self.datatype)


def text_term(text: str) -> Term:
    """Gives a plain text as a cell of a table."""
    return Term("literal", text, None, XSD_STRING)


def number_term(number: int) -> Term:
    """Gives a whole number as a cell of a table."""
    return Term("literal", str(number), None, PREFIXES["xsd"] + "integer")


Row = tuple[Term | None, ...]


class Table:
    """The answer of a SELECT: columns in the query's order, rows in the store's order.

    Args:
        columns: The names of the variables.
        rows: The rows, or a function that gives them, called when they are first read: an engine's answer is
            whole by then, but its terms are turned into ours only for who reads them.
    """

    __slots__ = ("_rows", "columns")

    def __init__(self, columns: tuple[str, ...], rows: tuple[Row, ...] | Callable[[], tuple[Row, ...]]) -> None:
        self.columns = columns
        self._rows = rows

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, each with a term or None for each column."""
        if callable(self._rows):
            self._rows = self._rows()
        return self._rows

    def records(self) -> Iterator[dict[str, str]]:
        """Gives each row as a dict of its bound columns' texts."""
        for row in self.rows:
            yield {name: term.value for name, term in zip(self.columns, row, strict=True) if term is not None}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return hash((self.columns, self.rows))

    def __repr__(self) -> str:
        return f"Table(columns={self.columns!r}, rows={self.rows!r})"


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer of a CONSTRUCT or DESCRIBE: sorted, without repeats, in N-Triples syntax."""

    triples: tuple[tuple[str, str, str], ...]

    def ntriples(self) -> str:
        """Gives one line a triple."""
        return "".join(f"{s} {p} {o} .\n" for s, p, o in self.triples)


Answer = Table | Triples | bool


def iri(text: str) -> str:
    """Gives an IRI in N-Triples syntax.

    Raises:
        ValueError: A character stands in it that an IRI cannot have.

    >>> iri("https://example.org/a")
    '<https://example.org/a>'
    """
    if _FORBIDDEN_IN_IRI.search(text) or ":" not in text:
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


@cache
def name(curie: str) -> str:
    """Gives a prefixed name's IRI in N-Triples syntax.

    >>> name("kz:Claim")
    '<https://w3id.org/kzgraph/ontology#Claim>'
    """
    return iri(expand(curie))


def literal(text: str, *, lang: str | None = None, datatype: str | None = None) -> str:
    r"""Gives a literal in N-Triples syntax.

    >>> literal('say "no"', lang="en")
    '"say \\"no\\""@en'
    """
    quoted = '"' + _TO_ESCAPE.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text) + '"'
    if lang:
        return f"{quoted}@{lang}"
    if datatype and datatype != XSD_STRING:
        return f"{quoted}^^{iri(datatype)}"
    return quoted


def integer(number: int) -> str:
    """Gives an ``xsd:integer``."""
    return literal(str(number), datatype=PREFIXES["xsd"] + "integer")


_TERM = re.compile(
    r'<(?P<iri>[^>]*)>|_:(?P<bnode>\S+)|"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<lang>[A-Za-z0-9-]+)|\^\^<(?P<type>[^>]*)>)?',
    re.DOTALL,
)
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def parse(text: str) -> Term:
    """Gives the term that one N-Triples text stands for.

    Raises:
        ValueError: The text is not a term.

    >>> parse('"yes"@en')
    Term(kind='literal', value='yes', lang='en', datatype=None)
    """
    match = _TERM.fullmatch(text)
    if not match:
        raise ValueError(f"not an N-Triples term: {text!r}")
    if match["iri"] is not None:
        return Term("iri", _unescape(match["iri"]))
    if match["bnode"] is not None:
        return Term("bnode", match["bnode"])
    datatype = None if match["lang"] else match["type"] or XSD_STRING
    return Term("literal", _unescape(match["text"]), match["lang"], datatype)


def split(line: str) -> list[str]:
    """Gives the terms of one line of N-Triples or N-Quads; none for a blank line or a comment."""
    return [] if line.startswith("#") else [match[0] for match in _TERM.finditer(line)]


def _unescape(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code and int(code, 16) > 0x10FFFF:
            raise ValueError(f"not a character: {match[0]}")
        return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])

    return _UNESCAPE.sub(plain, text) if "\\" in text else text
