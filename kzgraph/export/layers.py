"""What the formats are made from: the layers of a store as triples, and its records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .. import iris, records
from ..errors import StoreError
from ..namespaces import PREFIXES
from ..paths import Root
from ..terms import Table, Term, iri

if TYPE_CHECKING:
    from ..build import Graph
    from ..store import Store

Triple = tuple[str, str, str]

#: What a store without named graphs is called as a layer.
WHOLE = "kzgraph"


@dataclass(frozen=True, slots=True)
class Layer:
    """One named graph: its name, its IRI (None where the store has no named graphs), its sorted triples."""

    name: str
    iri: str | None
    triples: tuple[Triple, ...]


class Source:
    """A store with what formats ask of it, each asked once."""

    def __init__(self, store: Store, root: Root | None = None) -> None:
        self.store, self.root = store, root

    @classmethod
    def of(cls, graph: Graph | Store, root: Root | None = None) -> Source:
        """Gives the source of a built graph or of a store."""
        from ..build import Graph

        return cls(graph.store if isinstance(graph, Graph) else graph, root)

    @cached_property
    def records(self) -> records.Records:
        """What the graph holds, as records."""
        return records.read(self.store, self.root)

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, by name. A store without named graphs is one layer.

        Raises:
            StoreError: A graph has no name that can name a file, or the store gave less than it holds.
        """
        named = [term.value for term in self.column(_GRAPHS)]
        if not named:
            return (Layer(WHOLE, None, self.triples("?s ?p ?o")),)
        return tuple(self._layer(graph) for graph in sorted(named))

    def _layer(self, graph: str) -> Layer:
        name = graph.removeprefix(PREFIXES["kzg"])
        if not iris.is_slug(name):
            raise StoreError("the name of this graph is no slug.", where=graph, hint="Name graphs in kebab case.")
        return Layer(name, graph, self.triples(f"GRAPH {iri(graph)} {{ ?s ?p ?o }}"))

    @cached_property
    def merged(self) -> tuple[Triple, ...]:
        """The triples of all layers, each once."""
        return tuple(sorted({triple for layer in self.layers for triple in layer.triples}))

    def triples(self, pattern: str) -> tuple[Triple, ...]:
        """Gives the triples of a pattern over ``?s ?p ?o``, sorted, in N-Triples syntax.

        Raises:
            StoreError: The store gave less than it counts, as endpoints with a limit on results do.
        """
        answer = self.store.query(f"SELECT ?s ?p ?o WHERE {{ {pattern} }} ORDER BY ?s ?p ?o")
        assert isinstance(answer, Table)
        found = {(_text(s), _text(p), _text(o)) for s, p, o in answer.rows}
        (count,) = self.column(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        if len(answer.rows) < int(count.value):
            message = f"the store gave {len(answer.rows)} of {count.value} statements."
            raise StoreError(message, hint="Raise the endpoint's limit on results.")
        return tuple(sorted(found))

    def column(self, query: str) -> tuple[Term, ...]:
        """Gives the only column of a SELECT, without what is not bound."""
        answer = self.store.query(query)
        assert isinstance(answer, Table)
        return tuple(row[0] for row in answer.rows if row[0] is not None)


_GRAPHS = f"""SELECT DISTINCT ?g WHERE {{
  GRAPH ?g {{ ?s ?p ?o }}
  FILTER(STRSTARTS(STR(?g), "{PREFIXES["kzg"]}"))
}} ORDER BY ?g"""


def _text(term: Term | None) -> str:
    assert term is not None
    return term.ntriples()


def by_subject(triples: Iterable[Triple]) -> dict[str, list[tuple[str, str]]]:
    """Gives the pairs of predicate and object of each subject, in the order given.

    >>> by_subject([("a", "p", "1"), ("a", "q", "2")])
    {'a': [('p', '1'), ('q', '2')]}
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for subject, predicate, value in triples:
        found.setdefault(subject, []).append((predicate, value))
    return found
