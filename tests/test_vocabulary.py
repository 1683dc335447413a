"""docs/vocabulary.md is the ontology, read as a page, with an example of each term from the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import rdflib
from conftest import TOP
from rdflib import OWL, RDF, RDFS, SKOS

from kzgraph.build import Graph
from kzgraph.namespaces import KZ, shorten
from kzgraph.queries import with_prefixes
from kzgraph.terms import Table

PAGE = TOP / "docs" / "vocabulary.md"
KZ_ = rdflib.Namespace(KZ)

HEAD = """\
# The vocabulary

What a document's claims may be written with: the classes of things, the predicates of claims, and the concepts of the
schemes, by module of [ontology/](../ontology/), each with one example from the five documents. The tests keep this page
equal to the ontology and the graph.

*Uses* counts the claims with a predicate, the things of a class (those of its kinds too), and the claims, names,
passages, judgements or conflicts with a concept. The example is the shortest: of a claim that is asserted and affirmed
if there is one, else with how it is said in brackets; of a class, a thing that is of no narrower kind if there is one.
`kzgraph show` takes the address of a claim or a thing. The few terms without an example wait for other documents;
[DECISIONS.md](../DECISIONS.md) says why they are kept. Types of events mirror the classes of events, so only those are
listed that a claim names.

An example says what a document says, not what is true.
"""

#: Of a term's uses the number and the best example: how good, how long, its address, its words.
USES = """
SELECT ?term (COUNT(DISTINCT ?use) AS ?uses) (MIN(?key) AS ?best) WHERE {
  {
    { ?use rdf:predicate ?term }
    UNION { ?use ?how ?term . ?term skos:inScheme ?scheme }
    UNION { ?use rdf:object/kz:approximation|kz:topic/kz:article ?term }
    ?use a kz:Claim ; kz:statement ?statement ; kz:polarity ?polarity ; kz:modality/skos:prefLabel ?modality .
    FILTER(LANG(?modality) = "en")
    BIND(IF(?polarity = kz:polarity-positive, "", " and negated") AS ?negated)
    BIND(IF(STR(?modality) = "asserted" && ?negated = "", "0", "1") AS ?rank)
    BIND(CONCAT(IF(?rank = "0", "", CONCAT("[", STR(?modality), ?negated, "] ")), STR(?statement)) AS ?words)
  }
  UNION
  {
    {
      ?use ?how ?term .
      FILTER(?how IN (kz:disposition, kz:decision, kz:conflictKind, kz:conflictStatus, kz:explanation, kz:lineageKind,
        kz:reuseKind, kz:foldStrength))
      FILTER NOT EXISTS { ?use kz:judgedIn|rdfs:isDefinedBy ?elsewhere }
    }
    UNION { ?use kz:name ?name . ?name kz:nameKind ?term ; kz:text ?text }
    OPTIONAL { ?use kz:reason ?reason }
    BIND("0" AS ?rank)
    BIND(STR(COALESCE(?text, ?reason, "")) AS ?words)
  }
  UNION
  {
    ?use a ?class .
    ?class rdfs:subClassOf* ?term .
    ?term a owl:Class .
    OPTIONAL { ?use rdfs:label|kz:statement|kz:text ?label }
    OPTIONAL { ?use kz:reason ?reason }
    FILTER(!BOUND(?label) || LANG(?label) = "en" || NOT EXISTS { ?use rdfs:label ?en . FILTER(LANG(?en) = "en") })
    BIND(IF(?class = ?term, "0", "1") AS ?rank)
    BIND(STR(COALESCE(?label, ?reason, "")) AS ?words)
  }
  FILTER(STRSTARTS(STR(?term), STR(kz:)))
  BIND(CONCAT(?rank, SUBSTR(STR(10000 + STRLEN(?words)), 2), " ", STR(?use), " ", ?words) AS ?key)
}
GROUP BY ?term
"""


class Use(NamedTuple):
    """How often a term is used, and the best example: its words and its address."""

    number: int
    words: str
    address: str


class Module(NamedTuple):
    """One file of the ontology."""

    name: str
    title: str
    graph: rdflib.Graph

    def own(self, kind: rdflib.URIRef) -> list[rdflib.URIRef]:
        """Our terms of a kind that the file declares, by name."""
        found = (term for term in self.graph.subjects(RDF.type, kind) if isinstance(term, rdflib.URIRef))
        return sorted(term for term in found if term.startswith(KZ))

    def text(self, term: rdflib.URIRef, *predicates: rdflib.URIRef) -> str:
        """A term's English text by the first of these predicates that has one."""
        texts = [str(each) for by in predicates for each in self.graph.objects(term, by) if each.language == "en"]  # type: ignore[attr-defined]
        return texts[0]


def modules() -> list[Module]:
    """The files that declare terms, the general one first and the schemes last."""
    found = []
    for path in (TOP / "ontology").glob("*.ttl"):
        module = Module(path.name, "", rdflib.Graph().parse(path, format="turtle"))
        (header,) = module.graph.subjects(RDF.type, OWL.Ontology)
        assert isinstance(header, rdflib.URIRef)
        title = module.text(header, rdflib.DCTERMS.title).rpartition(": ")[2]
        found.append(module._replace(title=upper(title)))
    order = {"core.ttl": 0, "schemes.ttl": 2}
    with_terms = [each for each in found if each.own(OWL.Class) or each.own(SKOS.Concept)]
    return sorted(with_terms, key=lambda module: (order.get(module.name, 1), module.name))


def uses(graph: Graph) -> dict[str, Use]:
    """Each term that the graph uses, by local name."""
    answer = graph.store.query(with_prefixes(USES))
    assert isinstance(answer, Table)
    found = {}
    for row in answer.records():
        _, address, words = row["best"].split(" ", 2)
        found[row["term"].removeprefix(KZ)] = Use(int(row["uses"]), words, shorten(address).removeprefix("claim:"))
    return found


def tables(module: Module, used: dict[str, Use]) -> Iterator[tuple[str, list[rdflib.URIRef]]]:
    """The tables of one file: a heading and its terms."""
    yield "classes", module.own(OWL.Class)
    yield "predicates of claims", module.own(KZ_.ClaimPredicate)
    for scheme in sorted(module.own(SKOS.ConceptScheme), key=lambda scheme: module.text(scheme, SKOS.prefLabel)):
        members = sorted(
            each for each in module.graph.subjects(SKOS.inScheme, scheme) if isinstance(each, rdflib.URIRef)
        )
        named = [each for each in members if scheme != KZ_["scheme-event"] or each.removeprefix(KZ) in used]
        yield upper(module.text(scheme, SKOS.prefLabel)), named


def line(module: Module, term: rdflib.URIRef, used: dict[str, Use]) -> str:
    """One term as a row of its table."""
    use = used.get(term.removeprefix(KZ), Use(0, "", ""))
    cells = (
        f"`{term.removeprefix(KZ)}`",
        plain(module.text(term, RDFS.label, SKOS.prefLabel)),
        plain(module.text(term, SKOS.definition)),
        f"{use.number:,}",
        f"{plain(use.words)} `{use.address}`".strip() if use.number else "",
    )
    return f"| {' | '.join(cells)} |"


def upper(text: str) -> str:
    """A text with a capital at its head."""
    return text[0].upper() + text[1:]


def plain(text: str) -> str:
    """A text with nothing in it that Markdown would take for more."""
    return re.sub(r"([\\|<*`])", r"\\\1", text)


def page(graph: Graph) -> str:
    """The vocabulary as one Markdown file."""
    used = uses(graph)
    contents, parts = ["## Contents\n"], []
    for module in modules():
        contents.append(f"- [{module.title}](#{anchor(module.title)})")
        parts.append(f"## {module.title}\n\n[{module.name}](../ontology/{module.name})\n")
        for heading, terms in tables(module, used):
            if terms:
                title = heading if module.name == "schemes.ttl" else f"{module.title}: {heading}"
                contents.append(f"  - [{heading}](#{anchor(title)}), {len(terms)}")
                head = f"### {title}\n\n| term | label | definition | uses | example |\n|---|---|---|--:|---|"
                parts.append("\n".join([head, *(line(module, term, used) for term in terms), ""]))
    return "\n".join([HEAD, *contents, "", *parts])


def anchor(title: str) -> str:
    """The address of a heading within its page, as GitHub makes it."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def test_the_page_is_the_ontology_with_examples(request: pytest.FixtureRequest, graph: Graph) -> None:
    if request.config.getoption("--accept"):
        PAGE.write_text(page(graph), "utf-8")
    assert PAGE.read_text("utf-8") == page(graph)
