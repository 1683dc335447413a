"""The graph in the formats of others: one module a format, behind one registry.

::

    turtle    .ttl       one file, or a folder with a file a layer
    trig      .trig      named graphs, pleasant to read
    nquads    .nq        named graphs, one sorted line a statement
    jsonld    .jsonld    named graphs, with the context inlined
    graphml   .graphml   the network of entities
    jsonl     a folder   all files of lines: claims, entities, passages, conflicts, origins, …
    claims    claims.jsonl, and so on: one of them

Everything is read from the store by queries, so memory, disk and endpoints give the same bytes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import KzgraphError, NotFound
from ..paths import Root, write_atomically
from . import analysis, graphml, jsonl, nquads, sharing, trig, turtle
from . import jsonld as jsonld_format
from .layers import Source

if TYPE_CHECKING:
    from ..build import Graph
    from ..store import Store

__all__ = ["FORMATS", "Format", "export", "render"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how it is named, which files it makes, and who makes them.

    Attributes:
        name: What ``--format`` takes.
        file: A file name, or the suffix that stands for the format.
        summary: What it is for, in a few words.
        one: Gives the bytes of one file; None if the format is a folder only.
        many: Gives file names and bytes of a folder; None if the format is one file only.
    """

    name: str
    file: str
    summary: str
    one: Callable[[Source], bytes] | None = None
    many: Callable[[Source], dict[str, bytes]] | None = None


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("turtle", ".ttl", "RDF to read and to load anywhere", turtle.merged, turtle.folder),
        Format("trig", ".trig", "RDF to read, with the layers as named graphs", trig.write),
        Format("nquads", ".nq", "RDF to load in bulk, one sorted line a statement", nquads.write),
        Format("jsonld", ".jsonld", "RDF for programs that read JSON", jsonld_format.write),
        Format("graphml", ".graphml", "the network of entities, for Gephi, yEd, igraph", graphml.write),
        Format("claims", "claims.jsonl", "one claim a line, with its evidence", jsonl.claims),
        Format("entities", "entities.jsonl", "one entity a line, with its names", jsonl.entities),
        Format("passages", "passages.jsonl", "one passage a line, with its disposition", jsonl.passages),
        Format("conflicts", "conflicts.jsonl", "one conflict a line, with its status and reason", analysis.conflicts),
        Format("origins", "origins.jsonl", "one proposition a line, with its independent origins", analysis.origins),
        Format("reuse", "reuse.jsonl", "one shared passage a line, with its place in both documents", sharing.reuse),
        Format("jsonl", "", "a folder with each of the files of lines", None, lambda source: _lines(source)),
    )
}


def _lines(source: Source) -> dict[str, bytes]:
    """Gives every file of JSON Lines."""
    return {each.file: each.one(source) for each in FORMATS.values() if each.file.endswith(".jsonl") and each.one}


def render(graph: Graph | Store, format: str, *, root: Root | None = None) -> bytes:
    """Gives the bytes of a format that is one file.

    Raises:
        NotFound: There is no such format, or it is a folder.
    """
    chosen = _named(format)
    if chosen.one is None:
        raise NotFound(f"`{format}` is a folder of files.", hint=f"Name one: {_names(one=True)}.")
    return chosen.one(Source.of(graph, root))


def export(
    graph: Graph | Store, path: str | os.PathLike[str], *, format: str | None = None, root: Root | None = None
) -> tuple[Path, ...]:
    """Writes the graph to a file, a folder, or stdout; the same graph gives the same bytes.

    Each file is written whole or not at all. A folder keeps files that the export does not make.

    Args:
        graph: A built graph, or any store or endpoint.
        path: A file, a folder, or ``-`` for stdout.
        format: A name of ``FORMATS``; by default what the file's name stands for.
        root: The data folders whose context and queries to use; by default those that come with kzgraph.

    Returns:
        The files written, in order; none for stdout.

    Raises:
        NotFound: No format is named so, or none fits the file's name.
        KzgraphError: A file cannot be written.
    """
    name = os.fspath(path)
    chosen = _named(format) if format else by_file(name)
    source = Source.of(graph, root)
    if name == "-":
        sys.stdout.buffer.write(render(graph, chosen.name, root=root))
        sys.stdout.buffer.flush()
        return ()
    target = Path(name)
    as_folder = target.is_dir() or name.endswith(("/", os.sep)) or not target.suffix
    if chosen.many is not None and (as_folder or chosen.one is None):
        files = {target / file: data for file, data in chosen.many(source).items()}
    elif target.is_dir() or chosen.one is None:
        hint = f"Name a file, such as {target / chosen.name}{chosen.file if chosen.file.startswith('.') else '.jsonl'}."
        raise KzgraphError("this is a folder, and the format is one file.", where=name, hint=hint)
    else:
        files = {target: chosen.one(source)}
    for file, data in files.items():
        write_atomically(file, data)
    return tuple(files)


def by_file(name: str) -> Format:
    """Gives the format that a file's name stands for.

    Raises:
        NotFound: It stands for none.

    >>> by_file("out/kzgraph.ttl").name, by_file("claims.jsonl").name
    ('turtle', 'claims')
    """
    for each in FORMATS.values():
        if each.file and (Path(name).name == each.file or Path(name).suffix == each.file):
            return each
    raise NotFound("this name tells no format.", where=name, hint=f"Give one with --format: {_names()}.")


def _named(format: str) -> Format:
    if format not in FORMATS:
        raise NotFound(f"there is no format `{format}`.", hint=f"There are {_names()}.")
    return FORMATS[format]


def _names(*, one: bool = False) -> str:
    return ", ".join(name for name, each in FORMATS.items() if each.one is not None or not one)
