"""A real endpoint answers as the store in memory does; what is wrong with one is told."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from servers import free_port, serving

from kzgraph import store
from kzgraph.build import Graph
from kzgraph.errors import QueryError, StoreError
from kzgraph.remote import Endpoint
from kzgraph.terms import Table, Triples, literal

AWKWARD = [
    "tab\there",
    "two\nlines\r",
    'quote " and \\',
    "\u2028 \x85 \x0b \x0c \x1c",
    "Жаңаөзен 😀",
    "",
    " ",
    "<b>&amp;</b>",
]
EXTRA = "".join(
    f"<a:awkward{n}> <a:p> {literal(text, lang='kk' if n % 2 else None)} <a:g> .\n" for n, text in enumerate(AWKWARD)
)

QUERIES = [
    "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?claim ?nothing ?statement { ?claim kz:statement ?statement OPTIONAL { ?claim kz:nothing ?nothing } } ORDER BY ?claim",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM kzg:entities { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) FROM NAMED kzg:entities FROM NAMED kzg:stated { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT ?n { VALUES ?n { 1 1.0 1e0 true '2012'^^xsd:gYear 'x'@en 'x' UNDEF <a:b> } } ORDER BY ?n",
    "SELECT ?text { ?s <a:p> ?text FILTER(STRSTARTS(STR(?s), 'a:awkward')) } ORDER BY ?s",
    "SELECT ?nothing { ?nothing <a:none> <a:none> }",
    "ASK { ?s kz:modality kz:modality-denied }",
    "ASK { ?s kz:modality kz:none }",
    "CONSTRUCT { ?s rdfs:label ?label } { ?s rdfs:label ?label }",
    "CONSTRUCT { ?s <a:q> ?text } { ?s <a:p> ?text }",
    "CONSTRUCT { ?s ?p ?o } FROM kzg:stated { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o, <a:none> }",
    "DESCRIBE id:dana-ospan",
    "DESCRIBE ?s { ?s a kz:Claim } ORDER BY ?s LIMIT 2",
]
PREFIX = "".join(
    f"PREFIX {prefix}: <{base}>\n"
    for prefix, base in {
        "kz": "https://w3id.org/kzgraph/ontology#",
        "kzg": "https://w3id.org/kzgraph/graph/",
        "id": "https://w3id.org/kzgraph/id/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)


@pytest.fixture(scope="module")
def data(mini: Graph) -> bytes:
    return mini.nquads + EXTRA.encode()


@pytest.fixture(scope="module")
def folder(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("served")
    store.write(made, data, "0123456789abcdef")
    return made


@pytest.fixture(scope="module")
def endpoint(folder: Path) -> Iterator[Endpoint]:
    with serving((folder / store.CURRENT).resolve()) as address, Endpoint(address) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("text", QUERIES)
def test_every_store_gives_the_same_answer(text: str, data: bytes, folder: Path, endpoint: Endpoint) -> None:
    with store.in_memory(data) as near, store.on_disk(folder) as disk:
        expected = near.query(PREFIX + text)
        assert isinstance(expected, Table | Triples | bool)
        assert disk.query(PREFIX + text) == expected
        assert endpoint.query(PREFIX + text) == expected


@pytest.mark.slow
def test_awkward_texts_come_through(endpoint: Endpoint) -> None:
    answer = endpoint.query(
        f"{PREFIX}SELECT ?text {{ ?s <a:p> ?text FILTER(STRSTARTS(STR(?s), 'a:awkward')) }} ORDER BY ?s"
    )
    assert isinstance(answer, Table)
    assert [row[0].value for row in answer.rows if row[0]] == AWKWARD


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p }", "SELECT * { ex:a ?p ?o }", "ASK { ?s ?p 'x }", "CONSTRUCT { ?s ?p } {}"]
)
def test_what_the_endpoint_cannot_parse_is_a_query_error(text: str, endpoint: Endpoint) -> None:
    with pytest.raises(QueryError, match="the endpoint does not take this query"):
        endpoint.query(text)


@pytest.mark.slow
def test_another_path_of_the_server_is_a_store_error(endpoint: Endpoint) -> None:
    for text in ("ASK {}", "SELECT * {}", "CONSTRUCT {} {}"):
        with pytest.raises(StoreError):
            Endpoint(endpoint.address + "/nothing").query(text)


@pytest.mark.parametrize(
    "text", ["ASK { SERVICE <http://127.0.0.1:1/> {} }", "ASK " + "{" * 1000, "who?", "INSERT DATA {}", ""]
)
def test_what_is_no_query_is_never_sent(text: str) -> None:
    with pytest.raises(QueryError):
        Endpoint("http://127.0.0.1:1/").query(text)


@pytest.mark.parametrize("text", ["ASK {}", "SELECT * {}", "CONSTRUCT {} {}", "DESCRIBE <a:b>"])
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}/query", "http://", "http://[::1/", "http://a b/", "http://127.0.0.1:99999/"]
)
def test_an_endpoint_that_is_not_there_is_told(address: str, text: str) -> None:
    where = address.format(port=free_port())
    with pytest.raises(StoreError) as caught:
        Endpoint(where).query(text)
    assert caught.value.where == where


@pytest.mark.parametrize("address", ["", "localhost:7878", "ftp://a.kz", "file:///etc/passwd", "/tmp/store"])
def test_an_endpoint_is_a_web_address(address: str) -> None:
    with pytest.raises(StoreError, match="Write it with http:// or https://"):
        Endpoint(address)


# --- machines that are no endpoints ---------------------------------------------------------------------------


@contextmanager
def answering(body: bytes, *, status: int = 200, kind: str = "text/html") -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


JSON = "application/sparql-results+json"


@pytest.mark.parametrize("text", ["ASK {}", "SELECT * {}", "CONSTRUCT {} {}"])
@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><p>Welcome</p>",
        b"\xff\xfe",
        b"<a:s> <a:p> .\n",
        b'{"head": 1}',
        b"[]",
        b"null",
        b"[" * 100000,
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": "b"}]}}',
        b'"open',
        b'<a:s> <a:p> "\\UFFFFFFFF" .',
    ],
    ids=["html", "bytes", "half a triple", "half an object", "list", "null", "brackets", "crooked", "open", "escape"],
)
def test_an_answer_that_is_none_is_told(text: str, body: bytes) -> None:
    with answering(body) as address, pytest.raises(StoreError) as caught:
        Endpoint(address).query(text)
    assert "the endpoint's answer is not" in caught.value.message


@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 500, 503])
def test_a_refusal_is_told(status: int) -> None:
    with answering(b"no", status=status) as address, pytest.raises(StoreError) as caught:
        Endpoint(address).query("ASK {}")
    assert caught.value.where == address


@pytest.mark.parametrize(
    "said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", b"HTTP/1.1 200"]
)
def test_what_does_not_speak_http_is_told(said: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(said)

        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(StoreError):
            Endpoint(f"http://127.0.0.1:{listening.getsockname()[1]}/").query("SELECT * {}")


def test_results_in_json_are_read(mini: Graph) -> None:
    body = (
        b'{"head": {"vars": ["a", "b", "c", "d", "e"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "a:b"}'
        b", "
        b'"b": {"type": "literal", "value": "x", "xml:lang": "en"}, "c": {"type": "bnode", "value": "n"}, '
        b'"d": {"type": "typed-literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}]}}'
    )
    with answering(body, kind=JSON) as address:
        answer = Endpoint(address).query("SELECT * {}")
    assert isinstance(answer, Table)
    expected = ["<a:b>", '"x"@en', "_:n", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', None]
    assert [term and term.ntriples() for term in answer.rows[0]] == expected
