"""A remote SPARQL 1.1 endpoint, asked through SPARQLWrapper (its only home)."""

from __future__ import annotations

import json
import re
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError

from . import guard
from .errors import QueryError, StoreError
from .terms import XSD_STRING, Answer, Table, Term, Triples, parse, split

TIMEOUT = 60  # seconds


class Endpoint:
    """An endpoint of the SPARQL 1.1 Protocol, read only.

    Its default graph must be the union of its named graphs, as with ``oxigraph serve --union-default-graph``,
    Virtuoso, or any store into which the merged Turtle was loaded.
    """

    def __init__(self, address: str) -> None:
        if not address.startswith(("http://", "https://")):
            raise StoreError("an endpoint is a web address.", where=address, hint="Write it with http:// or https://.")
        self.address = address

    def query(self, text: str) -> Answer:
        """See ``Store.query``."""
        guard.check(text)
        kind = self._kind(text)
        form = "N-Triples" if kind in ("CONSTRUCT", "DESCRIBE") else "SPARQL results in JSON"
        data = self._ask(text, "n-triples" if form == "N-Triples" else "json")
        try:
            if form == "N-Triples":
                return _triples(data.decode("utf-8"))
            found = json.loads(data)
            return bool(found["boolean"]) if kind == "ASK" else _table(found)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise StoreError(f"the endpoint's answer is not {form}.", where=self.address) from error

    def _kind(self, text: str) -> str:
        for match in guard.words(text):
            if match in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
                return match
        raise QueryError("this is not a query.", hint=guard.hint(text))

    def _ask(self, text: str, form: str) -> bytes:
        from SPARQLWrapper import POST, SPARQLExceptions, SPARQLWrapper

        wrapper = SPARQLWrapper(self.address)
        wrapper.setQuery(text)
        wrapper.queryType = self._kind(text)  # it guesses, also from words in comments
        wrapper.setMethod(POST)
        wrapper.setTimeout(TIMEOUT)
        wrapper.setOnlyConneg(True)
        # A server that takes the union for its default graph passes over FROM in the text, but not these parameters.
        for parameter, graphs in zip(("default-graph-uri", "named-graph-uri"), guard.dataset(text), strict=True):
            for graph in graphs:
                wrapper.addParameter(parameter, graph)
        wrapper.addCustomHttpHeader(
            "Accept", "application/sparql-results+json" if form == "json" else "application/n-triples"
        )
        try:
            with wrapper.query().response as response:
                return bytes(response.read())
        except SPARQLExceptions.QueryBadFormed as error:
            _release(error)
            raise QueryError(f"the endpoint does not take this query: {_said(error)}", hint=guard.hint(text)) from error
        except (SPARQLExceptions.SPARQLWrapperException, HTTPException, OSError, ValueError) as error:
            _release(error)
            raise StoreError(f"the endpoint does not answer ({_said(error)}).", where=self.address) from error

    def close(self) -> None:
        """Does nothing: there is no connection to keep."""

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _release(error: BaseException) -> None:
    """Closes the connection that an error of HTTP holds."""
    for each in (error, error.__context__):
        if isinstance(each, HTTPError):
            each.close()


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]


def _table(found: Any) -> Table:
    columns = tuple(found["head"]["vars"])
    rows = tuple(tuple(_term(row.get(column)) for column in columns) for row in found["results"]["bindings"])
    return Table(columns, rows)


def _term(found: dict[str, str] | None) -> Term | None:
    if found is None:
        return None
    if found["type"] == "uri":
        return Term("iri", found["value"])
    if found["type"] == "bnode":
        return Term("bnode", found["value"])
    lang = found.get("xml:lang")
    return Term("literal", found["value"], lang, None if lang else found.get("datatype", XSD_STRING))


def _triples(text: str) -> Triples:
    found = set()
    for line in re.split(r"[\n\r]+", text):  # splitlines() would also break at U+2028 within a literal
        parts = [parse(part).ntriples() for part in split(line)]
        if len(parts) == 3:
            found.add((parts[0], parts[1], parts[2]))
        elif parts or line.strip().strip("#"):
            raise ValueError(line)
    return Triples(tuple(sorted(found)))
