"""The canonical form of the files in graph/: one order of fields, one way of quoting, one line a short list.

Formatting changes nothing that is said: it works on what was read, so a file with problems can be formatted too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from .errors import CorpusError, KzgraphError, Problem
from .paths import Root, write_atomically
from .yamlio import Flow, Map, Scalar, Seq, dump, load

DOCUMENT = [
    "slug",
    "type",
    "title",
    "publisher",
    "authors",
    "language",
    "issued",
    "part_of",
    "url",
    "citation",
    "source",
    "note",
]
SOURCE = ["file", "sha256", "characters"]
REFERENCE = ["slug", "type", "title", "authors", "publisher", "issued", "url", "note"]
PASSAGE = ["id", "span", "exact", "disposition", "repeats", "serves", "maps_to", "reason", "claims"]
CLAIM = [
    "id",
    "span",
    "exact",
    "quote",
    "statement",
    "subject",
    "predicate",
    "object",
    "speakers",
    "voice",
    "polarity",
    "modality",
    "certainty",
    "valence",
    "when",
    "when_words",
    "when_inferred",
    "said",
    "where",
    "topics",
    "cites",
    "note",
]
QUANTITY = ["lower", "upper", "approximation", "unit", "counted"]
OBJECT = ["text", "lang", "concept", "date", "quantity", "words"]
ENTITY = ["slug", "type", "label", "names", "same_as", "described", "note"]
NAME = ["text", "lang", "kind", "printed_in", "note"]
JUDGEMENT = [
    "id",
    "kind",
    "status",
    "explanation",
    "entities",
    "claims",
    "between",
    "source",
    "name",
    "document",
    "reason",
    "evidence",
    "note",
]
REUSE = ["a", "b", "words", "similarity", "kind"]
EXTENT = ["document", "span", "sha256"]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?")
_OFFSET = re.compile(r"[0-9]{1,9}")


def _number(value: Any) -> Any:
    return Decimal(value) if isinstance(value, Scalar) and _NUMBER.fullmatch(value) else plain(value)


def plain(value: Any) -> Any:
    """Gives what was read as ordinary lists, dicts and texts."""
    if isinstance(value, Map):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Seq):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Scalar) else value


Each = dict[str, Callable[[Any], Any]]


def _ordered(value: Any, order: Iterable[str], each: Each, *, flow: bool = False) -> Any:
    if not isinstance(value, Map):
        return plain(value)
    known = [key for key in order if key in value]
    keys = [*known, *sorted(key for key in value if key not in known)]
    items = {key: each.get(key, plain)(value[key]) for key in keys}
    return Flow(items) if flow else items


def _list(each: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: [each(item) for item in value] if isinstance(value, Seq) else plain(value)


def _quantity(value: Any) -> Any:
    return _ordered(value, QUANTITY, {"lower": _number, "upper": _number}, flow=True)


def _object(value: Any) -> Any:
    return _ordered(value, OBJECT, {"quantity": _quantity}, flow=True)


def _claim(value: Any) -> Any:
    return _ordered(value, CLAIM, {"span": _list(_number), "object": _object})


def _passage(value: Any) -> Any:
    return _ordered(value, PASSAGE, {"span": _list(_number), "claims": _list(_claim)})


def _digests(value: Any) -> Any:
    if not isinstance(value, Map):
        return plain(value)
    return {
        key: plain(value[key])
        for key in sorted(value, key=lambda key: ([int(n) for n in key.split("-") if _OFFSET.fullmatch(n)], key))
    }


def _head(value: Any) -> Any:
    return _ordered(value, DOCUMENT, {"source": lambda it: _ordered(it, SOURCE, {"characters": _number}, flow=True)})


def _sorted(key: str, each: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def form(value: Any) -> Any:
        if not isinstance(value, Seq):
            return plain(value)
        items = [each(item) for item in value]
        return sorted(items, key=lambda item: str(item.get(key, "")) if isinstance(item, dict) else "")

    return form


def _entity(value: Any) -> Any:
    return _ordered(value, ENTITY, {"names": _list(lambda name: _ordered(name, NAME, {}, flow=True))})


def _judgement(value: Any) -> Any:
    return _ordered(value, JUDGEMENT, {})


def _extent(value: Any) -> Any:
    return _ordered(value, EXTENT, {"span": _list(_number)}, flow=True)


def _reuse(value: Any) -> Any:
    return _ordered(value, REUSE, {"a": _extent, "b": _extent, "words": _number, "similarity": _number})


SORTED = ("entities", "judgements", "conflicts", "lineage")  # lists whose order says nothing
TOP: Each = {
    "document": _head,
    "references": _list(lambda value: _ordered(value, REFERENCE, {})),
    "passages": _list(_passage),
    "digests": _digests,
    "entities": _sorted("slug", _entity),
    "judgements": _sorted("id", _judgement),
    "conflicts": _sorted("id", _judgement),
    "lineage": _sorted("id", _judgement),
    "reuse": _list(_reuse),
}


def form(content: Any) -> str:
    """Gives the canonical text of one file's content as it was read; reading it again gives the same content."""
    text = dump(_ordered(content, TOP, TOP))
    again, problems = load(text.encode("utf-8"), "")
    if problems or _bag(plain(again)) != _bag(plain(content)):
        raise KzgraphError("the canonical form would change what the file says; nothing was written.")
    return text


def _bag(value: Any) -> Any:
    """Gives content in a form in which the order of entities and judgements does not count."""
    if isinstance(value, dict):
        return {
            key: sorted(item, key=_unordered) if key in SORTED and isinstance(item, list) else item
            for key, item in value.items()
        }
    return value


def _unordered(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def format_files(root: Root, *, write: bool = True) -> list[Path]:
    """Brings every file of graph/ into canonical form.

    Args:
        root: The data folders.
        write: Whether to write; otherwise it is only told which files would change.

    Returns:
        The files that changed or would change.

    Raises:
        CorpusError: Files that are not strict YAML; none is changed then.
    """
    problems: list[Problem] = []
    changed: list[tuple[Path, str]] = []
    for path in sorted(root.graph.glob("*/*.yaml")):
        data = path.read_bytes()
        content, found = load(data, root.show(path))
        problems += found
        if not found and content is not None:
            text = form(content)
            if text.encode("utf-8") != data:
                changed.append((path, text))
    if problems:
        raise CorpusError(problems)
    for path, text in changed if write else ():
        write_atomically(path, text)
    return [path for path, _ in changed]
