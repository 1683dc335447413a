"""What the data were: the SHA-256 of a store's statements, the same that ``kzgraph build`` prints."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..store import Oxigraph
from ..terms import Table, Term, split

if TYPE_CHECKING:
    from ..store import Store

_QUADS = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_BUILT = "N-Quads"
_TRIPLES = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Digest:
    """Which data a sheet is made from.

    Attributes:
        statements: How many there are.
        sha256: Of their sorted lines; None where no digest would be the same tomorrow.
        basis: In words, what was digested, or why nothing was.
    """

    statements: int
    sha256: str | None
    basis: str


def digest(store: Store) -> Digest:
    """Gives the digest of all that a store holds, computed from what it answers.

    A store with named graphs is digested as sorted N-Quads, so a graph in memory, on disk or behind an endpoint has
    the digest that ``kzgraph build`` printed for it; one without, as sorted N-Triples.
    """
    if isinstance(store, Oxigraph):
        lines = {f"{line}\n" for line in store.dump().decode("utf-8").split("\n") if line}
        return _of(lines, _BUILT)
    for text, pattern, form in (
        (_QUADS, "GRAPH ?g { ?s ?p ?o }", _BUILT),
        (_TRIPLES, "?s ?p ?o", "N-Triples"),
    ):
        answer = store.query(text)
        assert isinstance(answer, Table)
        if not answer.rows:
            continue
        told = _count(store, pattern)
        if told != len(answer.rows):
            return Digest(told, None, f"not computed: the endpoint gave {len(answer.rows)} of {told} statements")
        return _of(set(_lines(answer)), form)
    return _of(set(), _BUILT)


def _of(lines: set[str], form: str) -> Digest:
    if any("_:" in line and any(part.startswith("_:") for part in split(line)) for line in lines):
        return Digest(len(lines), None, "not computed: blank nodes have no lasting names")
    data = "".join(sorted(lines)).encode("utf-8", "surrogatepass")
    built = ", as kzgraph build prints it" if form == _BUILT else ""
    basis = f"SHA-256 of the sorted {form} of all {len(lines):,} statements{built}"
    return Digest(len(lines), hashlib.sha256(data).hexdigest(), basis)


def _lines(answer: Table) -> list[str]:
    known: dict[Term | None, str] = {None: ""}

    def written(term: Term | None) -> str:
        text = known.get(term)
        if text is None and term is not None:
            text = known[term] = term.ntriples()
        return text or ""

    return [f"{' '.join(map(written, row))} .\n" for row in answer.rows]


def _count(store: Store, pattern: str) -> int:
    answer = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(answer, Table)
    return int(next(answer.records())["n"])
