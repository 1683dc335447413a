"""JSON-LD 1.1 with ``ontology/context.jsonld`` inlined: no reader has to fetch anything.

Each layer is a named graph; what is part of one node alone (a claim's target, a name) stands inside it.
Values are written in the short form only where the context says the same of them, else in full, so the
document expands to exactly the triples that it was made from.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ..namespaces import expand
from ..paths import shipped
from ..terms import XSD_STRING, Term, name, parse
from .layers import Layer, Source, by_subject

Json = dict[str, Any]
_TYPE = name("rdf:type")
_INTEGER = expand("xsd:integer")
_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every reader of JSON keeps exactly


def write(source: Source) -> bytes:
    """Gives all layers as one JSON-LD file, with sorted keys."""
    folder = source.root.ontology if source.root else shipped() / "ontology"
    context = json.loads((folder / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    terms = _Terms(context)
    graphs = [_Graph(layer, terms).nodes() for layer in source.layers]
    named = [
        nodes if layer.iri is None else [{terms.id: layer.iri, "@graph": nodes}]
        for layer, nodes in zip(source.layers, graphs, strict=True)
    ]
    whole = {"@context": context, "@graph": [node for nodes in named for node in nodes]}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Key:
    """A term of the context: its name, and how it coerces the values beside it."""

    name: str
    coercion: str | None = None


class _Terms:
    """A JSON-LD context, turned round: from IRIs to terms."""

    def __init__(self, context: Json) -> None:
        self._prefixes: dict[str, str] = {key: value for key, value in context.items() if _is_prefix(value)}
        self._names: dict[str, str] = {}  # IRI → term, for types and @vocab values
        self._keys: dict[str, _Key] = {}  # predicate → term
        self.id, self.type = "@id", "@type"
        for key, value in sorted(context.items(), reverse=True):
            if value == "@id":
                self.id = key
            elif value == "@type":
                self.type = key
            elif not key.startswith("@"):
                self._add(key, value)

    def _add(self, key: str, value: str | Json) -> None:
        entry = {"@id": value} if isinstance(value, str) else value
        if not set(entry) <= {"@id", "@type"} or "@id" not in entry:
            return  # containers, languages and the like: such values are written in full
        found, coercion = self._expand(entry["@id"]), entry.get("@type")
        self._names[found] = key
        whole = coercion if coercion is None or coercion.startswith("@") else self._expand(coercion)
        self._keys[found] = _Key(key, whole)

    def _expand(self, text: str) -> str:
        prefix, _, local = text.partition(":")
        return self._prefixes.get(prefix, f"{prefix}:") + local

    def key(self, predicate: str) -> _Key:
        """Gives the key under which a predicate's values stand."""
        return self._keys.get(predicate) or _Key(self.address(predicate))

    def term(self, iri: str) -> str:
        """Gives an IRI as it stands where terms may stand."""
        return self._names.get(iri) or self.address(iri)

    def address(self, iri: str) -> str:
        """Gives an IRI as it stands where addresses stand: with a prefix where one fits."""
        if iri.startswith("_:"):
            return iri
        fits = [(base, prefix) for prefix, base in self._prefixes.items() if iri.startswith(base)]
        base, prefix = max(fits, default=("", ""))
        local = iri[len(base) :]
        usable = prefix and local and not local.startswith("//")
        return f"{prefix}:{local}" if usable else iri

    def value(self, term: Term, key: _Key) -> Any:
        """Gives a value as it stands beside a key."""
        if term.kind != "literal":
            iri = term.value if term.kind == "iri" else f"_:{term.value}"
            if key.coercion == "@vocab":
                return self.term(iri)
            return self.address(iri) if key.coercion == "@id" else {self.id: self.address(iri)}
        if term.lang:
            return {"@language": term.lang, "@value": term.value}
        datatype = term.datatype or XSD_STRING
        if datatype == _INTEGER and key.coercion in (None, _INTEGER) and _PLAIN_INTEGER.fullmatch(term.value):
            return int(term.value)
        if key.coercion == datatype or (key.coercion is None and datatype == XSD_STRING):
            return term.value
        return {"@value": term.value} if datatype == XSD_STRING else {"@type": datatype, "@value": term.value}


def _is_prefix(value: str | Json) -> bool:
    """Tells whether a term is a prefix (https://www.w3.org/TR/json-ld11/#compact-iris)."""
    return isinstance(value, str) and value[-1:] in tuple(":/?#[]@") and not value.startswith("@")


class _Graph:
    """The nodes of one layer, parts inside the nodes that they are part of."""

    def __init__(self, layer: Layer, terms: _Terms) -> None:
        self._terms, self._subjects = terms, by_subject(layer.triples)
        uses = Counter(value for pairs in self._subjects.values() for _, value in pairs if value.startswith("<"))
        self._parts = {node for node in self._subjects if uses[node] == 1 and self._whole(node) in self._subjects}
        self._done: set[str] = set()

    @staticmethod
    def _whole(node: str) -> str:
        """Gives the IRI of what a node is part of: parts are named ``<whole>.<part>``."""
        return node.rpartition(".")[0] + ">"

    def nodes(self) -> list[Json]:
        """Gives all nodes: those that are no part, then parts that only parts point to."""
        first = [self._node(subject) for subject in self._subjects if subject not in self._parts]
        return first + [self._node(subject) for subject in self._subjects if subject not in self._done]

    def _node(self, subject: str) -> Json:
        self._done.add(subject)
        node: Json = {self._terms.id: self._terms.address(_iri(subject))}
        for predicate, value in self._subjects[subject]:
            if predicate == _TYPE and value.startswith("<"):
                key, item = self._terms.type, self._terms.term(_iri(value))
            else:
                found = self._terms.key(parse(predicate).value)
                key, item = found.name, self._value(subject, value, found)
            node.setdefault(key, []).append(item)
        return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}

    def _value(self, subject: str, value: str, key: _Key) -> Any:
        family = {subject, self._whole(subject)}
        if value in self._parts and value not in self._done and self._whole(value) in family:
            return self._node(value)
        return self._terms.value(parse(value), key)


def _iri(node: str) -> str:
    """Gives the address of a node in N-Triples syntax."""
    return parse(node).value if node.startswith("<") else node
