"""What the verbs share: where the data lie, what they print and how. stdout is data, stderr is talk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..paths import Root
    from ..store import Store


class Place:
    """Where the data and the graph lie, as the options say; everything is made when it is first asked for."""

    def __init__(self, root: str | None, store: str | None, endpoint: str | None, sources: str | None) -> None:
        self._root, self.folder, self._endpoint, self._sources = root, store, endpoint, sources

    @property
    def root(self) -> Root:
        """The data folders."""
        from ..paths import find_root

        return find_root(self._root)

    @property
    def sources(self) -> Path | None:
        """The folder of source texts, if there is one."""
        from ..paths import find_sources

        return find_sources(self._sources)

    def open(self) -> Store:
        """The store to ask: an endpoint, a store on disk, or the graph built in memory."""
        if self._endpoint:
            from ..remote import Endpoint

            return Endpoint(self._endpoint)
        if self.folder:
            from pathlib import Path

            from ..store import on_disk

            return on_disk(Path(self.folder))
        from ..build import build

        return build(self.root, strict=False).store


pass_place = click.make_pass_decorator(Place)
in_format = click.option(
    "-f", "--format", "form", default="table", show_default=True, help="table csv tsv json jsonl md turtle nt."
)


def width() -> int | None:
    """Gives the columns that a table may take: those of the terminal, or as many as it needs elsewhere."""
    import os
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() or "COLUMNS" in os.environ else None


def columns() -> int:
    """Gives the columns of running text: those of the terminal, at most 120."""
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def say(text: str) -> None:
    """Tells the person at the terminal something; never data."""
    click.echo(text, err=True)


def emit(text: str, path: str = "-") -> None:
    """Writes data to a file, whole or not at all, or to stdout for ``-``."""
    if path == "-":
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
        return
    from ..paths import write_atomically

    write_atomically(path, text)
    say(f"{path}: written.")
