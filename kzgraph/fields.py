"""Reading one YAML map field by field: what is wrong is noted with its line, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from . import dates, iris
from .errors import Problem
from .yamlio import Map, Scalar, Seq

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
# An IRI as RFC 3987, section 2.2, has it: what stricter engines refuse never comes into the graph.
_NOT_IN_IRI = r"\s<>\"{}|^`\\\[\]%#\x00-\x20\x7f-\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff"
_IN_IRI = rf"(?:[^{_NOT_IN_IRI}]|%[0-9A-Fa-f]{{2}})*"
_URL = re.compile(rf"https?://[\w.-]+(?::[0-9]{{1,5}})?(?:[/?]{_IN_IRI})?(?:#{_IN_IRI})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Gives "Did you mean `x`?" for the closest known words, else an empty text."""
    close = get_close_matches(word, list(known), n=2, cutoff=0.7)
    return f"Did you mean {' or '.join(f'`{match}`' for match in close)}?" if close else ""


class Fields:
    """Takes the fields of one map; ``done`` reports what nobody took."""

    def __init__(self, content: Any, path: str, where: str, problems: list[Problem], line: int = 0) -> None:
        self.path, self.where, self.problems = path, where, problems
        self.line = getattr(content, "line", line) or line
        self._taken: set[str] = set()
        if isinstance(content, Map):
            self.map = content
        else:
            self.map = Map(self.line)
            self.problem(None, "this must be a map of fields", "Write `key: value` lines.")

    def problem(self, key: str | None, message: str, hint: str = "") -> None:
        """Notes a problem at a field's line, or at the map's."""
        line = self.map.lines.get(key, self.line) if key else self.line
        self.problems.append(Problem(self.path, line, self.where, message, hint))

    def raw(self, key: str, *, required: bool = False) -> Any:
        """Gives a field as it was read; None when absent."""
        self._taken.add(key)
        value = self.map.get(key)
        empty = isinstance(value, Scalar) and not value.strip()
        if value is None or empty:
            if required or empty:
                self.problem(
                    key, f"`{key}` is {'empty' if empty else 'missing'}", "Fill it in." if required else "Leave it out."
                )
            return None
        return value

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Gives a text."""
        value = self.raw(key, required=required)
        if value is None:
            return None
        if not isinstance(value, Scalar):
            self.problem(key, f"`{key}` must be one piece of text", "Put it in quotes, on one line.")
            return None
        return str(value)

    def needed(self, key: str) -> str:
        """Gives a text that must be there; an empty one stands for it after the problem is noted."""
        return self.text(key, required=True) or ""

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str | None:
        """Gives one of some words."""
        value = self.text(key)
        if value is None:
            return default
        known = sorted(options)
        if value not in known:
            hint = did_you_mean(value, known) or f"Use one of: {', '.join(known[:40])}."
            self.problem(key, f"`{key}: {value}` is not known", hint)
        return value

    def slug(self, key: str, *, required: bool = False) -> str | None:
        """Gives a slug; whether it names anything is asked later."""
        value = self.text(key, required=required)
        if value is not None and not iris.is_slug(value):
            self.problem(key, f"`{value}` is not a slug", "Use ASCII kebab case of at most 60 characters.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Gives a list of texts; a single text counts as a list of one."""
        value = self.raw(key)
        if value is None:
            return ()
        if isinstance(value, Scalar):
            return (str(value),)
        if not isinstance(value, Seq) or not all(isinstance(item, Scalar) for item in value):
            self.problem(key, f"`{key}` must be a list of words", f"Write `{key}: [one, two]`.")
            return ()
        items = tuple(str(item) for item in value)
        for item in sorted({item for item in items if items.count(item) > 1}):
            self.problem(key, f"`{item}` stands twice in `{key}`", "Keep one.")
        return items

    def maps(self, key: str) -> list[Any]:
        """Gives a list of maps."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, Seq):
            self.problem(key, f"`{key}` must be a list", f"Write `{key}:` and then `- …` items.")
            return []
        return list(value)

    def edtf(self, key: str) -> str | None:
        """Gives a date in EDTF."""
        value = self.text(key)
        if value is not None and dates.bounds(value) is None:
            self.problem(
                key, f"`{key}: {value}` is not a date in EDTF", "Write 2011, 2011-12, 2011-12-16, 2010/2012 or 2011~."
            )
            return None
        return value

    def whole(self, key: str) -> int:
        """Gives a whole number from 0 that must be there."""
        value = self.text(key, required=True)
        if value is None:
            return 0
        if not _WHOLE.fullmatch(value):
            self.problem(key, f"`{key}: {value}` is not a whole number", "Write digits only.")
            return 0
        return int(value)

    def decimal(self, key: str) -> Decimal | None:
        """Gives a decimal number."""
        value = self.text(key)
        if value is None:
            return None
        try:
            if _DECIMAL.fullmatch(value) and len(value) <= 28:
                return Decimal(value)
        except InvalidOperation:
            pass
        self.problem(key, f"`{key}: {value}` is not a plain decimal number", "Write it like 1200 or 59.2.")
        return None

    def done(self) -> None:
        """Notes every field that nobody took."""
        for key in self.map:
            if key not in self._taken:
                hint = did_you_mean(key, self._taken) or f"The fields here are: {', '.join(sorted(self._taken))}."
                self.problem(key, f"there is no field `{key}` here", hint)


def called(item: Any, key: str) -> str:
    """Gives what an item calls itself, for the problems; ``?`` if it does not."""
    value = item.get(key) if isinstance(item, Map) else None
    return str(value) if isinstance(value, Scalar) else "?"


def is_url(text: str) -> bool:
    """Tells whether a text is a whole web address."""
    return _URL.fullmatch(text) is not None


def url(fields: Fields, key: str) -> str | None:
    """Gives a field that holds a web address."""
    value = fields.text(key)
    if value is not None and not is_url(value):
        fields.problem(key, f"`{key}` is not a web address", "Write it in full, with http:// or https://.")
        return None
    return value


def language(fields: Fields, key: str) -> str | None:
    """Gives a field that holds a language tag (BCP 47, as far as RDF 1.1 takes it)."""
    value = fields.text(key)
    if value is not None and not _LANGUAGE.fullmatch(value):
        fields.problem(key, f"`{value}` is not a language tag", "Write en, ru, kk, …")
        return None
    return value
