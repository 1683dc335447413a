"""From files to graph: read, check the evidence, map, derive, validate. Nothing is written unless all is well.

::

    graph/*.yaml ─ corpus ─→ model ─ mapping ─→ quads ─┐
    ontology/*.ttl ────────────────────────────────────┼─→ store ─ derived ─→ derived quads
                                                       └─→ shapes, checks/*.rq ─→ problems
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from . import corpus as files
from . import evidence, iris, mapping, ontology, shapes
from . import store as stores
from .analysis.disagreement import Conflict
from .derived import derive
from .errors import CorpusError, Problem
from .model import Corpus
from .namespaces import shorten
from .paths import Root, find_root
from .terms import Table, iri


@dataclass(frozen=True)
class Graph:
    """A built graph: all quads as sorted N-Quads, an open store in memory, and what was found on the way."""

    corpus: Corpus = field(repr=False)
    nquads: bytes = field(repr=False)
    store: stores.Oxigraph = field(repr=False)
    warnings: tuple[Problem, ...] = ()
    layers: dict[str, int] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = field(default=(), repr=False)
    verified: bool = False

    @property
    def digest(self) -> str:
        """The SHA-256 of the N-Quads: the same for the same data on any machine."""
        return hashlib.sha256(self.nquads).hexdigest()


def read(root: Root | None = None) -> Corpus:
    """Reads graph/ with the ontology's vocabulary.

    Raises:
        CorpusError: With every problem of every file.
    """
    root = root or find_root()
    return files.read(root, ontology.vocabulary(ontology.triples(root)))


def build(root: Root | None = None, *, sources: Path | None = None, strict: bool = True) -> Graph:
    """Builds the graph in memory.

    Args:
        root: The data folders; by default those that come with kzgraph or that ``KZGRAPH_ROOT`` names.
        sources: The folder of source texts; with it every anchor is checked as well.
        strict: Whether to run shapes and hygiene queries; without them the same graph is there sooner.

    Raises:
        CorpusError: With every problem; nothing is built.
    """
    root = root or find_root()
    terms = ontology.triples(root)
    vocabulary = ontology.vocabulary(terms)
    corpus = files.read(root, vocabulary)
    problems = list(_anchors(corpus, sources)) if sources else []
    home = iri(iris.graph("ontology"))
    lines = {f"{s} {p} {o} {home} .\n" for s, p, o in terms}
    lines.update(quad.line() for quad in mapping.quads(corpus, vocabulary.inverses))
    source = sorted(lines)  # what is loaded in order lies together: queries are up to twice as fast
    store = stores.in_memory("".join(source).encode())
    derived, conflicts = derive(root, store)
    ordered = sorted([*source, *sorted(derived)])
    nquads = "".join(ordered).encode()
    if strict:
        with ThreadPoolExecutor(1) as pool:  # both engines run outside Python's lock
            shaped = pool.submit(shapes.validate, root, "".join(_without_graph(ordered)))
            problems += checks(root, store)
            problems += shaped.result()
    problems += _unjudged(conflicts)
    if problems:
        places = _places(corpus)
        problems = [_located(problem, places) for problem in problems]
    if any(not problem.warning for problem in problems):
        raise CorpusError(problems)
    return Graph(corpus, nquads, store, tuple(sorted(problems)), _layers(ordered), conflicts, sources is not None)


def checks(root: Root, store: stores.Oxigraph) -> list[Problem]:
    """Runs every query of ``queries/checks/``: each row is a problem, with ``?item`` and ``?message``."""
    problems = []
    for path in sorted((root.queries / "checks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        warning = re.search(r"^#\+ severity: warning$", text, re.MULTILINE) is not None
        answer = store.query(text)
        assert isinstance(answer, Table)
        for row in answer.records():
            message = row.get("message", path.stem).rstrip(".")
            problems.append(Problem(shorten(row.get("item", "")), 0, "", message, "", warning))
    return problems


def _unjudged(conflicts: Iterable[Conflict]) -> Iterator[Problem]:
    """Gives a warning for every candidate of a rule that nobody has judged."""
    for conflict in conflicts:
        if conflict.unjudged:
            keys = ", ".join(shorten(claim).removeprefix("claim:") for claim in conflict.claims)
            message = f"{conflict.reason.rstrip('?')}: {keys}"
            hint = f"Judge them in graph/judgements/ as a conflict of kind {conflict.kind}."
            yield Problem(shorten(conflict.unjudged[0]), 0, "", message, hint, True)


def _anchors(corpus: Corpus, sources: Path) -> Iterator[Problem]:
    paths = {document.slug: document.path for document in corpus.documents}
    places: dict[tuple[str, str], tuple[str, int]] = {}
    for document in corpus.documents:
        items = [(f"passage {passage.id}", passage.line) for passage in document.passages]
        items += [(f"claim {claim.id}", claim.line) for claim in document.claims]
        places |= {(document.slug, item): (document.path, line) for item, line in items}
    for number, reuse in enumerate(corpus.reuse, start=1):
        places |= {(each.document, f"reuse {number}"): (reuse.path, reuse.line) for each in (reuse.a, reuse.b)}
    for finding in evidence.verify(corpus, sources):
        if finding.status == evidence.MISSING:
            if finding.item == "source":
                yield Problem(paths[finding.document], 0, "", finding.detail, "Its anchors were not checked.", True)
        elif finding.status != evidence.EXACT:
            message = f"the anchor {finding.span} is {finding.status}: {finding.detail}"
            path, line = places.get((finding.document, finding.item), (paths[finding.document], 0))
            yield Problem(path, line, finding.item, message, "See `kzgraph verify`.")


def _without_graph(lines: list[str]) -> Iterator[str]:
    """Gives N-Triples from N-Quads: the graph is always the last IRI of a line."""
    last = ""
    for line in lines:
        triple = line[: line.rindex("<")] + ".\n"
        if triple != last:
            yield triple
        last = triple


def _layers(lines: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        graph = line[line.rindex("/") + 1 : -4]
        counts[graph] = counts.get(graph, 0) + 1
    return dict(sorted(counts.items()))


Place = tuple[str, int, str]


def _places(corpus: Corpus) -> dict[str, Place]:
    """Gives the file, the line and the item of every node that a person wrote, by its short IRI."""
    found: dict[str, Place] = {}
    for entity in corpus.entities:
        found[f"id:{entity.slug}"] = (entity.path, entity.line, f"entity {entity.slug}")
    for judgement in corpus.judgements:
        found[f"judgement:{judgement.id}"] = (judgement.path, judgement.line, f"judgement {judgement.id}")
    for document in corpus.documents:
        found[f"doc:{document.slug}"] = (document.path, 1, f"document {document.slug}")
        for reference in document.references:
            found[f"doc:{reference.slug}"] = (document.path, reference.line, f"reference {reference.slug}")
        for passage in document.passages:
            found[f"passage:{document.slug}.{passage.id}"] = (document.path, passage.line, f"passage {passage.id}")
        for claim in document.claims:
            found[f"claim:{document.slug}.{claim.id}"] = (document.path, claim.line, f"claim {claim.id}")
    return found


def _located(problem: Problem, places: dict[str, Place]) -> Problem:
    """Gives a problem about a node, or about a part of it, the file and line where a person wrote the node."""
    node = problem.path
    place = places.get(node) or places.get(node.rpartition(".")[0])
    if place is None:
        return problem
    path, line, item = place
    return Problem(path, line, item, problem.message, problem.hint, problem.warning)


def write(graph: Graph, *, store: Path | None = None, out: Path | None = None) -> None:
    """Writes a built graph: as a store on disk, as one file of sorted N-Quads, or both."""
    from .paths import write_atomically

    if store is not None:
        stores.write(store, graph.nquads, graph.digest)
    if out is not None:
        write_atomically(out / "kzgraph.nq", graph.nquads)
