"""TriG for people to read: Turtle with the layers as named graphs."""

from __future__ import annotations

from ..store import to_turtle
from ..turtle import body, order, prefixes
from .layers import Source


def write(source: Source) -> bytes:
    """Gives all layers as one TriG file."""
    text = ""
    for layer in source.layers:
        written = to_turtle(sorted(layer.triples, key=order), trig_graph=layer.iri).decode("utf-8")
        text += body(written, graph=layer.iri is not None)
    return f"{prefixes(text)}{text}".encode()
