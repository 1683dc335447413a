"""One interface to ask, three places where the graph may lie: memory, disk, or a remote endpoint.

This module is the only home of pyoxigraph; ``remote`` is the only home of SPARQLWrapper. In every store the default
graph that a query sees is the union of all named graphs, so a plain ``?s ?p ?o`` asks everything.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from . import guard
from .errors import CorpusError, NotFound, Problem, QueryError, StoreError
from .namespaces import PREFIXES
from .terms import Answer, Table, Term, Triples


class Store(Protocol):
    """What can be asked. Closing frees the store; it may be used in a ``with`` statement."""

    def query(self, text: str) -> Answer:
        """Runs one SPARQL 1.1 query: a Table for SELECT, Triples for CONSTRUCT and DESCRIBE, a bool for ASK.

        Raises:
            QueryError: The text is not a query, asks for something that is not allowed, or fails.
            StoreError: The store cannot be reached.
        """

    def close(self) -> None:
        """Frees the store."""


class Oxigraph:
    """An Oxigraph store in memory, or read-only on disk (made by ``write``)."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def query(self, text: str) -> Answer:
        """See ``Store.query``."""
        dataset = guard.check(text)
        if self._store is None:
            raise StoreError("the store is closed.")
        try:
            answer = self._store.query(text, use_default_graph_as_union=not dataset)
            return _answer(answer)
        except SyntaxError as error:
            raise QueryError(f"this is not SPARQL 1.1: {error.msg}", hint=guard.hint(text)) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def __len__(self) -> int:
        return len(self._store)

    def add(self, nquads: bytes) -> None:
        """Adds N-Quads to a store in memory."""
        import pyoxigraph as ox

        self._store.load(nquads, ox.RdfFormat.N_QUADS, lenient=True)

    def dump(self) -> bytes:
        """Gives all quads as N-Quads, in no order."""
        import pyoxigraph as ox

        return bytes(self._store.dump(format=ox.RdfFormat.N_QUADS))

    def close(self) -> None:
        """Frees the store."""
        self._store = None

    def __enter__(self) -> Oxigraph:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _answer(answer: Any) -> Answer:
    import pyoxigraph as ox

    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return Triples(tuple(sorted({(str(t.subject), str(t.predicate), str(t.object)) for t in answer})))
    columns = tuple(variable.value for variable in answer.variables)
    solutions = list(answer)
    return Table(columns, lambda: _rows(solutions))


def _rows(solutions: list[Any]) -> tuple[tuple[Term | None, ...], ...]:
    convert = _Converter()
    return tuple(tuple(map(convert, solution)) for solution in solutions)


class _Converter:
    """Turns pyoxigraph's terms into ours."""

    def __init__(self) -> None:
        import pyoxigraph as ox

        self._node, self._literal = ox.NamedNode, ox.Literal

    def __call__(self, term: Any) -> Term | None:
        if term is None:
            return None
        kind = type(term)
        if kind is self._node:
            return Term("iri", term.value)
        if kind is self._literal:
            lang = term.language
            return Term("literal", term.value, lang, None if lang else term.datatype.value)
        return Term("bnode", getattr(term, "value", str(term)))


# --- making stores --------------------------------------------------------------------------------------------


def in_memory(nquads: bytes) -> Oxigraph:
    """Gives a store in memory that holds these N-Quads."""
    return Oxigraph(_filled(None, nquads))


def _filled(path: str | None, nquads: bytes) -> Any:
    import pyoxigraph as ox

    store = ox.Store(path) if path else ox.Store()
    store.bulk_load(nquads, ox.RdfFormat.N_QUADS, lenient=True)  # our own writer made them
    return store


CURRENT = "current"  # a link in the store's folder to the version that readers open
_VERSION = re.compile(r"(?:\.building-)?version-[0-9a-f]{16}")


def write(folder: Path, nquads: bytes, digest: str) -> bool:
    """Makes or renews the store in a folder; a kill at any moment leaves the old one or the new one.

    A version is built aside and becomes the store by one rename of a link. Building the same data again changes
    nothing.

    Args:
        folder: The store's folder; made if absent. It must be empty or a store that this function made.
        nquads: All quads.
        digest: Names the version: the SHA-256 of the quads, in hexadecimal.

    Returns:
        True if the store changed.

    Raises:
        StoreError: The folder holds something else, or cannot be written.
    """
    version = f"version-{digest[:16]}"
    link = folder / CURRENT
    if folder.exists() and not _is_ours(folder):
        raise StoreError("this folder holds something else.", where=str(folder), hint="Name an empty or new folder.")
    if link.is_symlink() and link.readlink() == Path(version) and (folder / version).is_dir():
        _sweep(folder, keep=version)
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, keep=str(link.readlink()) if link.is_symlink() else "")
        aside = folder / f".building-{version}"
        store = _filled(str(aside), nquads)
        store.optimize()
        store.flush()
        del store
        aside.rename(folder / version)
        fresh = folder / ".current"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(version)
        fresh.replace(link)
        _sweep(folder, keep=version)
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store cannot be written ({error}).", where=str(folder)) from error
    return True


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and all(
        path.name in (CURRENT, ".current") or _VERSION.fullmatch(path.name) for path in folder.iterdir()
    )


def _sweep(folder: Path, *, keep: str) -> None:
    for path in folder.iterdir():
        if _VERSION.fullmatch(path.name) and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def on_disk(folder: Path) -> Oxigraph:
    """Opens the store that ``write`` made, for reading.

    Raises:
        NotFound: There is none in this folder.
        StoreError: It cannot be opened.
    """
    import pyoxigraph as ox

    version = folder / CURRENT
    if not version.is_dir():
        raise NotFound("there is no store here.", where=str(folder), hint="Make one: kzgraph build --store DIR.")
    try:
        return Oxigraph(ox.Store.read_only(str(version.resolve())))
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the store cannot be opened ({error}).", where=str(folder)) from error


# --- RDF files ------------------------------------------------------------------------------------------------


def parse_turtle(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, str]]:
    """Gives the triples of Turtle files, in N-Triples syntax.

    Raises:
        CorpusError: With the first syntax error of each file, with its line.
    """
    import pyoxigraph as ox

    problems: list[Problem] = []
    for shown, data in files:
        try:
            for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
                yield str(quad.subject), str(quad.predicate), str(quad.object)
        except SyntaxError as error:
            problems.append(
                Problem(shown, error.lineno or 0, "", f"this is not Turtle ({error.msg})", "Mend the syntax.")
            )
    if problems:
        raise CorpusError(problems)


def to_turtle(triples: Iterable[tuple[str, str, str]], *, trig_graph: str | None = None) -> bytes:
    """Writes triples, in the order given, as Turtle (or as one graph of TriG) with kzgraph's prefixes."""
    import pyoxigraph as ox

    text = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    parsed: Iterator[Any] = (
        quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    )
    kind = ox.RdfFormat.TURTLE
    if trig_graph is not None:
        graph = ox.NamedNode(trig_graph)
        parsed = (ox.Quad(t.subject, t.predicate, t.object, graph) for t in parsed)
        kind = ox.RdfFormat.TRIG
    data = ox.serialize(parsed, format=kind, prefixes=PREFIXES)
    assert data is not None
    return bytes(data)
