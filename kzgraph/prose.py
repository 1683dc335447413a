"""Text for a terminal: wrapped paragraphs, and a claim as it is told everywhere.

Text from the graph never reaches the terminal raw; what a terminal would obey is written as an escape.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from .namespaces import shorten
from .plaintext import printable

if TYPE_CHECKING:
    from .records import ClaimRecord

NARROWEST = 30


class Page:
    """Lines of text, wrapped and safe for a terminal."""

    def __init__(self, width: int) -> None:
        self._width = max(width, NARROWEST)
        self._lines: list[str] = []

    def text(self) -> str:
        """Gives the page; an empty page is an empty text."""
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def line(self, text: str, *, indent: int = 0, first: str = "") -> None:
        """Adds a paragraph; ``first`` begins its first line, and the others are indented by as much."""
        lead = " " * indent
        self._lines += textwrap.wrap(
            printable(text),
            width=self._width,
            initial_indent=lead + first,
            subsequent_indent=lead + " " * len(first),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def gap(self) -> None:
        """Adds an empty line, unless the page is empty."""
        if self._lines:
            self._lines.append("")

    def claim(self, claim: ClaimRecord, *, indent: int = 4) -> None:
        """Adds a claim: what it says, in which words, on whose word, and where."""
        time = f"{claim.when}: " if claim.when else ""
        self.line(f"{marks(claim)}{time}{claim.statement}", indent=indent, first="- ")
        self.line(f"“{claim.quote}”", indent=indent + 2)
        self.line(f"{chain(claim)}; {place(claim)}", indent=indent + 2)
        self.line(shorten(claim.iri), indent=indent + 2)


def marks(claim: ClaimRecord) -> str:
    """Gives how a claim is to be taken where it is not plainly asserted, such as ``[denied] ``."""
    modality = claim.modality if claim.modality != "asserted" else ""
    negated = "negated" if claim.polarity == "negative" else ""
    certainty = f"certainty {claim.certainty}" if claim.certainty else ""
    found = ", ".join(filter(None, (modality, negated, certainty)))
    return f"[{found}] " if found else ""


def chain(claim: ClaimRecord) -> str:
    """Gives on whose word a claim rests, outermost first."""
    return " → ".join(speaker.label for speaker in claim.speakers) or "the document itself"


def place(claim: ClaimRecord) -> str:
    """Gives where a claim stands: the document, and the characters from its beginning."""
    return f"{claim.document.label}, characters {claim.start}–{claim.end}"
