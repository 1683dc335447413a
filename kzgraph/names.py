"""A name in any spelling to the node that it names, and never a guess.

What matches better wins: an IRI, prefixed name or slug, then a label, then any other name, then both again
without regard to case, accents, punctuation and script, then the one person whose name holds the words (a surname
alone), then the one node with a name that begins with the words, then the one with a name that holds them all. Where
several nodes match equally well, or none does, nothing is chosen: the error tells the candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from . import iris
from .errors import NotFound
from .namespaces import BASE, KZ, PREFIXES, expand, shorten
from .plaintext import printable
from .reading import Reader
from .records import Ref
from .terms import Table, iri

if TYPE_CHECKING:
    from .store import Store

CLOSE = 72  # of 100: how alike a name must be to be offered
OFFERED = 5
LISTED = 20  # candidates that an error tells
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_ROLES = ("id", "doc", "claim", "passage")


def resolve(store: Store, text: str) -> Ref:
    """Gives the node that a text names.

    Args:
        store: Any store or endpoint.
        text: An IRI, a prefixed name (``id:vadim-kuramshin``), a slug (``vadim-kuramshin``, or
            ``document.001`` for a claim), a label, or any name in any script.

    Raises:
        NotFound: Nothing is named so ("Did you mean …?"), or several are and the text does not tell which.
    """
    text = text.strip()
    reader = Reader(store)
    for address in _addresses(text):
        if (found := _node(store, reader, address)) is not None:
            return found
    nodes = {ref.iri: ref for ref in reader.nodes()}
    labels = [(ref.iri, ref.label) for ref in nodes.values()]
    names = [(node, name.text) for node, name in reader.names() if node in nodes]
    for known, given in ((labels, text), (names, text), (_folded(labels), fold(text)), (_folded(names), fold(text))):
        match = sorted({node for node, name in known if given and name == given})
        if len(match) == 1:
            return nodes[match[0]]
        if match:
            raise _ambiguous(text, [nodes[node] for node in match])
    for candidates in _with_words(fold(text), nodes, [*_folded(labels), *_folded(names)]):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise _ambiguous(text, candidates)
    raise _unknown(text, nodes, [*labels, *names])


def _with_words(asked: str, nodes: dict[str, Ref], names: list[tuple[str, str]]) -> Iterator[list[Ref]]:
    """Gives the nodes one of whose names holds the words asked for: persons, then names that begin so, then any."""
    words = set(asked.split())
    holding = [(node, name) for node, name in names if words and words <= set(name.split())]
    found = [nodes[node] for node in sorted({node for node, _ in holding})]
    yield [ref for ref in found if ref.type == iris.term("Person")]
    yield [nodes[node] for node in sorted({node for node, name in holding if f"{name} ".startswith(f"{asked} ")})]
    yield found


def fold(text: str) -> str:
    """Gives a text in lower-case ASCII words, so that spellings and scripts can be compared.

    >>> fold("Дана ОСПАН"), fold("Miners’ Union of Ақтас"), fold("Café")
    ('dana ospan', 'miners union of aqtas', 'cafe')
    """
    from anyascii import anyascii

    plain = anyascii(unicodedata.normalize("NFKC", text).casefold()).casefold()
    return _NOT_WORD.sub(" ", plain.replace("'", "")).strip()


def _folded(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(node, fold(name)) for node, name in pairs]


def _addresses(text: str) -> Iterator[str]:
    """Gives the IRIs that a text may stand for, as text."""
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if re.fullmatch(r"(https?|urn):\S+", bare):
        yield bare
        return
    prefix, colon, local = text.partition(":")
    if colon and local and prefix in PREFIXES:
        yield expand(text)
    elif re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(\.p?[0-9]+)?", text):
        yield from (f"{BASE}{role}/{text}" for role in _ROLES)


def _node(store: Store, reader: Reader, address: str) -> Ref | None:
    """Gives the node with an IRI, if the graph says anything of it; a claim is labelled by its statement."""
    try:
        node = iri(address)
    except ValueError:
        return None
    known = reader.ref(address)
    if known.type is not None:
        return known
    statement = store.query(f"SELECT ?statement WHERE {{ {node} <{KZ}statement> ?statement }} ORDER BY ?statement")
    assert isinstance(statement, Table)
    for row in statement.records():
        return Ref(address, row["statement"], iris.term("Claim"))
    return known if store.query(f"ASK {{ {node} ?p ?o }}") is True else None


def _told(ref: Ref) -> str:
    return f"“{printable(ref.label)}” ({printable(shorten(ref.iri))})"


def _ambiguous(text: str, refs: list[Ref]) -> NotFound:
    ranked = sorted(refs, key=lambda ref: (ref.label, ref.iri))
    more = f" and {len(ranked) - LISTED} more" if len(ranked) > LISTED else ""
    message = f"“{printable(text)}” names several: {', '.join(map(_told, ranked[:LISTED]))}{more}."
    return NotFound(message, hint="Say which by its prefixed name.")


def _unknown(text: str, nodes: dict[str, Ref], names: list[tuple[str, str]]) -> NotFound:
    close = _closest(fold(text), names)
    message = f"nothing in the graph is named “{printable(text)}”."
    if not close:
        return NotFound(message, hint="Ask for the entities: kzgraph export entities.jsonl.")
    offers = " or ".join(_told(nodes[node]) for node in close)
    return NotFound(message, hint=f"Did you mean {offers}?")


def _closest(text: str, names: list[tuple[str, str]]) -> list[str]:
    """Gives the nodes whose names or slugs are most alike, the most alike first."""
    from rapidfuzz import fuzz

    best: dict[str, float] = {}
    for node, name in [*names, *((node, node.rpartition("/")[2]) for node, _ in names)]:
        score = fuzz.WRatio(text, fold(name), score_cutoff=CLOSE)
        best[node] = max(score, best.get(node, 0.0))
    ranked = sorted((-score, node) for node, score in best.items() if score)
    return [node for _, node in ranked[:OFFERED]]
