"""Strict YAML in, canonical YAML out; the only home of PyYAML.

Every scalar is read as its text: what ``2012``, ``no`` or ``12:30`` mean is for the field to say, not for
YAML. Anchors, aliases, tags, repeated keys and deep nesting are refused. Every map and list knows its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from .errors import Problem

DEEPEST = 12
LARGEST = 32 * 1024 * 1024  # bytes of one file

_SEPARATOR = re.compile("[\x85\u2028\u2029]")  # YAML 1.1 breaks lines at these, editors do not
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What YAML 1.2 (core schema) or other readers of 1.1 take for a number or a truth value, and PyYAML does not.
_NOT_TEXT_ELSEWHERE = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|[yYnN]")


class Scalar(str):
    """A scalar's text; ``plain`` is False when it stood in quotes or as a block; ``line`` is 1-based."""

    __slots__ = ("line", "plain")
    line: int
    plain: bool


class Map(dict[str, Any]):
    """A mapping that knows its own line and the line of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Seq(list[Any]):
    """A list that knows its own line; items that are maps or lists know theirs."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def load(data: bytes, path: str) -> tuple[Any, list[Problem]]:
    """Reads one YAML document.

    Args:
        data: The file's bytes, UTF-8.
        path: The file's name, for the problems.

    Returns:
        The content (Map, Seq, Scalar, or None if it cannot be used at all) and every problem met.
    """
    if len(data) > LARGEST:
        return None, [Problem(path, 0, "", f"the file is larger than {LARGEST} bytes", "Split it.")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem(path, line, "", "a byte here is not UTF-8", "Save the file as UTF-8.")]
    if separator := _SEPARATOR.search(text):
        line = text.count("\n", 0, separator.start()) + 1
        return None, [Problem(path, line, "", "an invisible line separator stands here", "Write a space instead.")]
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not builder.take(event):
                return None, builder.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(filter(None, [error.context, error.problem])) or "this is not YAML"
        last = text.count("\n") + (not text.endswith("\n"))  # the mark may stand behind the end
        builder.problem(min(mark.line + 1, last) if mark else 0, f"this is not YAML ({said})", "Mend the syntax here.")
        return None, builder.problems
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, min(error.position, len(text))) + 1
        builder.problem(line, "a character here cannot stand in YAML", "Take it out, or write it as an escape.")
        return None, builder.problems
    return builder.content, builder.problems


class _Builder:
    """Builds the content from the parser's events, without recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.content: Any = None
        self._stack: list[Map | Seq] = []
        self._keys: list[Scalar | None] = []
        self._documents = 0

    def problem(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, "", message, hint))

    def take(self, event: Any) -> bool:
        """Takes one event; False when reading on makes no sense."""
        kind = type(event).__name__
        line = event.start_mark.line + 1
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._stack.pop()
            self._keys.pop()
            return True
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            self.problem(line, "anchors and aliases (& and *) are not used here", "Write the value out, or quote it.")
            return False
        if getattr(event, "tag", None) not in (None, "!"):
            self.problem(line, f"the tag {event.tag} is not used here", "Take it out, or quote the value.")
            return False
        if kind == "ScalarEvent":
            return self._scalar(event.value, line, plain=not event.style)
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            return self._open(Map(line) if kind[0] == "M" else Seq(line), line)
        if kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                self.problem(line, "a second YAML document begins here", "Keep one document in a file.")
                return False
        return True

    def _scalar(self, text: str, line: int, *, plain: bool) -> bool:
        if _CONTROL.search(text):
            self.problem(line, "a control character stands here", "Take it out.")
            return False
        scalar = Scalar(text)
        scalar.plain, scalar.line = plain, line
        self._add(scalar, line)
        return True

    def _open(self, container: Map | Seq, line: int) -> bool:
        if len(self._stack) >= DEEPEST:
            self.problem(line, f"nested more than {DEEPEST} deep", "Write it flatter.")
            return False
        self._add(container, line)
        self._stack.append(container)
        self._keys.append(None)
        return True

    def _add(self, value: Any, line: int) -> None:
        if not self._stack:
            self.content = value
            return
        parent = self._stack[-1]
        if isinstance(parent, Seq):
            parent.append(value)
            return
        key = self._keys[-1]
        if key is None:
            if not isinstance(value, Scalar):
                self.problem(line, "a key must be a plain word", "Write `key: value`.")
                value = _scalar("?", line)
            self._keys[-1] = value
            return
        self._keys[-1] = None
        if key in parent:
            first = parent.lines[key]
            self.problem(key.line, f"the key `{key}` stands twice (first on line {first})", "Keep one of them.")
            return
        parent[str(key)] = value
        parent.lines[str(key)] = key.line


def _scalar(text: str, line: int) -> Scalar:
    scalar = Scalar(text)
    scalar.plain, scalar.line = True, line
    return scalar


class Flow(dict[str, Any]):
    """A mapping to be written on one line."""


_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")


def dump(content: Any) -> str:
    """Writes canonical YAML: the given order of keys, lists of scalars on one line, text never folded.

    Text that another reader of YAML could take for a number, a date or a truth value is quoted.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def sequence(dumper: Any, data: Any) -> Any:
        flow = not any(isinstance(item, dict | list | tuple) for item in data)
        return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flow)

    def mapping(flow: bool) -> Callable[[Any, Any], Any]:
        return lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=flow)

    def decimal(dumper: Any, data: Decimal) -> Any:
        whole = _INTEGER.fullmatch(str(data)) is not None
        return dumper.represent_scalar(f"tag:yaml.org,2002:{'int' if whole else 'float'}", format(data, "f"))

    def text(dumper: Any, data: str) -> Any:
        style = '"' if _SEPARATOR.search(data) else "'" if _NOT_TEXT_ELSEWHERE.fullmatch(data) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)

    Dumper.add_representer(str, text)
    for kind in (list, tuple):
        Dumper.add_representer(kind, sequence)
    Dumper.add_representer(dict, mapping(False))
    Dumper.add_representer(Flow, mapping(True))
    Dumper.add_representer(Decimal, decimal)
    return str(
        yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=1 << 30, default_flow_style=False)
    )
