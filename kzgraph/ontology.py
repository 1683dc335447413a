"""The ontology's files: its triples for the graph, and the words it lets a person write."""

from __future__ import annotations

from .errors import NotFound
from .model import Vocabulary
from .namespaces import KZ
from .paths import Root
from .store import parse_turtle
from .terms import name

_TYPE, _INVERSE = name("rdf:type"), name("owl:inverseOf")


def files(root: Root) -> list[tuple[str, bytes]]:
    """Gives the ontology's modules, without the shapes: shown path and bytes."""
    found = [(root.show(path), path.read_bytes()) for path in sorted(root.ontology.glob("*.ttl"))]
    if not found:
        raise NotFound("there is no ontology here.", where=str(root.ontology), hint="Put its .ttl files there.")
    return found


def triples(root: Root) -> list[tuple[str, str, str]]:
    """Gives the ontology's triples, sorted, without repeats, in N-Triples syntax.

    Raises:
        CorpusError: A file is not Turtle.
    """
    return sorted(set(parse_turtle(files(root))))


def vocabulary(found: list[tuple[str, str, str]]) -> Vocabulary:
    """Gives the local names of the ontology's classes, claim predicates and concepts, and which turn which around."""
    types: dict[str, set[str]] = {}
    inverses: dict[str, str] = {}
    for subject, predicate, value in found:
        if predicate == _INVERSE:
            inverses[subject[len(KZ) + 1 : -1]] = value[len(KZ) + 1 : -1]
        if predicate == _TYPE and subject.startswith(f"<{KZ}"):
            types.setdefault(value, set()).add(subject[len(KZ) + 1 : -1])

    def of(curie: str) -> frozenset[str]:
        return frozenset(types.get(name(curie), ()))

    return Vocabulary(of("owl:Class"), of("kz:ClaimPredicate"), of("skos:Concept"), inverses)
