"""Shapes: what is wrong in the triples is found, and our engine finds what pySHACL finds."""

from __future__ import annotations

import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
import shacl
from rdflib.namespace import SH

from kzgraph import shapes
from kzgraph.build import Graph
from kzgraph.namespaces import PREFIXES, expand
from kzgraph.paths import Root, find_root
from kzgraph.terms import iri, name, parse

BASE = "https://w3id.org/kzgraph/"
CLAIM = f"<{BASE}claim/steppe-bulletin.003>"
PASSAGE = f"<{BASE}passage/steppe-bulletin.p003>"
PERSON = f"<{BASE}id/dana-ospan>"
JUDGEMENT = f"<{BASE}judgement/identity-001>"

# what: the node, the property (a prefixed name), the values that stand instead of its own
FAULTS = {
    "no statement": (CLAIM, "kz:statement", []),
    "two statements": (CLAIM, "kz:statement", ['"One."@en', '"Two."@en']),
    "a statement without language": (CLAIM, "kz:statement", ['"One."']),
    "no subject": (CLAIM, "rdf:subject", []),
    "a subject that is a text": (CLAIM, "rdf:subject", ['"Dana"']),
    "a subject that is nothing": (CLAIM, "rdf:subject", [f"<{BASE}id/nobody>"]),
    "no predicate": (CLAIM, "rdf:predicate", []),
    "a predicate that is none": (CLAIM, "rdf:predicate", [name("kz:Claim")]),
    "no object": (CLAIM, "rdf:object", []),
    "no voice": (CLAIM, "kz:voice", []),
    "another scheme's voice": (CLAIM, "kz:voice", [name("kz:modality-denied")]),
    "two modalities": (CLAIM, "kz:modality", [name("kz:modality-denied"), name("kz:modality-asserted")]),
    "a topic that is no right": (CLAIM, "kz:topic", [name("kz:voice-own")]),
    "no document": (CLAIM, "kz:reportedIn", []),
    "no target": (CLAIM, "oa:hasTarget", []),
    "no proposition": (CLAIM, "kz:expresses", []),
    "no type": (CLAIM, "rdf:type", []),
    "a date that is a text": (CLAIM, "kz:when", ['"May"']),
    "a position that is a text": (f"{CLAIM[:-1]}.position>", "oa:start", ['"x"']),
    "a negative position": (f"{CLAIM[:-1]}.position>", "oa:start", [f'"-1"^^<{PREFIXES["xsd"]}integer>']),
    "no quote": (f"{CLAIM[:-1]}.quote>", "oa:exact", []),
    "a passage without start": (PASSAGE, "kz:start", []),
    "a passage with two ends": (PASSAGE, "kz:end", [f'"{end}"^^<{PREFIXES["xsd"]}integer>' for end in (171, 172)]),
    "a crooked digest": (PASSAGE, "kz:spanDigest", ['"abc"']),
    "no disposition": (PASSAGE, "kz:disposition", []),
    "an entity without label": (PERSON, "rdfs:label", []),
    "two English labels": (PERSON, "skos:prefLabel", ['"Dana"@en', '"Ospan"@en']),
    "an entity of no class": (PERSON, "rdf:type", []),
    "a link that is a text": (PERSON, "owl:sameAs", ['"Q42"']),
    "no reason": (JUDGEMENT, "kz:reason", []),
    "a decision of another scheme": (JUDGEMENT, "kz:decision", [name("kz:voice-own")]),
    "evidence that is no claim": (JUDGEMENT, "kz:evidence", [PERSON]),
    "a document without title": (f"<{BASE}doc/steppe-bulletin>", "dcterms:title", []),
}


def triples(graph: Graph) -> list[str]:
    return sorted({line[: line.rindex("<")] + ".\n" for line in graph.nquads.decode().splitlines()})


def faulty(lines: list[str], node: str, curie: str, values: list[str]) -> str:
    start = f"{node} {iri(expand(curie))} "
    kept = [line for line in lines if not line.startswith(start)]
    return "".join(sorted([*kept, *(f"{start}{value} .\n" for value in values)]))


Found = set[tuple[str, str, str]]


def _simple(path: str) -> str:
    """Gives a path that is one IRI; the two engines write others in their own ways."""
    return path[1:-1] if re.fullmatch("<[^<>]*>", path) else ""


def ours(path: Path, text: str) -> Found:
    report = shacl.Shapes.from_file(str(path)).validate_text(text, format="nt")
    return {
        (each.focus_node, _simple(each.path or ""), each.component.rpartition("#")[2].rpartition("/")[2].strip("<>"))
        for each in report.results
    }


def theirs(path: Path, data: rdflib.Graph) -> Found:
    _, report, _ = pyshacl.validate(data, shacl_graph=str(path), inference="none")
    found = set()
    for each in report.objects(None, SH.result):  # not the details within a result
        focus, along = report.value(each, SH.focusNode), report.value(each, SH.resultPath)
        component = str(report.value(each, SH.sourceConstraintComponent)).rpartition("#")[2]
        found.add((focus.n3(), str(along) if isinstance(along, rdflib.URIRef) else "", component))  # type: ignore[union-attr]
    return found


def files(root: Root) -> list[Path]:
    return sorted((root.ontology / "shapes").glob("*.ttl"))


def test_there_are_shapes_and_the_mini_corpus_has_them(mini: Graph, mini_root: Root) -> None:
    assert files(mini_root)
    assert [str(each) for each in shapes.validate(mini_root, "".join(triples(mini))) if not each.warning] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*", "ignore::DeprecationWarning:pyshacl.*")
@pytest.mark.parametrize("what", FAULTS)
def test_both_engines_find_the_same(what: str, mini: Graph, mini_root: Root) -> None:
    text = faulty(triples(mini), *FAULTS[what])
    data = rdflib.Graph().parse(data=text, format="nt")
    for path in files(mini_root):
        own, other = ours(path, text), theirs(path, data)
        assert own == other, path.name


# Without a type a node is no target; a stranger is told at the stranger; the rest mapping never gives.
ELSEWHERE = ("no type", "a subject that is nothing", "no proposition", "a date that is a text", "a link that is a text")
FOUND = [what for what in FAULTS if what not in ELSEWHERE]


@pytest.mark.parametrize("what", FOUND)
def test_a_fault_is_a_problem_of_its_node(what: str, mini: Graph, mini_root: Root) -> None:
    node, curie, values = FAULTS[what]
    problems = shapes.validate(mini_root, faulty(triples(mini), node, curie, values))
    address = parse(node).value.removeprefix(BASE).replace("/", ":", 1)
    told = [
        each
        for each in problems
        if each.path.split(".p")[0].split(".q")[0] in (address, address.split(".p")[0].split(".q")[0])
    ]
    assert told, [str(each) for each in problems]
    assert all(each.message.strip() for each in told)


def test_shapes_that_are_no_turtle_are_told(tmp_path: Path, mini: Graph) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "ontology" / "shapes").mkdir(parents=True)
    (tmp_path / "ontology" / "shapes" / "broken.ttl").write_text("@prefix sh: <")
    (problem,) = shapes.validate(find_root(tmp_path), "".join(triples(mini)))
    assert problem.path == "ontology/shapes/broken.ttl"
    assert "the shapes cannot be read" in problem.message
