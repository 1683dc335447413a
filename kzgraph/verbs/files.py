"""Verbs on the files of graph/: build, check, fmt, anchor, verify, coverage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .common import Place, emit, in_format, pass_place, say


@click.command("build")
@click.option("--store", "folder", metavar="DIR", help="Also make or renew a store on disk.")
@click.option("-o", "--out", default="build", show_default=True, metavar="DIR", help="Where kzgraph.nq goes.")
@pass_place
def build_verb(place: Place, folder: str | None, out: str) -> None:
    """Read, check and derive the graph; write it as sorted N-Quads.

    Example: kzgraph build --store build/store
    """
    from pathlib import Path

    from ..build import build, write

    graph = build(place.root, sources=place.sources)
    folder = folder or place.folder
    write(graph, store=Path(folder) if folder else None, out=Path(out))
    _summary(graph, verified=graph.verified)
    say(f"{Path(out) / 'kzgraph.nq'}: written." + (f" {folder}: store ready." if folder else ""))


def _summary(graph: Any, *, verified: bool) -> None:
    corpus = graph.corpus
    for problem in graph.warnings:
        say(str(problem))
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
    say(
        "every anchor was checked against its text."
        if verified
        else "anchors were not checked: no source texts here (--sources)."
    )


@click.command("check")
@pass_place
def check_verb(place: Place) -> None:
    """Check everything that build checks, and write nothing.

    Example: kzgraph check
    """
    from ..build import build

    graph = build(place.root, sources=place.sources)
    for problem in graph.warnings:
        say(str(problem))
    say(f"no problems in {len(graph.corpus.documents)} documents; {len(graph.warnings)} warnings.")


@click.command("fmt")
@click.option("--check", "only", is_flag=True, help="Only tell which files would change; exit 1 if any.")
@pass_place
def fmt_verb(place: Place, only: bool) -> None:
    """Bring the files of graph/ into their canonical form.

    Example: kzgraph fmt
    """
    from ..canonical import format_files

    root = place.root
    changed = format_files(root, write=not only)
    for path in changed:
        say(f"{root.show(path)}: {'would change' if only else 'formatted'}.")
    if only and changed:
        raise SystemExit(1)


@click.command("anchor")
@click.argument("document")
@pass_place
def anchor_verb(place: Place, document: str) -> None:
    """Turn `exact:` words of a document's file into spans, and add digests.

    Example: kzgraph --sources texts anchor my-article
    """
    from ..anchor import anchor as fill

    sources = _needed_sources(place)
    changed = fill(place.root, document, sources)
    say(f"{document}: {'anchored' if changed else 'nothing to do'}.")


def _needed_sources(place: Place) -> Path:
    if place.sources is None:
        raise click.UsageError("the source texts are needed: name their folder with --sources.")
    return place.sources


@click.command("verify")
@click.option("--sources", "folder", metavar="DIR", help="Folder with the source texts.")
@in_format
@pass_place
def verify_verb(place: Place, folder: str | None, form: str) -> None:
    """Prove every anchor against the texts: exact, moved, changed, absent or source missing.

    Example: kzgraph verify --sources texts
    """
    from .. import evidence
    from ..build import read
    from ..paths import find_sources
    from ..results import render

    findings = evidence.verify(read(place.root), find_sources(folder) if folder else place.sources)
    bad = [finding for finding in findings if finding.status != evidence.EXACT]
    emit(render(evidence.table(findings), form))
    for finding in bad[:50]:
        say(f"{finding.document}: {finding.item} [{finding.span}]: {finding.status}. {finding.detail}".rstrip())
    if len(bad) > 50:
        say(f"… and {len(bad) - 50} more.")
    if bad:
        raise SystemExit(1)


@click.command("coverage")
@in_format
@pass_place
def coverage_verb(place: Place, form: str) -> None:
    """Count passages, characters and words by disposition; anything unaccounted fails.

    Example: kzgraph coverage
    """
    from .. import coverage as covering
    from ..build import read
    from ..results import render

    shares = covering.coverage(read(place.root), place.sources)
    emit(render(covering.table(shares), form))
    left = covering.unaccounted(shares)
    if place.sources is None:
        say("without the source texts (--sources) what lies between passages is not looked at.")
    if left:
        say(f"{left} characters are unaccounted for.")
        raise SystemExit(1)
