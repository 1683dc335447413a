"""What the verbs share: where the data lie, what they print and how. stdout is data, stderr is talk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from ..paths import Root
    from ..remote import Endpoint
    from ..store import Oxigraph, Store


class Place:
    """Where the data and the graph lie, as the options say; everything is made when it is first asked for."""

    def __init__(self, root: str | None, store: str | None, endpoint: str | None, sources: str | None) -> None:
        self._root, self.folder, self._endpoint, self._sources = root, store, endpoint, sources
        self.said_by: str | None = None
        self.as_of: str | None = None
        self.undated = False

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
        """The store to ask, as far as the clocks of the verb let it through; what they leave out is told."""
        if self.said_by is None and self.as_of is None:
            if self.undated:
                raise click.UsageError("--undated keeps what a clock cannot date: give --said-by or --as-of with it.")
            return self._whole()
        from ..analysis import clocks

        with self._whole() as whole:
            store, left = clocks.restrict(
                whole, self.root, said_by=self.said_by, as_of=self.as_of, undated=self.undated
            )
        say(f"{self._clocks()}: {left.in_words()}")
        return store

    def _clocks(self) -> str:
        told = (("reported by", self.said_by), ("holding at", self.as_of))
        return " and ".join(f"{words} {date}" for words, date in told if date is not None)

    def _whole(self) -> Endpoint | Oxigraph:
        """The whole store: an endpoint, a store on disk, or the graph of the root, built or kept."""
        if self._endpoint:
            from ..remote import Endpoint

            return Endpoint(self._endpoint)
        if self.folder:
            from pathlib import Path

            from ..store import on_disk

            return on_disk(Path(self.folder))
        from ..cache import opened

        return opened(self.root)


pass_place = click.make_pass_decorator(Place)
in_format = click.option(
    "-f", "--format", "form", default="table", show_default=True, help="table csv tsv json jsonl md turtle nt."
)


def _date(context: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keeps a clock's date at the place, if it is one."""
    if value is None:
        return
    from ..analysis import clocks
    from ..errors import QueryError

    try:
        clocks.report_day(value) if option.name == "said_by" else clocks.time(value)
    except QueryError as error:
        raise click.BadParameter(str(error)) from None
    setattr(context.find_object(Place), str(option.name), value)


def _flag(context: click.Context, option: click.Parameter, value: bool) -> None:
    setattr(context.find_object(Place), str(option.name), value)


_CLOCKS = (
    click.option(
        "--said-by", metavar="DATE", expose_value=False, callback=_date, help="Only what was reported by this date."
    ),
    click.option(
        "--as-of", metavar="DATE", expose_value=False, callback=_date, help="Only what is said to hold at this date."
    ),
    click.option(
        "--undated", is_flag=True, expose_value=False, callback=_flag, help="Keep what these two cannot date."
    ),
)


def with_clocks(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a verb the options --said-by, --as-of and --undated, which hold for all that its place opens."""
    for option in reversed(_CLOCKS):
        verb = option(verb)
    return verb


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


def pair(text: str) -> tuple[str, str]:
    """Gives the name and the value of a parameter."""
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise click.BadParameter(f"`{text}` is not key=value.", param_hint="--param")
    return key, value
