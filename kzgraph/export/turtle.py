"""Turtle: the whole graph in one file, or a file a layer."""

from __future__ import annotations

from ..turtle import document
from .layers import Source


def merged(source: Source) -> bytes:
    """Gives all layers as one Turtle file."""
    return document(source.merged)


def folder(source: Source) -> dict[str, bytes]:
    """Gives a Turtle file for each layer."""
    return {f"{layer.name}.ttl": document(layer.triples) for layer in source.layers}
