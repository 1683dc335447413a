"""docs/questions.md is the catalogue, read as a page."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from kzgraph.paths import find_root
from kzgraph.queries import NamedQuery, catalogue

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "questions.md"

HEAD = """\
# The questions

What the catalogue asks, by family; the tests keep this page equal to `queries/`. `kzgraph query NAME` answers one,
`kzgraph query NAME -p PARAMETER=VALUE` for something other than the example, and `kzgraph queries NAME` shows the query.
Every answer is a table whose rows lead back to claims, or counts them. What the terms in them mean is in
[the vocabulary](vocabulary.md).
"""


def page() -> str:
    """The catalogue as one Markdown file."""
    parts = [HEAD]
    for family, queries in groupby(catalogue(find_root(TOP)), key=lambda query: query.family):
        parts.append(f"## {family.capitalize()}\n")
        parts += map(entry, queries)
    return "\n".join(parts)


def entry(query: NamedQuery) -> str:
    """One question: its summary, name, description, parameters and columns."""
    lines = [f"### {query.summary}\n", f"`{query.name}`", ""]
    if query.description:
        lines += [query.description, ""]
    lines += [f"- `{param.name}` ({param.gist()}): {param.description}" for param in query.params]
    lines += [""] if query.params else []
    lines += [f"Columns: {'; '.join(f'`{name}` {gist}' for name, gist in query.columns.items())}.", ""]
    return "\n".join(lines)


def test_the_page_is_the_catalogue(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        PAGE.write_text(page(), "utf-8")
    assert PAGE.read_text("utf-8") == page()


def test_every_column_is_explained() -> None:
    for query in catalogue(find_root(TOP)):
        assert query.columns, query.name
        assert all(isinstance(gist, str) and gist for gist in query.columns.values()), query.name
