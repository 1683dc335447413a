"""The command line: each verb is one function of the library. stdout is data, stderr is talk."""

from __future__ import annotations

import gc
import sys
from typing import Any

import click

from . import __version__
from .errors import CorpusError, KzgraphError
from .verbs import away, brief, disagreement, files, lineage, networks, questions, voices, withdrawal
from .verbs.common import Place

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


for module in (files, questions, brief, disagreement, lineage, networks, voices, withdrawal, away):
    for each in vars(module).values():
        if isinstance(each, click.Command):
            main.add_command(each)


def run() -> None:
    """Runs the program as its own process: one verb is short, and leaves no garbage worth collecting."""
    gc.disable()
    main(prog_name="kzgraph")


if __name__ == "__main__":
    run()
