"""Answer sheets: a question with its claims, their words and places, what disputes them, and what was left out.

``brief`` gathers a sheet from any store; ``markdown``, ``html`` and ``pdf`` write it. The same data give the same bytes
of Markdown and HTML; there is no clock in them.
"""

from __future__ import annotations

from .sheet.gather import brief
from .sheet.page import html, pdf
from .sheet.parts import Brief
from .sheet.text import markdown

__all__ = ["Brief", "brief", "html", "markdown", "pdf"]
