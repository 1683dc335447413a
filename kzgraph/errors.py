"""The errors of kzgraph, one root and one child for each thing a person must do about it.

::

    KzgraphError                 everything raised on purpose
    ├── CorpusError              the files of ontology/, graph/ or queries/ have problems (all at once)
    ├── NotFound                 a name, query, class or file that is not there ("Did you mean …?")
    ├── QueryError               SPARQL that cannot be parsed or run, or a parameter that does not fit
    ├── StoreError               a store or endpoint that cannot be opened, read or written
    ├── SourceError              the folder of source texts is missing or unreadable
    └── ExtraMissing             an optional package is not installed (prints its install command)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class KzgraphError(Exception):
    """What is wrong, where, and what to do about it.

    Args:
        message: One sentence that says what is wrong.
        where: File and line, IRI or address, if there is one.
        hint: The next action, as a sentence.
    """

    def __init__(self, message: str, where: str | None = None, hint: str | None = None) -> None:
        self.message, self.where, self.hint = message, where, hint
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{advice}"


class NotFound(KzgraphError):
    """Something named is not there."""


class QueryError(KzgraphError):
    """A query cannot be parsed or run, or a parameter does not fit it."""


class StoreError(KzgraphError):
    """A store or an endpoint cannot be opened, read or written."""


class SourceError(KzgraphError):
    """The source texts are missing or unreadable."""


class ExtraMissing(KzgraphError):
    """An optional package is not installed."""


class Problem(NamedTuple):
    """One problem in a data file.

    Attributes:
        path: The file, as the person named it or relative to the root.
        line: 1-based line, 0 when the whole file is meant.
        where: The item, such as ``claim 014``; may be empty.
        message: What is wrong, without a full stop at the end.
        hint: What to do, a sentence; may be empty.
        warning: True when the build may go on.
    """

    path: str
    line: int
    where: str
    message: str
    hint: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        item = f" {self.where}:" if self.where else ""
        kind = " warning:" if self.warning else ""
        return f"{place}:{kind}{item} {self.message}." + (f" {self.hint}" if self.hint else "")


class CorpusError(KzgraphError):
    """The data files have problems; all of them are in ``problems``, in file and line order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__("\n".join([*map(str, self.problems), f"{count} {noun}; nothing was written."]))
