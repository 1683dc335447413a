"""The IRIs of the data, made from slugs: flat by role, no blank nodes, nothing random."""

from __future__ import annotations

import hashlib
import json
import re

from .namespaces import BASE, KZ

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
#: The named graphs that are no documents; no document may be called so.
LAYERS = frozenset(
    ["ontology", "entities", "judgements", "quantities", "reuse", "propositions", "stated", "lineage", "conflicts"]
)


def is_slug(text: str) -> bool:
    """Tells whether a text is ASCII kebab case of at most 60 characters.

    >>> is_slug("aktas-district-court"), is_slug("Aktas court")
    (True, False)
    """
    return len(text) <= LONGEST_SLUG and SLUG.fullmatch(text) is not None


def entity(slug: str) -> str:
    """Gives an entity's IRI."""
    return f"{BASE}id/{slug}"


def document(slug: str) -> str:
    """Gives a document's IRI; cited references are documents too."""
    return f"{BASE}doc/{slug}"


def snapshot(slug: str, sha256: str) -> str:
    """Gives the IRI of the exact bytes of one document."""
    return f"{BASE}snapshot/{slug}.{sha256[:12]}"


def passage(doc: str, number: str) -> str:
    """Gives a passage's IRI."""
    return f"{BASE}passage/{doc}.{number}"


def claim(doc: str, number: str) -> str:
    """Gives a claim's IRI."""
    return f"{BASE}claim/{doc}.{number}"


def judgement(slug: str) -> str:
    """Gives a judgement's IRI."""
    return f"{BASE}judgement/{slug}"


def graph(slug: str) -> str:
    """Gives a named graph's IRI."""
    return f"{BASE}graph/{slug}"


def term(local: str) -> str:
    """Gives the IRI of a class, property or concept of the ontology."""
    return f"{KZ}{local}"


def fragment(snapshot_iri: str, start: int, end: int) -> str:
    """Gives the IRI of a span of text (RFC 5147, section 2.2.1: character positions, 0-based, half-open).

    >>> fragment("https://example.org/t", 3, 9)
    'https://example.org/t#char=3,9'
    """
    return f"{snapshot_iri}#char={start},{end}"


def digest(*parts: str) -> str:
    """Gives 20 hexadecimal digits that stand for these parts, in this order.

    The parts are digested as a JSON array, so ``("ab", "c")`` is not ``("a", "bc")``.
    """
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8")).hexdigest()[:20]


def quantity(key: str) -> str:
    """Gives the IRI of a quantity from the digest of its parts."""
    return f"{BASE}quantity/{key}"


def proposition(key: str) -> str:
    """Gives the IRI of a proposition from the digest of its parts."""
    return f"{BASE}proposition/{key}"


def reuse(key: str) -> str:
    """Gives the IRI of a shared text from the digest of its two runs."""
    return f"{BASE}reuse/{key}"


def conflict(key: str) -> str:
    """Gives the IRI of a conflict: by the slug of its judgement, or by the digest of its rule and claims."""
    return f"{BASE}conflict/{key}"


def origin(key: str) -> str:
    """Gives the IRI of an origin from the digest of its proposition and its first mention."""
    return f"{BASE}origin/{key}"


def fold(key: str) -> str:
    """Gives the IRI of a fold from the digest of its two claims."""
    return f"{BASE}fold/{key}"
