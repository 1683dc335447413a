"""The real corpus: every anchor is proved against the real texts, every passage is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzgraph import coverage, evidence
from kzgraph.build import Graph, build
from kzgraph.canonical import format_files
from kzgraph.paths import Root
from kzgraph.queries import ask
from kzgraph.terms import Table

DOCUMENTS = {
    "campaign-kazakhstan-rights",
    "eu-reporter-kazakhstan-rights",
    "haldane-kazakhstan-profile",
    "socialist-kazakhstan-2010",
    "wikipedia-kazakhstan-rights",
}


def rows(graph: Graph, text: str) -> list[dict[str, str]]:
    answer = graph.store.query(text)
    assert isinstance(answer, Table)
    return list(answer.records())


def test_the_documents_are_there(graph: Graph) -> None:
    assert {document.slug for document in graph.corpus.documents} == DOCUMENTS


def test_every_anchor_is_exact(graph: Graph, sources: Path) -> None:
    findings = evidence.verify(graph.corpus, sources)
    assert [finding for finding in findings if finding.status != evidence.EXACT] == []
    anchors = sum(len(document.passages) + len(document.claims) + 1 for document in graph.corpus.documents)
    assert len(findings) == anchors + 2 * len(graph.corpus.reuse)


def test_nothing_is_unaccounted(graph: Graph, sources: Path) -> None:
    shares = coverage.coverage(graph.corpus, sources)
    assert coverage.unaccounted(shares) == 0
    for document in graph.corpus.documents:
        counted = sum(share.characters for share in shares if share.document == document.slug)
        assert counted == document.source.characters


def test_no_source_claim_or_passage_is_tampered_with(root: Root, sources: Path, tmp_path: Path) -> None:
    """One changed character in the middle of a real text stops the build, and the place is named."""
    for path in sources.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = next(tmp_path.glob("001_*.txt"))
    text = path.read_bytes().decode("utf-8")
    at = text.index("11 were killed")
    path.write_bytes((text[:at] + "71" + text[at + 2 :]).encode("utf-8"))
    with pytest.raises(Exception, match=f"character {at}: '7' stands where '1' was"):
        build(root, sources=tmp_path)


def test_generic_predicates_are_rare(graph: Graph) -> None:
    counted = rows(
        graph,
        """PREFIX kz: <https://w3id.org/kzgraph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT (COUNT(?claim) AS ?all) (SUM(IF(EXISTS { ?p a kz:GenericPredicate }, 1, 0)) AS ?generic)
        WHERE { ?claim a kz:Claim ; rdf:predicate ?p }""",
    )[0]
    assert int(counted["generic"]) < 0.15 * int(counted["all"])


def test_no_triple_stands_in_two_graphs(graph: Graph) -> None:
    triples = [line[: line.rindex("<")] for line in graph.nquads.decode("utf-8").splitlines()]
    assert len(triples) == len(set(triples))


def test_the_data_have_no_blank_nodes(graph: Graph) -> None:
    for line in graph.nquads.decode("utf-8").splitlines():
        assert not line.startswith("_:"), line


def test_the_files_are_canonical(root: Root) -> None:
    assert format_files(root, write=False) == []


def test_misspellings_stay_out_of_labels_and_statements(graph: Graph) -> None:
    wrong = {
        name.text
        for entity in graph.corpus.entities
        for name in entity.names
        if name.kind == "misspelling" and name.text not in entity.label
    }
    said = [claim.statement for document in graph.corpus.documents for claim in document.claims]
    said += [entity.label for entity in graph.corpus.entities]
    assert [text for text in said for name in wrong if name in text] == []


@pytest.mark.parametrize(
    ("figure", "document", "words"),
    [
        ("deathToll", "haldane-kazakhstan-profile", {"11", "up to 70"}),
        ("value", "socialist-kazakhstan-2010", {"200 kilometres", "91%"}),
    ],
)
def test_figures_keep_the_words_as_printed(graph: Graph, figure: str, document: str, words: set[str]) -> None:
    found = rows(
        graph,
        f"""PREFIX kz: <https://w3id.org/kzgraph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?words WHERE {{ ?claim rdf:predicate kz:{figure} ; kz:words ?words ;
          kz:reportedIn <https://w3id.org/kzgraph/doc/{document}> }}""",
    )
    assert words <= {row["words"] for row in found}


def test_generic_predicates_are_counted_document_by_document(graph: Graph) -> None:
    generic = {
        row["p"] for row in rows(graph, "SELECT ?p WHERE { ?p a <https://w3id.org/kzgraph/ontology#GenericPredicate> }")
    }
    counted = ask(graph.store, "generic-predicates")
    assert isinstance(counted, Table)
    for row in counted.records():
        document = next(each for each in graph.corpus.documents if row["document"].endswith(f"/{each.slug}"))
        weak = sum(f"https://w3id.org/kzgraph/ontology#{claim.predicate}" in generic for claim in document.claims)
        assert (int(row["generic"]), int(row["claims"])) == (weak, len(document.claims))
