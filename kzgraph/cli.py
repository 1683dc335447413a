"""The command line: each verb is one function of the library. stdout is data, stderr is talk."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import click

from . import __version__
from .errors import CorpusError, KzgraphError

if TYPE_CHECKING:
    from pathlib import Path

    from .paths import Root
    from .store import Store

STORY = """Who claims what about whom, in which exact words, on whose word, and who says otherwise.

\b
The story of the verbs:
  kzgraph build                     read, check and derive the graph
  kzgraph verify --sources DIR      prove every quote against the texts you hold
  kzgraph show "Vadim Kuramshin"    read about somebody in words
  kzgraph queries                   the questions that are ready
  kzgraph query claims-about -p node=kuramshin
  kzgraph view -o graph.html        look at it
  kzgraph export graph.ttl          take it with you
"""


class Group(click.Group):
    """Shows errors as one readable text, suggests verbs, and ends with 0 fine, 1 problems, 2 usage."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Adds "Did you mean" to an unknown verb."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from .fields import did_you_mean

            hint = did_you_mean(args[0], self.list_commands(ctx)) if args else ""
            raise click.UsageError(f"{error.message} {hint}".strip(), ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the verb; an error of ours is printed, and the program ends with 1."""
        try:
            return super().invoke(ctx)
        except CorpusError as error:
            click.echo(str(error), err=True)
        except KzgraphError as error:
            click.echo(f"kzgraph: {error}", err=True)
        except BrokenPipeError:
            sys.stderr.close()
        ctx.exit(1)


class Place:
    """Where the data and the graph lie, as the options say; everything is made when it is first asked for."""

    def __init__(self, root: str | None, store: str | None, endpoint: str | None, sources: str | None) -> None:
        self._root, self.folder, self._endpoint, self._sources = root, store, endpoint, sources

    @property
    def root(self) -> Root:
        """The data folders."""
        from .paths import find_root

        return find_root(self._root)

    @property
    def sources(self) -> Path | None:
        """The folder of source texts, if there is one."""
        from .paths import find_sources

        return find_sources(self._sources)

    def open(self) -> Store:
        """The store to ask: an endpoint, a store on disk, or the graph built in memory."""
        if self._endpoint:
            from .remote import Endpoint

            return Endpoint(self._endpoint)
        if self.folder:
            from pathlib import Path

            from .store import on_disk

            return on_disk(Path(self.folder))
        from .build import build

        return build(self.root, strict=False).store


pass_place = click.make_pass_decorator(Place)
in_format = click.option(
    "-f", "--format", "form", default="table", show_default=True, help="table csv tsv json jsonl md turtle nt."
)


@click.group(
    cls=Group, invoke_without_command=True, help=STORY, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--root", envvar="KZGRAPH_ROOT", metavar="DIR", help="Folder with graph/ (and ontology/, queries/).")
@click.option("--store", envvar="KZGRAPH_STORE", metavar="DIR", help="Ask the store on disk in DIR.")
@click.option("--endpoint", envvar="KZGRAPH_ENDPOINT", metavar="URL", help="Ask a remote SPARQL 1.1 endpoint.")
@click.option("--sources", envvar="KZGRAPH_SOURCES", metavar="DIR", help="Folder with the source texts.")
@click.version_option(__version__)
@click.pass_context
def main(ctx: click.Context, root: str | None, store: str | None, endpoint: str | None, sources: str | None) -> None:
    """Runs the verb."""
    if store and endpoint:
        raise click.UsageError("--store and --endpoint are two places: name one.")
    ctx.obj = Place(root, store, endpoint, sources)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _width() -> int | None:
    """Gives the columns that a table may take: those of the terminal, or as many as it needs elsewhere."""
    import os
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() or "COLUMNS" in os.environ else None


def _say(text: str) -> None:
    click.echo(text, err=True)


def _out(text: str, path: str = "-") -> None:
    """Writes data to a file, whole or not at all, or to stdout for ``-``."""
    if path == "-":
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
        return
    from .paths import write_atomically

    write_atomically(path, text)
    _say(f"{path}: written.")


# --- files ----------------------------------------------------------------------------------------------------


@main.command("build")
@click.option("--store", "folder", metavar="DIR", help="Also make or renew a store on disk.")
@click.option("-o", "--out", default="build", show_default=True, metavar="DIR", help="Where kzgraph.nq goes.")
@pass_place
def build_verb(place: Place, folder: str | None, out: str) -> None:
    """Read, check and derive the graph; write it as sorted N-Quads.

    Example: kzgraph build --store build/store
    """
    from pathlib import Path

    from .build import build, write

    graph = build(place.root, sources=place.sources)
    folder = folder or place.folder
    write(graph, store=Path(folder) if folder else None, out=Path(out))
    _summary(graph, verified=graph.verified)
    _say(f"{Path(out) / 'kzgraph.nq'}: written." + (f" {folder}: store ready." if folder else ""))


def _summary(graph: Any, *, verified: bool) -> None:
    corpus = graph.corpus
    for problem in graph.warnings:
        _say(str(problem))
    claims = sum(len(document.claims) for document in corpus.documents)
    passages = sum(len(document.passages) for document in corpus.documents)
    lines = [
        ("documents", len(corpus.documents)),
        ("passages", passages),
        ("claims", claims),
        ("entities", len(corpus.entities)),
        ("judgements", len(corpus.judgements)),
        *((f"quads in {layer}", count) for layer, count in graph.layers.items()),
    ]
    for name, count in lines:
        click.echo(f"{count:>8,}  {name}")
    click.echo(f"  sha256  {graph.digest}")
    _say(
        "every anchor was checked against its text."
        if verified
        else "anchors were not checked: no source texts here (--sources)."
    )


@main.command("check")
@pass_place
def check_verb(place: Place) -> None:
    """Check everything that build checks, and write nothing.

    Example: kzgraph check
    """
    from .build import build

    graph = build(place.root, sources=place.sources)
    for problem in graph.warnings:
        _say(str(problem))
    _say(f"no problems in {len(graph.corpus.documents)} documents; {len(graph.warnings)} warnings.")


@main.command("fmt")
@click.option("--check", "only", is_flag=True, help="Only tell which files would change; exit 1 if any.")
@pass_place
def fmt_verb(place: Place, only: bool) -> None:
    """Bring the files of graph/ into their canonical form.

    Example: kzgraph fmt
    """
    from .canonical import format_files

    root = place.root
    changed = format_files(root, write=not only)
    for path in changed:
        _say(f"{root.show(path)}: {'would change' if only else 'formatted'}.")
    if only and changed:
        raise SystemExit(1)


@main.command("anchor")
@click.argument("document")
@pass_place
def anchor_verb(place: Place, document: str) -> None:
    """Turn `exact:` words of a document's file into spans, and add digests.

    Example: kzgraph --sources texts anchor my-article
    """
    from .anchor import anchor as fill

    sources = _needed_sources(place)
    changed = fill(place.root, document, sources)
    _say(f"{document}: {'anchored' if changed else 'nothing to do'}.")


def _needed_sources(place: Place) -> Path:
    if place.sources is None:
        raise click.UsageError("the source texts are needed: name their folder with --sources.")
    return place.sources


@main.command("verify")
@click.option("--sources", "folder", metavar="DIR", help="Folder with the source texts.")
@in_format
@pass_place
def verify_verb(place: Place, folder: str | None, form: str) -> None:
    """Prove every anchor against the texts: exact, moved, changed, absent or source missing.

    Example: kzgraph verify --sources texts
    """
    from . import evidence
    from .build import read
    from .paths import find_sources
    from .results import render

    findings = evidence.verify(read(place.root), find_sources(folder) if folder else place.sources)
    bad = [finding for finding in findings if finding.status != evidence.EXACT]
    _out(render(evidence.table(findings), form))
    for finding in bad[:50]:
        _say(f"{finding.document}: {finding.item} [{finding.span}]: {finding.status}. {finding.detail}".rstrip())
    if len(bad) > 50:
        _say(f"… and {len(bad) - 50} more.")
    if bad:
        raise SystemExit(1)


@main.command("coverage")
@in_format
@pass_place
def coverage_verb(place: Place, form: str) -> None:
    """Count passages, characters and words by disposition; anything unaccounted fails.

    Example: kzgraph coverage
    """
    from . import coverage as covering
    from .build import read
    from .results import render

    shares = covering.coverage(read(place.root), place.sources)
    _out(render(covering.table(shares), form))
    left = covering.unaccounted(shares)
    if place.sources is None:
        _say("without the source texts (--sources) what lies between passages is not looked at.")
    if left:
        _say(f"{left} characters are unaccounted for.")
        raise SystemExit(1)


# --- questions ------------------------------------------------------------------------------------------------


@main.command("query")
@click.argument("question", required=False)
@click.option("--file", "file", metavar="F.rq", help="Run a query from a file; - is stdin.")
@click.option("-p", "--param", "params", multiple=True, metavar="K=V", help="A value for a parameter of a named query.")
@in_format
@pass_place
def query_verb(place: Place, question: str | None, file: str | None, params: tuple[str, ...], form: str) -> None:
    r"""Answer a named question, a file, or SPARQL given here.

    \b
    Examples:
      kzgraph query claims-about --param node=kuramshin
      kzgraph query 'SELECT ?o WHERE { id:vadim-kuramshin kz:hasProfession ?o }' --format csv
    """
    from . import queries
    from .results import FORMATS, render

    if (question is None) == (file is None):
        raise click.UsageError("give a name, SPARQL, or --file: one of them.")
    if form not in FORMATS:
        raise click.BadParameter(
            f"there is no format `{form}`; use one of: {', '.join(FORMATS)}.", param_hint="--format"
        )
    if file is not None:
        with click.open_file(file, encoding="utf-8") as opened:
            question = queries.with_prefixes(opened.read())
    values = dict(_pair(each) for each in params)
    if values and (file is not None or not queries.is_name(question or "")):
        raise click.UsageError("--param is for named questions.")
    store = place.open()
    _out(render(queries.ask(store, question or "", root=place.root, **values), form, width=_width()))


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise click.BadParameter(f"`{text}` is not key=value.", param_hint="--param")
    return key, value


@main.command("queries")
@click.argument("name", required=False)
@in_format
@pass_place
def queries_verb(place: Place, name: str | None, form: str) -> None:
    """List the questions that are ready, or show one whole.

    Example: kzgraph queries claims-about
    """
    from . import queries as asking
    from .results import render

    if name:
        _out(asking.find(name, place.root).text)
    else:
        _out(render(asking.table(asking.catalogue(place.root)), form, width=_width()))


@main.command("show")
@click.argument("name")
@click.option("--width", default=0, help="Columns of text; 0 takes the terminal's.")
@pass_place
def show_verb(place: Place, name: str, width: int) -> None:
    """Tell about a person, organisation, event, claim or document in words.

    Example: kzgraph show "Vadim Kuramshin"
    """
    import shutil

    from .show import show as tell

    _out(tell(place.open(), name, width=width or min(shutil.get_terminal_size((100, 24)).columns, 120)))


# --- things to take away --------------------------------------------------------------------------------------


@main.command("view")
@click.argument("names", nargs=-1)
@click.option(
    "-o", "--out", default="build/graph.html", show_default=True, metavar="FILE", help="The page; - is stdout."
)
@click.option(
    "--hops", default=2, show_default=True, type=click.IntRange(0, 6), help="How far the neighbourhood reaches."
)
@pass_place
def view_verb(place: Place, names: tuple[str, ...], out: str, hops: int) -> None:
    """Make an interactive page: the whole graph, or the neighbourhood of what is named.

    Example: kzgraph view "Vadim Kuramshin" -o kuramshin.html
    """
    from .views import view as picture

    _out(picture(place.open(), names, hops=hops, root=place.root), out)


@main.command("export")
@click.argument("target")
@click.option("-f", "--format", "form", metavar="NAME", help="The format, when the file's ending does not say it.")
@pass_place
def export_verb(place: Place, target: str, form: str | None) -> None:
    r"""Write the graph as a file for others: Turtle, TriG, N-Quads, JSON-LD, GraphML, JSON Lines.

    \b
    Examples:
      kzgraph export graph.ttl
      kzgraph export layers/ --format turtle
      kzgraph export claims.jsonl
    """
    from .export import export as write

    for path in write(place.open(), target, format=form, root=place.root):
        _say(f"{path}: written.")


def run() -> None:
    """Runs the program as its own process: one verb is short, and leaves no garbage worth collecting."""
    gc.disable()
    main(prog_name="kzgraph")


if __name__ == "__main__":
    run()
