"""What was asked: the name of a query, SPARQL, or the name of a node, as the query that gives the claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from shlex import quote
from typing import TYPE_CHECKING

from .. import iris, queries
from ..analysis.rivals import around
from ..errors import NotFound, QueryError
from ..names import resolve
from ..namespaces import shorten
from ..paths import Root, shipped
from ..reading import Reader
from ..records import Records, Ref
from ..terms import Table, Triples, parse, text_term
from .parts import Question

if TYPE_CHECKING:
    from ..store import Store

#: The query that gives the claims about a node; see queries/claims/.
ABOUT = "claims-that-name"
_PART = iris.term("subEventOf")


def ask(
    store: Store, question: str, root: Root, params: dict[str, str], records: Records, events: bool
) -> tuple[Question, Table]:
    """Gives the question as it is told, with its answer."""
    named = query(question, root)
    if named is not None:
        text = _bare(queries.prepare(named, params, store))
        given = "".join(f" -p {quote(f'{key}={value}')}" for key, value in sorted(params.items()))
        asked = Question(
            named.summary,
            text,
            more=named.description,
            command=f"kzgraph query {named.name}{given}",
            params=tuple(_values(named, text, params)),
        )
        return asked, table(store, text)
    if params:
        raise QueryError(f"there is no query `{question}` to take parameters.", hint="See `kzgraph queries`.")
    if "{" in question:
        text = queries.with_prefixes(question)
        return Question("What does the graph answer to the query below?", text), table(store, text)
    return _about(store, question, root, records, events)


def _about(store: Store, name: str, root: Root, records: Records, events: bool) -> tuple[Question, Table]:
    """Gives the question what is claimed about a node, with what took place at it, and the events' parts."""
    ref = resolve(store, name)
    reader = Reader(store, root)
    reached = set(around(store, ref.iri, root))
    parts = _events(records, reached)
    if events:
        reached |= _with_parts(records, parts)
    others = sorted((reader.ref(node) for node in reached - {ref.iri}), key=_by_label)
    nodes = (ref, *others)
    value, told = ("|".join(write(node.iri) for node in nodes) for write in (str, shorten))
    text = _bare(queries.prepare(queries.find(ABOUT, _root_with(root)), {"node": value}))
    asked = Question(
        f"What do the documents claim about {ref.label}, in which words, and on whose word?",
        text,
        command=f"kzgraph query {ABOUT} -p {quote(f'node={told}')}",
        nodes=nodes,
        parts=tuple(sorted(map(reader.ref, parts), key=_by_label)),
    )
    return asked, table(store, text)


def _events(records: Records, nodes: Collection[str]) -> set[str]:
    """Gives the events in which some nodes have a part, by IRI."""
    known = {entity.iri for entity in records.entities if entity.family == "event"}
    subjects = {c.subject.iri for c in records.claims if isinstance(c.object, Ref) and c.object.iri in nodes}
    return (subjects & known) - set(nodes)


def _with_parts(records: Records, events: set[str]) -> set[str]:
    """Gives events with their parts, by IRI."""
    part_of = [
        (claim.subject.iri, claim.object.iri)
        for claim in records.claims
        if claim.predicate.iri == _PART and claim.polarity == "positive" and isinstance(claim.object, Ref)
    ]
    reached, before = set(events), 0
    while len(reached) > before:
        before = len(reached)
        reached |= {part for part, whole in part_of if whole in reached}
    return reached


def _by_label(ref: Ref) -> tuple[str, str]:
    return ref.label, ref.iri


def _values(named: queries.NamedQuery, text: str, params: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Gives the value of each parameter: the given one, or the example that stands in the query."""
    for param in named.params:
        found = re.search(rf"VALUES[ \t]+\?{re.escape(param.name)}[ \t]*\{{([^{{}}\n]*)\}}", text)
        example = found[1].strip() if found else ""
        if param.name in params:
            yield param.name, params[param.name]
        elif example != queries.ANY:
            yield param.name, f"{example}, the query's own example"


def _bare(text: str) -> str:
    """Gives a query of the catalogue without its header."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))


def query(question: str, root: Root) -> queries.NamedQuery | None:
    """Gives the query of the catalogue that a text names, if it names one."""
    if not queries.is_name(question):
        return None
    try:
        return queries.find(question, root)
    except NotFound:
        return None


def _root_with(root: Root) -> Root:
    """Gives the root, or the one that comes with kzgraph if it has not the query for names."""
    own = root.queries / "claims" / f"{ABOUT}.rq"
    return root if own.is_file() else Root(root.ontology, root.graph, shipped() / "queries")


def table(store: Store, text: str) -> Table:
    """Gives the answer to SPARQL of any kind as a table."""
    answer = store.query(text)
    if isinstance(answer, bool):
        return Table(("answer",), ((text_term("true" if answer else "false"),),))
    if isinstance(answer, Triples):
        rows = tuple(tuple(parse(part) for part in triple) for triple in answer.triples)
        return Table(("subject", "predicate", "object"), rows)
    return answer


def title(asked: Question) -> str:
    """Gives the heading that a question has by itself."""
    if asked.nodes:
        return f"What is claimed about {asked.nodes[0].label}"
    values = "; ".join(value for _, value in asked.params)
    return f"{asked.words.removesuffix('?')}{f': {values}' if values else ''}"
