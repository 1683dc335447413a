"""Every format says what the store says, in the same bytes, from every kind of store."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kzgraph.build import Graph
from kzgraph.errors import KzgraphError, NotFound, StoreError
from kzgraph.export import FORMATS, by_file, export, render
from kzgraph.export.jsonl import number
from kzgraph.export.turtle import document
from kzgraph.namespaces import PREFIXES, expand
from kzgraph.remote import Endpoint
from kzgraph.show import show
from kzgraph.store import Oxigraph, in_memory, on_disk, write
from kzgraph.terms import Answer, Table, literal

FOLDER = Path(__file__).resolve().parent.parent
RDF = RdfFormat = pyoxigraph.RdfFormat
ONE = [name for name, each in FORMATS.items() if each.one]
OTHERS = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

FIELDS = (
    *("claim", "document", "document_sha256", "start", "end", "span_sha256", "quote", "statement"),
    *("subject", "predicate", "object", "speakers", "voice", "polarity", "modality"),
)

#: What a terminal, XML, JSON, Turtle or a page could trip over.
HOSTILE = '\x1b[31m\x07 "q" \\u0041 <script>&amp; \u202e \u2028 \x85 😀 \t\n\r end .\n\tx:y "'


@pytest.fixture(scope="module")
def hostile(mini: Graph) -> Oxigraph:
    """The mini corpus with a label and a quote that try to break out."""
    text = HOSTILE.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\r", r"\r").encode()
    data = mini.nquads.replace(b'"Dana Ospan"', b'"' + text + b'"')
    return in_memory(data.replace(b'"40 strikers were dismissed"', b'"' + text + b'"'))


def quads(data: bytes, form: RdfFormat) -> set[str]:
    return {str(quad) for quad in pyoxigraph.parse(data, format=form)}


def triples(data: bytes, form: RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(data, format=form)}


def by_rdflib(data: bytes, form: str) -> set[tuple[Any, ...]]:
    """Gives the quads, or the triples of a format without graphs, as rdflib reads them."""
    if form in ("turtle", "nt"):
        return set(rdflib.Graph().parse(data=data.decode(), format=form))
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode(), format=form)
    return {(s, p, o, str(g)) for s, p, o, g in dataset.quads()}


def jsonl(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


# --- RDF ------------------------------------------------------------------------------------------------------


def test_nquads_are_the_text_that_the_build_makes(mini: Graph) -> None:
    assert render(mini, "nquads") == mini.nquads


@pytest.mark.parametrize("which", ["mini", "hostile"])
@pytest.mark.parametrize(("name", "form"), [("trig", RDF.TRIG), ("jsonld", RDF.JSON_LD)])
def test_named_graphs_come_back_whole(which: str, name: str, form: RdfFormat, request: pytest.FixtureRequest) -> None:
    graph = request.getfixturevalue(which)
    assert quads(render(graph, name), form) == quads(render(graph, "nquads"), RDF.N_QUADS)


@pytest.mark.parametrize("which", ["mini", "hostile"])
def test_turtle_comes_back_whole(which: str, request: pytest.FixtureRequest) -> None:
    graph = request.getfixturevalue(which)
    assert triples(render(graph, "turtle"), RDF.TURTLE) == triples(render(graph, "nquads"), RDF.N_QUADS)


@OTHERS
@pytest.mark.parametrize("which", ["mini", "hostile"])
def test_rdflib_reads_the_same(which: str, request: pytest.FixtureRequest) -> None:
    graph = request.getfixturevalue(which)
    expected = by_rdflib(render(graph, "nquads"), "nquads")
    assert by_rdflib(render(graph, "trig"), "trig") == expected
    assert by_rdflib(render(graph, "jsonld"), "json-ld") == expected
    assert by_rdflib(render(graph, "turtle"), "turtle") == {quad[:3] for quad in expected}


def test_turtle_is_pleasant_to_read(mini: Graph, tmp_path: Path) -> None:
    export(mini, tmp_path, format="turtle")
    text = (tmp_path / "entities.ttl").read_text(encoding="utf-8")
    assert text.startswith("@prefix kz: <https://w3id.org/kzgraph/ontology#> .\n@prefix id: ")
    assert (
        "\n\nid:aktas a kz:Settlement ;\n"
        '    rdfs:label "Aktas"@en ;\n'
        '    skos:prefLabel "Aktas"@en , "Актас"@ru , "Ақтас"@kk ;\n'
        '    kz:described "An invented town."@en ;\n'
        "    kz:name id:aktas.name-"
    ) in text
    subjects = re.findall(r"^(\S+) a ", text, re.MULTILINE)
    assert subjects == sorted(subjects)


def test_only_prefixes_in_use_are_declared() -> None:
    made = document([(f"<{expand('id:a')}>", f"<{expand('rdfs:label')}>", '"see skos:x and <doc:y>"')]).decode()
    assert re.findall(r"@prefix (\w+)", made) == ["id", "rdfs"]


@given(st.text())
def test_any_text_comes_back_from_turtle(text: str) -> None:
    triple = (f"<{expand('id:a')}>", f"<{expand('rdfs:label')}>", literal(text, lang="en"))
    (found,) = pyoxigraph.parse(document([triple]), format=RDF.TURTLE)
    assert found.object.value == text


def test_json_ld_is_framed(mini: Graph) -> None:
    made = json.loads(render(mini, "jsonld"))
    graph = next(each for each in made["@graph"] if each["id"] == expand("kzg:steppe-bulletin"))
    claim = next(node for node in graph["@graph"] if node["id"] == expand("claim:steppe-bulletin.003"))
    assert claim["predicate"] == "dismissalCount"
    assert claim["subject"] == expand("id:dismissals-aktas-2012")
    assert {each.get("selectorStart") for each in claim["hasTarget"]["hasSelector"]} == {104, None}
    assert made["@context"] == json.loads((FOLDER / "ontology" / "context.jsonld").read_bytes())["@context"]


# --- the network ----------------------------------------------------------------------------------------------


def test_graphml_comes_back_with_the_same_network(mini: Graph) -> None:
    found = networkx.read_graphml(io.BytesIO(render(mini, "graphml")), force_multigraph=True)
    assert found.is_directed()
    assert found.nodes[expand("id:dana-ospan")]["label"] == "Dana Ospan"
    assert found.nodes[expand("id:dana-ospan")]["said"] == 3
    edges = {(a, b, data["predicate"]): data for a, b, data in found.edges(data=True)}
    denied = edges[expand("id:dismissals-aktas-2012"), expand("id:strike-aktas-2012"), expand("kz:causedBy")]
    assert (denied["label"], denied["modality"]) == ("caused by", "denied")
    assert denied["claims"] == expand("claim:aktas-vestnik.002")
    assert len(edges) == 6


def test_graphml_holds_any_label_and_every_id_once(hostile: Oxigraph) -> None:
    made = render(hostile, "graphml")
    found = networkx.read_graphml(io.BytesIO(made), force_multigraph=True)
    assert "\ufffd[31m\ufffd" in found.nodes[expand("id:dana-ospan")]["label"]
    ids = re.findall(rb'<(?:key|node|edge)\b[^>]*?\bid="([^"]*)"', made)
    assert len(ids) == len(set(ids))


# --- JSON Lines -----------------------------------------------------------------------------------------------


def test_a_claim_line_can_be_checked_without_the_graph(mini: Graph, mini_sources: Path) -> None:
    line = next(each for each in jsonl(render(mini, "claims")) if each["claim"].endswith("rights-digest.001"))
    assert tuple(line)[: len(FIELDS)] == FIELDS
    assert line["subject"] == {
        "iri": expand("id:dismissals-aktas-2012"),
        "label": "Dismissals at the Aktas salt works, 2012",
        "type": expand("kz:Dismissal"),
    }
    assert line["predicate"] == {"iri": expand("kz:dismissalCount"), "label": "number dismissed"}
    assert line["object"] == {
        "value": "40 strikers",
        "datatype": "quantity",
        "lang": None,
        "unit": "person",
        "counted": "strikers",
        "lower": 40,
        "upper": 40,
        "approximation": "exact",
        "verbatim": "40",
    }
    assert line["speakers"] == [{"iri": expand("id:dana-ospan"), "label": "Dana Ospan"}]
    raw = (mini_sources / "digest.txt").read_bytes()
    span = raw.decode()[line["start"] : line["end"]]
    assert hashlib.sha256(raw).hexdigest() == line["document_sha256"]
    assert hashlib.sha256(span.encode()).hexdigest() == line["span_sha256"]
    assert line["quote"] in span


def test_entities_and_passages_are_lines_too(mini: Graph) -> None:
    entities = {each["iri"]: each for each in jsonl(render(mini, "entities"))}
    assert len(entities) == 11
    dana = entities[expand("id:dana-ospan")]
    misspelled = {"text": "Osspan", "lang": "en", "kind": "misspelling", "printed_in": [expand("doc:rights-digest")]}
    assert misspelled in dana["names"]
    assert (dana["type"], dana["family"], dana["same_as"]) == (expand("kz:Person"), "person", [])
    passages = jsonl(render(mini, "passages"))
    assert len(passages) == 12
    assert sum(len(each["claims"]) for each in passages) == len(jsonl(render(mini, "claims"))) == 10
    assert {each["disposition"] for each in passages} == {"claims", "heading", "furniture", "rhetoric"}


def test_conflicts_and_origins_are_lines_too(mini: Graph) -> None:
    (conflict,) = jsonl(render(mini, "conflicts"))
    assert {key: conflict[key] for key in ("kind", "status", "explanation", "rule")} == {
        "kind": "figures",
        "status": "genuine",
        "explanation": None,
        "rule": "figures",
    }
    claims = {claim["claim"] for claim in jsonl(render(mini, "claims"))}
    assert set(conflict["claims"]) < claims
    origins = jsonl(render(mini, "origins"))
    assert {each["proposition"] for each in origins} == {
        claim["proposition"] for claim in jsonl(render(mini, "claims"))
    }
    (copied,) = [each for each in origins if each["documents"] > 1]
    assert (copied["mentions"], copied["origins_low"]) == (2, 1)
    assert {fold["claim"] for fold in copied["folds"]} | {fold["into"] for fold in copied["folds"]} <= claims


def test_hostile_text_comes_back_exactly(hostile: Oxigraph) -> None:
    assert HOSTILE in {each["label"] for each in jsonl(render(hostile, "entities"))}
    assert HOSTILE in {each["quote"] for each in jsonl(render(hostile, "claims"))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("-3", -3),
        ("0.1", 0.1),
        ("7000000", 7000000),
        ("0.12345678901234567890", "0.12345678901234567890"),
        ("123456789012345678", "123456789012345678"),
        ("9" * 400, "9" * 400),
    ],
)
def test_a_bound_is_a_number_where_no_digit_is_lost(text: str, expected: object) -> None:
    assert number(text) == expected
    assert type(number(text)) is type(expected)


# --- where it goes --------------------------------------------------------------------------------------------


def test_the_name_of_a_file_tells_its_format(tmp_path: Path, mini: Graph) -> None:
    for name in ("a.ttl", "a.trig", "a.nq", "a.jsonld", "a.graphml", "claims.jsonl", "entities.jsonl"):
        assert export(mini, tmp_path / name) == (tmp_path / name,)
        assert (tmp_path / name).read_bytes() == render(mini, by_file(name).name)


def test_a_folder_holds_a_file_a_layer_or_a_file_a_kind(tmp_path: Path, mini: Graph) -> None:
    layers = export(mini, tmp_path / "layers", format="turtle")
    assert [path.stem for path in layers] == sorted(mini.layers)
    found = set().union(*(triples(path.read_bytes(), RDF.TURTLE) for path in layers))
    assert found == triples(mini.nquads, RDF.N_QUADS)
    lines = export(mini, f"{tmp_path}/lines/", format="jsonl")
    kinds = ["claims", "entities", "passages", "conflicts", "origins", "reuse"]
    assert [path.name for path in lines] == [f"{kind}.jsonl" for kind in kinds]
    assert lines[0].read_bytes() == render(mini, "claims")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["layers", "lines"]


def test_a_hyphen_is_stdout(mini: Graph, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert export(mini, "-", format="claims") == ()
    assert capfdbinary.readouterr().out == render(mini, "claims")


@pytest.mark.parametrize(
    ("path", "form", "says"),
    [
        ("graph.doc", None, "tells no format"),
        ("-", None, "tells no format"),
        ("lines.jsonl", None, "tells no format"),
        ("x", "word", "there is no format `word`"),
        ("-", "jsonl", "a folder of files"),
    ],
)
def test_what_names_no_format_is_refused(mini: Graph, path: str, form: str | None, says: str) -> None:
    with pytest.raises(NotFound, match=says):
        export(mini, path, format=form)


def test_a_folder_is_not_overwritten_by_a_file(mini: Graph, tmp_path: Path) -> None:
    with pytest.raises(KzgraphError, match=r"this is a folder.*jsonld"):
        export(mini, tmp_path, format="jsonld")


# --- the same everywhere --------------------------------------------------------------------------------------


def test_a_store_with_one_merged_graph_gives_one_layer(mini: Graph, tmp_path: Path) -> None:
    merged = in_memory(re.sub(rb" <[^<>]*> \.$", b" .", mini.nquads, flags=re.MULTILINE))
    for name in ("turtle", "graphml", "claims", "entities", "passages"):
        assert render(merged, name) == render(mini, name)
    assert [path.name for path in export(merged, tmp_path, format="turtle")] == ["kzgraph.ttl"]
    assert triples(render(merged, "jsonld"), RDF.JSON_LD) == triples(mini.nquads, RDF.N_QUADS)
    assert triples(render(merged, "trig"), RDF.TRIG) == triples(mini.nquads, RDF.N_QUADS)


def test_a_store_on_disk_gives_the_same_bytes(mini: Graph, tmp_path: Path) -> None:
    write(tmp_path / "store", mini.nquads, mini.digest)
    with on_disk(tmp_path / "store") as store:
        for name in ONE:
            assert render(store, name) == render(mini, name)
        assert show(store, "Дана Оспан") == show(mini.store, "Дана Оспан")


@pytest.fixture
def endpoint(mini: Graph, tmp_path: Path) -> Iterator[Endpoint]:
    """A real SPARQL server with the mini corpus."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    data = tmp_path / "mini.nq"
    data.write_bytes(mini.nquads)
    place = ["--location", str(tmp_path / "db")]
    subprocess.run([program, "load", *place, "--file", str(data)], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program, "serve-read-only", *place, "--bind", address, "--union-default-graph"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        try:
            assert server.stderr is not None
            assert b"Listening" in server.stderr.readline()
            with Endpoint(f"http://{address}/query") as asked:
                yield asked
        finally:
            server.terminate()


@pytest.mark.slow
def test_an_endpoint_gives_the_same_bytes(mini: Graph, endpoint: Endpoint) -> None:
    for name in ONE:
        assert render(endpoint, name) == render(mini, name)
    assert show(endpoint, "Дана Оспан") == show(mini.store, "Дана Оспан")


def test_an_endpoint_that_cuts_its_answers_is_found_out(mini: Graph) -> None:
    class Cut:
        def query(self, text: str) -> Answer:
            answer = mini.store.query(text)
            return Table(answer.columns, answer.rows[:50]) if isinstance(answer, Table) else answer

        def close(self) -> None: ...

    with pytest.raises(StoreError, match=r"the store gave 50 of \d+ statements"):
        render(Cut(), "nquads")


def test_a_graph_whose_name_would_leave_the_folder_is_refused() -> None:
    data = f'<{expand("id:a")}> <{expand("rdfs:label")}> "a" <{PREFIXES["kzg"]}../../etc/x> .\n'
    with pytest.raises(StoreError, match="no slug"):
        render(in_memory(data.encode()), "turtle")


def test_an_empty_store_gives_empty_files() -> None:
    for name in ONE:
        render(in_memory(b""), name)


SCRIPT = """
import hashlib, sys
from pathlib import Path
from kzgraph.build import build
from kzgraph.export import FORMATS, render
from kzgraph.paths import find_root
from kzgraph.show import show

graph = build(find_root(sys.argv[1]), strict=False)
for name, each in FORMATS.items():
    if each.one:
        print(name, hashlib.sha256(render(graph, name)).hexdigest())
print(hashlib.sha256(show(graph.store, "strike-aktas-2012").encode()).hexdigest())
"""


def test_the_same_graph_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    command = [sys.executable, "-c", SCRIPT, str(FOLDER / "tests" / "mini")]
    made = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(made) == 1
    assert len(made.pop().splitlines()) == len(ONE) + 1
