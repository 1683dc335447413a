"""Records say what the mini corpus says, the same from every kind of store."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kzgraph.build import Graph, build
from kzgraph.errors import StoreError
from kzgraph.namespaces import expand
from kzgraph.paths import Root, find_root
from kzgraph.reading import quantity
from kzgraph.records import ClaimRecord, EntityRecord, NameRecord, Records, Ref, Value, read
from kzgraph.store import in_memory
from kzgraph.terms import XSD_STRING, Table, Term

QUERIES = sorted((Path(__file__).parent.parent / "queries" / "records").glob("*.rq"))


class Rdflib:
    """The second engine: rdflib, asked as a store is."""

    def __init__(self, nquads: bytes) -> None:
        self._data = rdflib.Graph().parse(data=merged(nquads).decode(), format="nt")

    def query(self, text: str) -> Table:
        answer = self._data.query(text)
        return Table(tuple(map(str, answer.vars or ())), tuple(tuple(map(_term, row)) for row in answer))

    def close(self) -> None:
        self._data.close()


def _term(node: Any) -> Term | None:
    if node is None:
        return None
    if isinstance(node, rdflib.URIRef):
        return Term("iri", str(node))
    datatype = None if node.language else str(node.datatype or XSD_STRING)
    return Term("literal", str(node), node.language, datatype)


@pytest.fixture(scope="module")
def records(mini: Graph) -> Records:
    return read(mini.store)


@pytest.fixture(scope="module")
def richer(tmp_path_factory: pytest.TempPathFactory, mini_root: Root) -> Graph:
    """The mini corpus with what it has not: a cited work, a concept, a text, an open figure, a place, two types."""
    folder = tmp_path_factory.mktemp("richer")
    shutil.copytree(mini_root.graph, folder / "graph")
    digest = folder / "graph" / "documents" / "rights-digest.yaml"
    text = digest.read_text(encoding="utf-8")
    text = text.replace(
        "passages:\n", "references:\n- {slug: annual-report, type: Report, title: The annual report}\npassages:\n", 1
    )
    text = text.replace("    predicate: tookPlaceAt\n    object: aktas\n", CHANGED, 1)
    digest.write_text(text, encoding="utf-8")
    agents = folder / "graph" / "entities" / "agents.yaml"
    changed = agents.read_text(encoding="utf-8").replace("type: Court", "type: [StateBody, Court]")
    agents.write_text(changed, encoding="utf-8")
    return build(find_root(folder), strict=False)


CHANGED = """    predicate: subjectedTo
    object: {concept: act-torture}
    speakers: [dana-ospan, miners-of-aktas]
    where: aktas
    cites: [annual-report]
    certainty: possible
    note: A note.
"""


def claim(records: Records, number: str) -> ClaimRecord:
    return next(each for each in records.claims if each.iri == expand(f"claim:{number}"))


def entity(records: Records, curie: str) -> EntityRecord:
    return next(each for each in records.entities if each.iri == expand(curie))


def test_claims_are_in_reading_order(records: Records) -> None:
    assert [each.iri.rpartition("/")[2] for each in records.claims] == [
        "aktas-vestnik.001",
        "aktas-vestnik.002",
        "rights-digest.001",
        "rights-digest.002",
        "steppe-bulletin.001",
        "steppe-bulletin.002",
        "steppe-bulletin.005",
        "steppe-bulletin.003",
        "steppe-bulletin.004",
        "steppe-bulletin.006",
    ]


def test_a_claim_holds_all_that_is_needed_to_check_it(records: Records) -> None:
    found = claim(records, "steppe-bulletin.003")
    union = "https://w3id.org/kzgraph/"
    assert found == ClaimRecord(
        iri=f"{union}claim/steppe-bulletin.003",
        document=Ref(f"{union}doc/steppe-bulletin", "Strike at the Aktas salt works", expand("kz:NewsArticle")),
        document_sha256="81e11b6c2d4e1d14c2ad43bc262b19214703a5415ce6c30ca3dbdf4a7e7f0dab",
        start=104,
        end=151,
        span_sha256="03e9d640f46257eb729024d6d289e673e2b2ea51e3a5c029e66f52785b7d8767",
        quote="40 strikers were dismissed",
        statement="Forty strikers were dismissed.",
        subject=Ref(
            f"{union}id/dismissals-aktas-2012", "Dismissals at the Aktas salt works, 2012", expand("kz:Dismissal")
        ),
        predicate=Ref(expand("kz:dismissalCount"), "number dismissed"),
        object=Value("40 strikers", "quantity", None, "person", "strikers", "40", "40", "exact", "40"),
        speakers=(Ref(f"{union}id/dana-ospan", "Dana Ospan", expand("kz:Person")),),
        voice="indirect",
        polarity="positive",
        modality="asserted",
        certainty=None,
        valence=None,
        when=None,
        when_words=None,
        when_inferred=None,
        said=None,
        where=None,
        topics=(
            Ref(expand("kz:right-strike"), "right to strike", expand("skos:Concept")),
            Ref(expand("kz:right-work"), "right to work", expand("skos:Concept")),
        ),
        cites=(),
        proposition=found.proposition,
        fragment=f"{union}snapshot/steppe-bulletin.81e11b6c2d4e#char=104,151",
        note=None,
    )


def test_a_copied_claim_shares_its_proposition_and_a_denial_is_told(records: Records) -> None:
    assert claim(records, "steppe-bulletin.003").proposition == claim(records, "rights-digest.001").proposition
    assert claim(records, "steppe-bulletin.003").proposition != claim(records, "aktas-vestnik.001").proposition
    assert claim(records, "aktas-vestnik.002").modality == "denied"


def test_a_date_is_a_value_with_its_datatype(records: Records) -> None:
    assert claim(records, "steppe-bulletin.001").object == Value("2012-05-03", expand("edtf:EDTF"))
    assert claim(records, "steppe-bulletin.001").when == "2012-05-03"


def test_names_stand_with_language_kind_and_place(records: Records) -> None:
    dana = entity(records, "id:dana-ospan")
    assert (dana.label, dana.type, dana.family) == ("Dana Ospan", Ref(expand("kz:Person"), "person"), "person")
    assert dana.described == "The lawyer of the miners' union."
    assert dana.names == (
        NameRecord("Дана Оспан", "kk", "preferred"),
        NameRecord("Дана Оспан", "ru", "preferred"),
        NameRecord("Osspan", "en", "misspelling", (expand("doc:rights-digest"),)),
    )
    assert dana.documents == (expand("doc:rights-digest"), expand("doc:steppe-bulletin"))


def test_families_come_from_the_ontology(records: Records) -> None:
    assert {each.iri.rpartition("/")[2]: each.family for each in records.entities} == {
        "aktas": "place",
        "aktas-district-court": "organisation",
        "aktas-salt-works": "organisation",
        "aktas-salt-works-management": "group",
        "dana-ospan": "person",
        "dismissals-aktas-2012": "event",
        "miners-of-aktas": "group",
        "miners-union-of-aktas": "organisation",
        "registration-refusal-aktas": "event",
        "steppe-bulletin-publisher": "organisation",
        "strike-aktas-2012": "event",
    }


def test_documents_have_their_record_and_snapshot(records: Records) -> None:
    assert [each.title for each in records.documents] == [
        "Забастовка в Актасе",
        "Aktas: what we know",
        "Strike at the Aktas salt works",
    ]
    bulletin = records.documents[2]
    assert (bulletin.file, bulletin.characters, bulletin.authors) == ("bulletin.txt", 247, ())
    assert bulletin.publisher == Ref(
        expand("id:steppe-bulletin-publisher"), "Steppe Bulletin", expand("kz:MediaOrganisation")
    )


def test_every_passage_has_its_disposition_and_claims(records: Records) -> None:
    found = {each.iri.rpartition("/")[2]: each for each in records.passages}
    assert len(found) == 12
    assert found["steppe-bulletin.p005"].disposition == "furniture"
    assert found["rights-digest.p004"].disposition == "rhetoric"
    numbers = ("005", "003", "004")
    assert found["steppe-bulletin.p003"].claims == tuple(expand(f"claim:steppe-bulletin.{n}") for n in numbers)


def test_a_cited_work_is_an_entity_of_the_family_document(richer: Graph) -> None:
    found = read(richer.store)
    report = entity(found, "doc:annual-report")
    assert (report.label, report.type.label, report.family) == ("The annual report", "report", "document")
    assert report.documents == (expand("doc:rights-digest"),)
    assert [each.iri for each in found.entities if each.family == "document"] == [report.iri]


def test_a_concept_is_a_value_and_a_chain_keeps_its_order(richer: Graph) -> None:
    found = claim(read(richer.store), "rights-digest.002")
    assert found.object == Value("torture", "concept")
    assert [speaker.label for speaker in found.speakers] == ["Dana Ospan", "Miners of Aktas"]
    assert found.where == Ref(expand("id:aktas"), "Aktas", expand("kz:Settlement"))
    assert [work.label for work in found.cites] == ["The annual report"]
    assert (found.certainty, found.note) == ("possible", "A note.")


def test_of_several_types_the_most_specific_is_taken(richer: Graph) -> None:
    assert entity(read(richer.store), "id:aktas-district-court").type == Ref(expand("kz:Court"), "court")


def test_reading_about_a_node_gives_the_same_claims(mini: Graph, records: Records) -> None:
    node = expand("id:strike-aktas-2012")
    found = read(mini.store, about=node)
    naming = [c for c in records.claims if node in (c.subject.iri, getattr(c.object, "iri", None))]
    assert found.claims == tuple(naming)
    assert (found.documents, found.passages) == (records.documents, ())


def test_reading_about_a_claim_gives_those_of_its_proposition(mini: Graph) -> None:
    found = read(mini.store, about=expand("claim:rights-digest.001"))
    assert [each.iri.rpartition("/")[2] for each in found.claims] == ["rights-digest.001", "steppe-bulletin.003"]


def test_reading_about_a_document_gives_its_passages(mini: Graph, records: Records) -> None:
    found = read(mini.store, about=expand("doc:rights-digest"))
    assert found.passages == tuple(p for p in records.passages if p.document == expand("doc:rights-digest"))


def test_many_claims_are_read_in_parts(mini: Graph, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzgraph.reading._AT_ONCE", 2)
    found = read(mini.store, about=expand("id:dismissals-aktas-2012"))
    assert found.claims == tuple(c for c in records.claims if c.subject.iri == expand("id:dismissals-aktas-2012"))


@pytest.mark.parametrize("corpus", ["mini", "richer"])
def test_rdflib_gives_the_same_records(corpus: str, request: pytest.FixtureRequest) -> None:
    graph = request.getfixturevalue(corpus)
    other = Rdflib(graph.nquads)
    assert read(other) == read(graph.store)
    node = expand("id:dana-ospan")
    assert read(other, about=node) == read(graph.store, about=node)


def test_a_store_with_one_merged_graph_gives_the_same_records(mini: Graph, records: Records) -> None:
    assert read(in_memory(merged(mini.nquads))) == records


def merged(nquads: bytes) -> bytes:
    """Gives the triples without their graphs."""
    return re.sub(rb" <[^<>]*> \.$", b" .", nquads, flags=re.MULTILINE)


def test_a_store_without_the_ontology_is_told_so(mini: Graph) -> None:
    data = b"".join(line for line in mini.nquads.splitlines(keepends=True) if b"graph/ontology>" not in line)
    with pytest.raises(StoreError, match="Load all layers"):
        read(in_memory(data))


def test_an_empty_store_has_no_records() -> None:
    assert read(in_memory(b"")) == Records()


@pytest.mark.parametrize(
    ("lower", "upper", "approximation", "unit", "counted", "words"),
    [
        ("70", None, "more-than", "person", None, "more than 70 persons"),
        (None, "70", "up-to", "person", "strikers", "up to 70 strikers"),
        ("1", "1", "exact", "person", None, "1 person"),
        ("10.50", "12", "range", "percent", "voters", "10.5 to 12 percent (voters)"),
        ("129", "129", "exact", "rank", "place in the index", "rank 129 (place in the index)"),
        ("7", "7", "about", "year", None, "about 7 years"),
        (None, None, "majority", "person", "workers", "a majority of workers"),
        (None, None, "several", "person", "journalists", "several journalists"),
    ],
)
def test_a_figure_is_fit_to_print(
    lower: str | None, upper: str | None, approximation: str, unit: str, counted: str | None, words: str
) -> None:
    row = {
        "unit": Term("literal", unit),
        "approximation": Term("iri", expand(f"kz:approximation-{approximation}")),
    }
    row |= {k: Term("literal", v) for k, v in (("lower", lower), ("upper", upper), ("counted", counted)) if v}
    assert quantity(row).value == words


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_each_query_states_its_question_and_a_total_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#+ summary: ")
    assert "\nORDER BY " in text
    assert "GRAPH" not in text
    if path.stem.startswith("claim"):  # reading may hold it to some claims
        assert text.count("WHERE {") == 1
