"""GraphML of the network of entities; an edge stands for the claims that say one thing.

Lists, which GraphML has not, are texts with a space between IRIs. An edge's predicate is an attribute, because
the ids of edges must differ.
"""

from __future__ import annotations

import io
import re
from typing import Any

from .layers import Source

# What XML 1.0 cannot hold, even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(source: Source) -> bytes:
    """Gives the network as GraphML."""
    import networkx

    from ..network import entity_network

    network = entity_network(source.records)
    plain = networkx.MultiDiGraph()
    for node, data in sorted(network.nodes(data=True)):
        plain.add_node(_text(node), **_flat(data))
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for number, (start, end, predicate, data) in enumerate(edges):
        data.pop("speech", None)  # there are no edges of speech here
        plain.add_edge(_text(start), _text(end), key=f"e{number}", predicate=_text(predicate), **_flat(data))
    buffer = io.BytesIO()
    networkx.write_graphml_xml(plain, buffer)  # the plain name takes lxml where it is installed: other bytes
    return buffer.getvalue()


def _flat(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    return {name: value for name, item in sorted(data.items()) if (value := _value(item)) is not None}


def _value(item: Any) -> str | int | float | bool | None:
    if item is None or isinstance(item, (bool, int, float)):
        return item
    return _text(item) if isinstance(item, str) else " ".join(_text(str(each)) for each in item)


def _text(text: str) -> str:
    r"""Gives a text that XML can hold: what it cannot is the replacement character.

    >>> _text("Ak\x1btas")
    'Ak\ufffdtas'
    """
    return _NOT_XML.sub("\ufffd", text)
