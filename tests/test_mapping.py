"""Model to quads: pure, whole, the same on every machine."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import small
from copies import MINI

from kzgraph import iris, mapping
from kzgraph.build import Graph
from kzgraph.model import Claim, Corpus, Quantity, Text
from kzgraph.namespaces import PREFIXES
from kzgraph.terms import Quad, iri, name, parse

BULLETIN, DIGEST, VESTNIK = "steppe-bulletin", "rights-digest", "aktas-vestnik"


@pytest.fixture(scope="module")
def quads(mini: Graph) -> list[Quad]:
    return list(mapping.quads(mini.corpus))


def values(quads: list[Quad], subject: str, curie: str) -> list[str]:
    return sorted(quad.object for quad in quads if quad.subject == iri(subject) and quad.predicate == name(curie))


def one(quads: list[Quad], subject: str, curie: str) -> str:
    (value,) = values(quads, subject, curie)
    return value


def text(corpus: Corpus) -> str:
    return "".join(sorted(quad.line() for quad in mapping.quads(corpus)))


# --- the same quads -------------------------------------------------------------------------------------------


def test_the_order_of_files_and_entities_does_not_count(mini: Graph) -> None:
    expected = text(mini.corpus)
    for seed in range(10):
        chance = random.Random(seed)
        layers = [list(layer) for layer in (mini.corpus.documents, mini.corpus.entities, mini.corpus.judgements)]
        for layer in layers:
            chance.shuffle(layer)
        assert text(Corpus(*map(tuple, layers))) == expected


def test_the_hash_seed_does_not_count(mini: Graph) -> None:
    code = (
        "import sys\nfrom kzgraph.build import read\nfrom kzgraph import mapping\nfrom kzgraph.paths import find_root\n"
        "import hashlib\nlines = ''.join(q.line() for q in mapping.quads(read(find_root(sys.argv[1]))))\n"
        "print(hashlib.sha256(lines.encode()).hexdigest())\n"
    )
    lines = "".join(quad.line() for quad in mapping.quads(mini.corpus))
    expected = hashlib.sha256(lines.encode()).hexdigest()
    for seed in ("0", "1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Almaty", "LC_ALL": "C"}
        found = subprocess.run(
            [sys.executable, "-c", code, str(MINI)], env=environment, capture_output=True, text=True, check=True
        )
        assert found.stdout.strip() == expected


def test_no_quad_is_given_twice(quads: list[Quad]) -> None:
    assert [quad for quad, count in Counter(quads).items() if count > 1] == []


def test_nothing_is_a_blank_node(mini: Graph) -> None:
    for quad in ox.parse(mini.nquads, format=ox.RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, ox.BlankNode), quad
        assert not isinstance(quad.object, ox.BlankNode), quad


@pytest.mark.parametrize("which", ["mini", "graph"])
def test_no_triple_stands_in_two_graphs(which: str, request: pytest.FixtureRequest) -> None:
    built: Graph = request.getfixturevalue(which)
    triples = Counter(line[: line.rindex("<")] for line in built.nquads.decode().splitlines())
    assert [triple for triple, count in triples.items() if count > 1] == []


@pytest.mark.parametrize("which", ["mini", "graph"])
def test_strict_parsers_read_what_is_written(which: str, request: pytest.FixtureRequest) -> None:
    built: Graph = request.getfixturevalue(which)
    lines = "".join(quad.line() for quad in mapping.quads(built.corpus)).encode()
    strict = list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    assert len(strict) == lines.count(b"\n")
    if which == "mini":
        other = rdflib.Graph()
        for quad in mapping.quads(built.corpus):
            other.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .\n", format="nt")
        assert len(other) == len(strict)


# --- a claim is all that the design says ----------------------------------------------------------------------


def test_a_claim_with_everything(quads: list[Quad]) -> None:
    claim = iris.claim(BULLETIN, "003")
    snapshot = iris.snapshot(BULLETIN, "81e11b6c2d4e")

    def only(curie: str) -> str:
        return one(quads, claim, curie)

    def kz(local: str) -> str:
        return name(f"kz:{local}")

    assert values(quads, claim, "rdf:type") == sorted([kz("Claim"), name("rdf:Statement"), name("prov:Entity")])
    assert only("kz:statement") == '"Forty strikers were dismissed."@en'
    assert only("rdf:subject") == iri(iris.entity("dismissals-aktas-2012"))
    assert only("rdf:predicate") == kz("dismissalCount")
    assert only("kz:reportedIn") == iri(iris.document(BULLETIN))
    assert only("kz:inPassage") == iri(iris.passage(BULLETIN, "p003"))
    assert only("prov:wasQuotedFrom") == iri(snapshot)
    assert only("kz:fragment") == iri(f"{snapshot}#char=104,151")
    assert only("kz:voice") == kz("voice-indirect")
    assert only("kz:polarity") == kz("polarity-positive")
    assert only("kz:modality") == kz("modality-asserted")
    assert only("kz:words") == '"40"@en'
    assert (
        only("kz:speaker")
        == only("kz:innermostSpeaker")
        == only("kz:outermostSpeaker")
        == iri(iris.entity("dana-ospan"))
    )
    assert values(quads, claim, "kz:topic") == [kz("right-strike"), kz("right-work")]
    assert only("kz:expresses").startswith("<https://w3id.org/kzgraph/proposition/")


def test_the_evidence_of_a_claim_is_a_web_annotation_target(quads: list[Quad]) -> None:
    claim = iris.claim(BULLETIN, "003")
    target = parse(one(quads, claim, "oa:hasTarget")).value
    assert one(quads, target, "rdf:type") == name("oa:SpecificResource")
    assert one(quads, target, "oa:hasSource") == iri(iris.snapshot(BULLETIN, "81e11b6c2d4e"))
    assert one(quads, target, "kz:spanDigest") == '"03e9d640f46257eb729024d6d289e673e2b2ea51e3a5c029e66f52785b7d8767"'
    position, quote = (parse(value).value for value in values(quads, target, "oa:hasSelector"))
    assert one(quads, position, "rdf:type") == name("oa:TextPositionSelector")
    assert [parse(one(quads, position, f"oa:{end}")).value for end in ("start", "end")] == ["104", "151"]
    assert one(quads, quote, "rdf:type") == name("oa:TextQuoteSelector")
    assert one(quads, quote, "oa:exact") == '"40 strikers were dismissed"'


NEEDED = [
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "kz:statement",
    "kz:reportedIn",
    "prov:wasQuotedFrom",
    "kz:inPassage",
    "kz:voice",
    "kz:polarity",
    "kz:modality",
    "kz:expresses",
    "oa:hasTarget",
    "kz:fragment",
    "kz:number",
]


@pytest.mark.parametrize("which", ["mini", "graph"])
def test_every_claim_has_what_a_claim_needs(which: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(which).corpus
    had: dict[str, Counter[str]] = {}
    for quad in mapping.quads(corpus):
        had.setdefault(quad.subject, Counter())[quad.predicate] += 1
    for document in corpus.documents:
        for claim in document.claims:
            counts = had[iri(iris.claim(document.slug, claim.id))]
            assert {curie: counts[name(curie)] for curie in NEEDED} == dict.fromkeys(NEEDED, 1)
            assert counts[name("rdf:type")] == 3
            assert counts[name("prov:qualifiedAttribution")] == len(claim.speakers)


def test_every_claim_stands_in_the_graph_of_its_document(quads: list[Quad]) -> None:
    for quad in quads:
        term = parse(quad.subject).value
        if "/claim/" in term:
            document = term.rsplit("/", 1)[1].split(".")[0]
            assert quad.graph == iri(iris.graph(document))


def test_speakers_keep_their_order(mini: Graph) -> None:
    document = mini.corpus.documents[1]
    claim = replace(document.claims[0], speakers=("dana-ospan", "miners-of-aktas", "dana-ospan"))
    passage = replace(document.passages[1], claims=(claim,))
    corpus = replace(mini.corpus, documents=(replace(document, passages=(passage,)),))
    quads = list(mapping.quads(corpus))
    address = iris.claim(DIGEST, "001")
    chain = {}
    for each in values(quads, address, "prov:qualifiedAttribution"):
        each = parse(each).value
        chain[parse(one(quads, each, "kz:position")).value] = one(quads, each, "prov:agent")
    expected = [iri(iris.entity(slug)) for slug in ("dana-ospan", "miners-of-aktas", "dana-ospan")]
    assert [chain[position] for position in ("1", "2", "3")] == expected
    assert len(values(quads, address, "kz:speaker")) == 2
    assert one(quads, address, "kz:outermostSpeaker") == one(quads, address, "kz:innermostSpeaker") == expected[0]


def test_a_date_is_its_words_and_its_bounds(quads: list[Quad]) -> None:
    claim = iris.claim(BULLETIN, "001")
    assert one(quads, claim, "kz:when") == f'"2012-05-03"^^<{PREFIXES["edtf"]}EDTF>'
    assert (
        one(quads, claim, "kz:earliest") == one(quads, claim, "kz:latest") == f'"2012-05-03"^^<{PREFIXES["xsd"]}date>'
    )


def test_a_snapshot_is_the_exact_bytes(quads: list[Quad]) -> None:
    snapshot = iris.snapshot(DIGEST, "a42d1b8e3f93")
    assert one(quads, snapshot, "kz:sha256") == '"a42d1b8e3f9365c74c206a60cec1e7adc200a1e61c06796d3240862c72850fd2"'
    assert parse(one(quads, snapshot, "kz:characters")).value == "146"
    assert one(quads, snapshot, "prov:specializationOf") == iri(iris.document(DIGEST))


# --- propositions ---------------------------------------------------------------------------------------------


def proposition(quads: list[Quad], document: str, number: str) -> str:
    return one(quads, iris.claim(document, number), "kz:expresses")


def test_claims_that_say_the_same_share_a_proposition(quads: list[Quad]) -> None:
    forty = proposition(quads, BULLETIN, "003")
    assert forty == proposition(quads, DIGEST, "001")
    assert forty != proposition(quads, VESTNIK, "001")
    claims = [quad.object for quad in quads if quad.predicate == name("kz:expresses")]
    assert len(claims) == 10
    assert len(set(claims)) == 9


def with_first(corpus: Corpus, claim: Claim) -> str:
    document = corpus.documents[1]
    changed = replace(document, passages=(replace(document.passages[1], claims=(claim,)),))
    return proposition(list(mapping.quads(replace(corpus, documents=(changed,)))), DIGEST, "001")


def test_a_proposition_is_content_and_scope_and_nothing_else(mini: Graph) -> None:
    claim = mini.corpus.documents[1].claims[0]
    same = with_first(mini.corpus, claim)
    assert isinstance(claim.object, Quantity)
    for change in (
        {"statement": "Other words."},
        {"speakers": (), "voice": "own"},
        {"modality": "denied"},
        {"polarity": "negative"},
        {"quote": "40"},
        {"topics": ("work",)},
        {"object": replace(claim.object, words="forty")},
        {"object": replace(claim.object, lower=Decimal("40.0"), upper=Decimal("4E+1"))},
    ):
        assert with_first(mini.corpus, replace(claim, **change)) == same, change  # type: ignore[arg-type]
    for change in (
        {"subject": "strike-aktas-2012"},
        {"predicate": "participantCount"},
        {"when": "2012"},
        {"where": "aktas"},
        {"object": Text("40")},
        {"object": replace(claim.object, upper=Decimal(41))},
        {"object": replace(claim.object, approximation="about")},
        {"object": replace(claim.object, unit="household")},
        {"object": replace(claim.object, counted="miners")},
        {"object": replace(claim.object, lower=None)},
    ):
        assert with_first(mini.corpus, replace(claim, **change)) != same, change  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ['He said "no"\\', "two\nlines", "tab\there", "Жаңаөзен 😀", "\u2028", "<b>&amp;</b>", "\x85 \x7f"]
)
def test_any_words_come_through(mini: Graph, words: str) -> None:
    claim = replace(
        mini.corpus.documents[1].claims[0], statement=words, quote=words, note=words, object=Text(words, "kk")
    )
    document = mini.corpus.documents[1]
    document = replace(document, title=words, passages=(replace(document.passages[1], claims=(claim,)),))
    lines = "".join(quad.line() for quad in mapping.quads(replace(mini.corpus, documents=(document,)))).encode()
    found = {
        quad.object.value
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.object, ox.Literal)
    }
    assert words in found
    assert len(list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))) == sum(1 for line in lines.split(b"\n") if line)


# --- entities and judgements ----------------------------------------------------------------------------------


def test_an_entity_has_its_names_in_each_language(quads: list[Quad]) -> None:
    dana = iris.entity("dana-ospan")
    assert values(quads, dana, "skos:prefLabel") == ['"Dana Ospan"@en', '"Дана Оспан"@kk', '"Дана Оспан"@ru']
    assert values(quads, dana, "skos:altLabel") == ['"Osspan"@en']
    assert one(quads, dana, "rdfs:label") == '"Dana Ospan"@en'
    kinds = {
        one(quads, parse(value).value, "kz:text"): one(quads, parse(value).value, "kz:nameKind")
        for value in values(quads, dana, "kz:name")
    }
    assert kinds['"Osspan"@en'] == name("kz:namekind-misspelling")


def test_a_judgement_has_its_reason_and_evidence(quads: list[Quad]) -> None:
    judgement = iris.judgement("identity-001")
    assert one(quads, judgement, "kz:decision") == name("kz:judgement-same")
    assert one(quads, judgement, "kz:judges") == iri(iris.entity("dana-ospan"))
    assert values(quads, judgement, "kz:evidence") == [iri(iris.claim(DIGEST, "001")), iri(iris.claim(BULLETIN, "003"))]
    assert one(quads, judgement, "kz:reason").endswith("@en")


def test_a_relation_told_from_either_end_is_one_proposition(tmp_path: Path) -> None:
    rules = {"subject": "person-x", "predicate": "rules", "object": "town-a"}
    ruled = {"subject": "town-a", "predicate": "ruledBy", "object": "person-x"}
    built = small.graph(tmp_path, {"a": [rules], "b": [ruled]})
    answer = built.store.query(
        "PREFIX kz: <https://w3id.org/kzgraph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
        "SELECT ?s ?p ?o (COUNT(?c) AS ?n) WHERE { ?c kz:expresses ?x . ?x rdf:subject ?s ; rdf:predicate ?p ; "
        "rdf:object ?o } GROUP BY ?s ?p ?o"
    )
    assert [[term.value.rpartition("/")[2].rpartition("#")[2] for term in row] for row in answer.rows] == [
        ["person-x", "rules", "town-a", "2"]
    ]
