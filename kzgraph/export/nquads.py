"""N-Quads: one line a statement, sorted by code point; the same text that a build makes."""

from __future__ import annotations

from ..terms import iri
from .layers import Source


def write(source: Source) -> bytes:
    """Gives all layers as N-Quads; N-Triples where the store has no named graphs."""
    lines = []
    for layer in source.layers:
        graph = f" {iri(layer.iri)}" if layer.iri else ""
        lines += [f"{s} {p} {o}{graph} .\n" for s, p, o in layer.triples]
    return "".join(sorted(lines)).encode()
