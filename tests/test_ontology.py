"""The ontology: complete, well formed, without contradictions, and known to its JSON-LD context."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from conftest import TOP
from rdflib import OWL, RDF, RDFS, SKOS

from kzgraph.build import Graph
from kzgraph.namespaces import KZ, PREFIXES
from kzgraph.queries import with_prefixes
from kzgraph.terms import Table

MODULES = sorted((TOP / "ontology").glob("*.ttl"))
ONTOLOGY = rdflib.URIRef(KZ.rstrip("#"))
SCHEMA = rdflib.Namespace(PREFIXES["schema"])
KZ_ = rdflib.Namespace(KZ)
PROPERTIES = (RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
HEADER = ["a", "owl:versionIRI", "dcterms:title", "dcterms:creator", "dcterms:license", "dcterms:issued"]

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    """All modules, merged."""
    merged = rdflib.Graph()
    for path in MODULES:
        merged.parse(path, format="turtle")
    return merged


def typed(ontology: rdflib.Graph, *kinds: rdflib.URIRef) -> list[rdflib.URIRef]:
    """Our own terms of these kinds."""
    found = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, rdflib.URIRef) and term.startswith(KZ))


def terms(ontology: rdflib.Graph) -> list[rdflib.URIRef]:
    """Our own classes, properties, concepts and schemes."""
    return typed(ontology, OWL.Class, *PROPERTIES, SKOS.Concept, SKOS.ConceptScheme)


def languages(ontology: rdflib.Graph, term: rdflib.URIRef, predicate: rdflib.URIRef) -> list[str]:
    """The languages of a term's texts, sorted, with repeats."""
    return sorted(str(text.language) for text in ontology.objects(term, predicate) if isinstance(text, rdflib.Literal))


@each_module
def test_two_parsers_read_the_same_triples(path: Path) -> None:
    theirs = {(str(t.subject), str(t.predicate)) for t in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    ours = rdflib.Graph().parse(path, format="turtle")
    count = sum(1 for _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    assert len(ours) == count, "a triple is written twice"
    assert {(s.n3(), p.n3()) for s, p, _ in ours if isinstance(s, rdflib.URIRef)} == {
        pair for pair in theirs if pair[0].startswith("<")
    }


@each_module
def test_header_is_complete_and_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = re.search(r"^<\S+>\n((?: {4}.*\n)+)", text, re.MULTILINE)
    assert header, "the file does not begin with its owl:Ontology"
    order = re.findall(r"^ {4}(\S+)", header[1], re.MULTILINE)
    assert order[: len(HEADER)] == HEADER
    assert order[len(HEADER) :] in ([], ["rdfs:comment"], ["dcterms:isPartOf"], ["dcterms:isPartOf", "rdfs:comment"])
    graph = rdflib.Graph().parse(data=text, format="turtle")
    (module,) = graph.subjects(RDF.type, OWL.Ontology)
    assert isinstance(module, rdflib.URIRef)
    assert languages(graph, module, rdflib.DCTERMS.title) == ["en", "kk", "ru"]
    assert module == ONTOLOGY or (module, rdflib.DCTERMS.isPartOf, ONTOLOGY) in graph


def test_every_term_has_one_label_in_three_languages(ontology: rdflib.Graph) -> None:
    concepts = {*ontology.subjects(RDF.type, SKOS.Concept), *ontology.subjects(RDF.type, SKOS.ConceptScheme)}
    found = {
        term: languages(ontology, term, SKOS.prefLabel if term in concepts else RDFS.label) for term in terms(ontology)
    }
    assert {term: labels for term, labels in found.items() if labels != ["en", "kk", "ru"]} == {}


def test_every_term_has_a_definition_a_home_and_a_status(ontology: rdflib.Graph) -> None:
    status = rdflib.URIRef("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
    problems = []
    for term in terms(ontology):
        definitions = [str(text) for text in ontology.objects(term, SKOS.definition)]
        if len(definitions) != 1 or not re.fullmatch(r"[A-Z][^\n]*\.", definitions[0]):
            problems.append((term, "not defined by one sentence", definitions))
        if (term, RDFS.isDefinedBy, ONTOLOGY) not in ontology:
            problems.append((term, "without rdfs:isDefinedBy", []))
        if len(list(ontology.objects(term, status))) != 1:
            problems.append((term, "without a status", []))
    assert not problems


def test_what_is_used_is_declared(ontology: rdflib.Graph) -> None:
    used = {node for triple in ontology for node in triple if isinstance(node, rdflib.URIRef) and node.startswith(KZ)}
    assert used - {term for term, _ in ontology.subject_objects(RDF.type)} - {rdflib.URIRef(KZ)} == set()


def test_no_two_terms_of_one_kind_share_a_label(ontology: rdflib.Graph) -> None:
    for kind in (OWL.Class, KZ_.ClaimPredicate):
        labels: dict[str, list[rdflib.URIRef]] = {}
        for term in typed(ontology, kind):
            for text in ontology.objects(term, RDFS.label):
                labels.setdefault(text.n3(), []).append(term)
        assert {label: found for label, found in labels.items() if len(found) > 1} == {}


def test_domains_and_ranges_are_known_classes(ontology: rdflib.Graph) -> None:
    ours = set(typed(ontology, OWL.Class))
    declared = {*ontology.subjects(RDF.type, OWL.Class), *ontology.subjects(RDF.type, RDFS.Datatype)}
    xsd = {rdflib.XSD[name] for name in ("string", "integer", "decimal", "date", "boolean", "anyURI", "gYear")}
    theirs = declared | xsd | {OWL.Thing, OWL.Class, RDF.langString}
    problems = [
        (term, place, known)
        for place in (SCHEMA.domainIncludes, SCHEMA.rangeIncludes)
        for term, known in ontology.subject_objects(place)
        if known not in (ours if str(known).startswith(KZ) else theirs)
    ]
    assert not problems


def test_no_class_property_or_concept_is_above_itself(ontology: rdflib.Graph) -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader):
        for term in set(ontology.subjects(predicate)):
            for first in ontology.objects(term, predicate):
                assert term not in set(ontology.transitive_objects(first, predicate)), f"{term} is above itself"


def test_every_class_of_event_has_an_event_type(ontology: rdflib.Graph) -> None:
    events = {term for term in ontology.transitive_subjects(RDFS.subClassOf, KZ_.Event) if str(term).startswith(KZ)}
    typed_by: dict[Any, list[Any]] = {}
    for concept, event in ontology.subject_objects(KZ_.eventClass):
        typed_by.setdefault(event, []).append(concept)
    assert events - set(typed_by) == set()
    assert set(typed_by) - events == set()
    assert {event: found for event, found in typed_by.items() if len(found) > 1} == {}


def test_every_concept_is_in_one_scheme_that_its_name_tells(ontology: rdflib.Graph) -> None:
    schemes = set(typed(ontology, SKOS.ConceptScheme))
    for concept in typed(ontology, SKOS.Concept):
        assert list(ontology.objects(concept, SKOS.inScheme)) != [], concept
        for scheme in ontology.objects(concept, SKOS.inScheme):
            assert scheme in schemes, f"{concept} is in {scheme}, which is not declared"
        for broader in ontology.objects(concept, SKOS.broader):
            shared = set(ontology.objects(concept, SKOS.inScheme)) & set(ontology.objects(broader, SKOS.inScheme))
            assert shared, f"{concept} and its broader {broader} have no scheme in common"


#: What stands where a term is put to use: in claims, as a type of something, or as a kind of such a type.
USED = """
SELECT DISTINCT ?term WHERE {
  { ?claim a kz:Claim ; rdf:predicate ?term }
  UNION { ?claim a kz:Claim ; rdf:object ?term . ?term a skos:Concept }
  UNION { ?claim a kz:Claim ; kz:topic/skos:broader* ?term }
  UNION { ?claim a kz:Claim ; rdf:object/kz:eventClass/rdfs:subClassOf* ?term }
  UNION { ?thing a/rdfs:subClassOf* ?term . ?term a owl:Class }
}
"""
#: Terms that nothing uses yet, and why they are kept.
KEPT: dict[str, str] = {}
#: Schemes from which whoever writes a claim or a judgement picks freely; the others are closed lists, kept whole.
OPEN = ("act", "trend")


@pytest.fixture(scope="module")
def used(graph: Graph, mini: Graph) -> set[str]:
    """The local names of the terms that a corpus, a query or a shape uses."""
    found = set()
    for each in (graph, mini):
        answer = each.store.query(with_prefixes(USED))
        assert isinstance(answer, Table)
        found |= {row["term"].removeprefix(KZ) for row in answer.records()}
    for path in (*(TOP / "queries").rglob("*.rq"), *(TOP / "ontology" / "shapes").glob("*.ttl")):
        found |= set(re.findall(r"\bkz:([A-Za-z][\w-]*)", path.read_text(encoding="utf-8")))
    return found


def unused(found: list[rdflib.URIRef], used: set[str]) -> set[str]:
    return {term.removeprefix(KZ) for term in found} - used


def test_every_class_and_predicate_is_used_or_kept_for_a_reason(ontology: rdflib.Graph, used: set[str]) -> None:
    idle = unused(typed(ontology, OWL.Class, KZ_.ClaimPredicate), used)
    assert idle - set(KEPT) == set(), "no claim, entity, query or shape uses it: take it out of the ontology"
    assert set(KEPT) - idle == set(), "it is used now: take it off the list"


@pytest.mark.parametrize("path", sorted((TOP / "queries").rglob("*.rq")), ids=lambda path: path.stem)
def test_a_query_names_only_terms_that_are_declared(ontology: rdflib.Graph, path: Path) -> None:
    named = set(re.findall(r"\bkz:([A-Za-z][\w-]*)", path.read_text(encoding="utf-8")))
    assert {local for local in named if (KZ_[local], RDF.type, None) not in ontology} == set()


def test_every_concept_of_an_open_scheme_is_used(ontology: rdflib.Graph, used: set[str]) -> None:
    open_schemes = {KZ_[f"scheme-{name}"] for name in OPEN}
    concepts = [
        each for each in typed(ontology, SKOS.Concept) if open_schemes & {*ontology.objects(each, SKOS.inScheme)}
    ]
    assert len(concepts) > len(OPEN)
    assert unused(concepts, used) == set()


def test_a_right_without_claims_is_the_only_one_to_set_out_some_article(ontology: rdflib.Graph, used: set[str]) -> None:
    rights = [each for each in typed(ontology, SKOS.Concept) if (each, SKOS.inScheme, KZ_["scheme-right"]) in ontology]
    assert len(rights) > 40
    for local in unused(rights, used):
        articles = [set(ontology.subjects(KZ_.article, each)) for each in ontology.objects(KZ_[local], KZ_.article)]
        assert {KZ_[local]} in articles, f"{local} adds nothing to the alignment"


def context_terms() -> Iterator[tuple[str, str]]:
    """Each term of context.jsonld with its prefixed name."""
    context = json.loads((TOP / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for name, value in context.items():
        yield name, value if isinstance(value, str) else value.get("@id", "") if isinstance(value, dict) else ""


def test_context_names_every_class_and_property(ontology: rdflib.Graph) -> None:
    named = {value for _, value in context_terms()}
    needed = {f"kz:{term.removeprefix(KZ)}" for term in typed(ontology, OWL.Class, *PROPERTIES)}
    assert needed - named == set()
    declared = {f"kz:{term.removeprefix(KZ)}" for term in terms(ontology)}
    assert {value for value in named if value.startswith("kz:")} - declared == set()


def test_context_agrees_with_the_kind_of_each_property(ontology: rdflib.Graph) -> None:
    context = json.loads((TOP / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for term in typed(ontology, OWL.ObjectProperty):
        entry = context[term.removeprefix(KZ)]
        assert isinstance(entry, dict), f"{term}: its values would be read as text"
        assert entry.get("@type") in ("@id", "@vocab"), term


def unsatisfiable(ntriples: str, folder: Path) -> list[str]:
    """Runs HermiT (it raises at a contradiction); gives the classes that can have no member."""
    file = folder / "merged.nt"
    marks = (f"<{KZ}ClaimPredicate> .", f"<{KZ}GenericPredicate> .")  # types of properties, which owlready2 mistakes
    lines = (line for line in ntriples.splitlines(keepends=True) if not line.rstrip().endswith(marks))
    file.write_text("".join(lines), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # owlready2's own
        import owlready2

        world = owlready2.World()
        world.get_ontology(file.as_uri()).load()
        owlready2.sync_reasoner_hermit(world, debug=0)
        assert len(list(world.classes())) > 100
        return [found.iri for found in world.inconsistent_classes()]


@pytest.mark.slow
def test_hermit_finds_no_class_without_possible_members(ontology: rdflib.Graph, tmp_path: Path) -> None:
    merged = ontology.serialize(format="nt")
    assert unsatisfiable(merged, tmp_path) == []
    one, other = min(ontology.subject_objects(OWL.disjointWith))
    both = "".join(f"<{KZ}Both> <{RDFS.subClassOf}> <{each}> .\n" for each in (one, other))
    found = unsatisfiable(f"{merged}<{KZ}Both> <{RDF.type}> <{OWL.Class}> .\n{both}", tmp_path)
    assert set(found) - {str(OWL.Nothing)} == {f"{KZ}Both"}


@pytest.mark.slow
def test_hermit_finds_no_entity_of_disjoint_classes(ontology: rdflib.Graph, graph: Graph, tmp_path: Path) -> None:
    answer = graph.store.query("SELECT ?node ?type FROM <https://w3id.org/kzgraph/graph/entities> { ?node a ?type }")
    assert isinstance(answer, Table)
    types = "".join(f"<{row['node']}> <{RDF.type}> <{row['type']}> .\n" for row in answer.records())
    assert types
    assert unsatisfiable(ontology.serialize(format="nt") + types, tmp_path) == []
