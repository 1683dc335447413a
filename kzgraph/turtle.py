"""Turtle for people to read: only the prefixes in use, a blank line between subjects, one order of predicates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .namespaces import PREFIXES
from .store import to_turtle
from .terms import iri, name

Triple = tuple[str, str, str]

#: The predicates that come first within a subject, in this order; all others follow by their IRI.
FIRST = tuple(
    name(each)
    for each in [
        "rdf:type",
        "rdfs:label",
        "skos:prefLabel",
        "skos:altLabel",
        "dcterms:title",
        "kz:number",
        "kz:text",
        "kz:statement",
        "rdf:subject",
        "rdf:predicate",
        "rdf:object",
    ]
)
_RANK = {predicate: rank for rank, predicate in enumerate(FIRST)}
_OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>')
#: A name with an escape, such as ``snapshot:x\#char\=3\,9``; strings and IRIs first, so that nothing in them counts.
_ESCAPED = re.compile(_OPAQUE.pattern + r"|(?P<prefix>[a-z]+):(?P<local>[^\s;,\\\"<>]*\\(?:[^\s;,\\\"<>]|\\.)*)")
_PREFIX = re.compile(r"(?<![\w.:-])([a-z]+):")


def document(triples: Iterable[Triple]) -> bytes:
    """Gives triples as one Turtle file."""
    text = body(to_turtle(sorted(triples, key=order)).decode("utf-8"))
    return f"{prefixes(text)}{text}".encode()


def order(triple: Triple) -> tuple[str, int, str, str]:
    """Gives the key that sorts triples for reading; what is part of a subject comes after it.

    >>> a, b = ("<s>", "<http://x.org/p>", '"1"'), ("<s>", name("rdf:type"), "<http://x.org/T>")
    >>> sorted([a, b], key=order) == [b, a]
    True
    """
    subject, predicate, value = triple
    return subject.rstrip(">"), _RANK.get(predicate, len(FIRST)), predicate, value


def body(text: str, *, graph: bool = False) -> str:
    """Gives the writer's text without its prefixes, four spaces deep, with a blank line before each subject.

    The writer escapes line feeds within literals, so each line of its text is a line of syntax.

    Args:
        text: Turtle, or the TriG of one graph.
        graph: Whether it is TriG; its subjects are one deeper.
    """
    lines = []
    for line in text.split("\n"):
        bare = line.lstrip("\t")
        depth = len(line) - len(bare)
        if bare and not bare.startswith("@prefix "):
            gap = "\n" if depth == 0 or (depth == 1 and graph) else ""
            whole = _ESCAPED.sub(_whole, bare) if "\\" in bare else bare
            lines.append(f"{'' if bare == '}' else gap}{'    ' * depth}{whole}\n")
    return "".join(lines)


def _whole(match: re.Match[str]) -> str:
    """Gives the whole IRI of a name with escapes: some engines keep the escapes in the IRI."""
    if match["prefix"] is None:
        return match[0]
    return iri(PREFIXES[match["prefix"]] + re.sub(r"\\(.)", r"\1", match["local"]))


def prefixes(text: str) -> str:
    """Gives the lines that declare the prefixes used in a text, in the order of ``PREFIXES``."""
    used = set(_PREFIX.findall(_OPAQUE.sub(" ", text)))
    return "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items() if prefix in used)
