"""No query that the guard lets pass ends the process or calls another machine."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph import guard
from kzgraph.errors import QueryError
from kzgraph.paths import Root

FINE = {
    "SELECT * WHERE { ?s ?p ?o }": False,
    "SELECT * FROM <a:g> { ?s ?p ?o }": True,
    "select * from named <a:g> { ?s ?p ?o }": True,
    "SELECT * { ?s ?p 'SERVICE <a:b> {' }": False,
    'SELECT * { ?s ?p "FROM \\" SERVICE" }': False,
    "SELECT * { ?s ?p '''it's SERVICE''' }": False,
    'SELECT * { ?s ?p """say "SERVICE" ""x""" }': False,
    "SELECT * { ?service ?from $service } # SERVICE FROM": False,
    "SELECT * { ?s <http://example.org/service/from> ?o }": False,
    "PREFIX ex: <a:> SELECT * { ?s ex:service ex:from, ex:hotel-service }": False,
    "PREFIX from: <a:> SELECT * { ?s from:x 'x'@en-service }": False,
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }": False,
    "ASK { FILTER(1<2) FILTER(3>2) }": False,
}


@pytest.mark.parametrize("text", FINE)
def test_an_ordinary_query_passes(text: str) -> None:
    assert guard.check(text) is FINE[text]


def test_every_query_of_the_catalogue_passes(root: Root) -> None:
    paths = sorted(root.queries.glob("*/*.rq"))
    assert paths
    for path in paths:
        assert guard.check(path.read_text(encoding="utf-8")) is False, path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK " + "{" * 1000 + "}" * 1000, "nested more than"),
        ("ASK { FILTER(" + "STR(" * 1600 + "1" + ")" * 1601 + "}", "nested more than"),
        ("ASK { ?s ?p " + "(" * 500 + ")" * 500 + "}", "nested more than"),
        ("ASK { ?s ?p " + "[?p " * 500 + "]" * 500 + "}", "nested more than"),
        ("ASK {} #" + "x" * guard.LONGEST, "longer than"),
        ("ASK { FILTER(" + "!" * 5000 + "true) }", "keywords and operators"),
        ("ASK { FILTER(1" + "+1" * 5000 + ") }", "keywords and operators"),
        ("ASK { " + "OPTIONAL{}" * 5000 + "}", "keywords and operators"),
        ("ASK { " + "MINUS{}" * 5000 + "}", "keywords and operators"),
        ("ASK { " + "GRAPH<a:>{}" * 5000 + "}", "keywords and operators"),
        ("ASK { ?s <a:>" + "|<a:>" * 5000 + " ?o }", "keywords and operators"),
        ("ASK { " + "".join(f"BIND(1 AS ?a{n})" for n in range(5000)) + "}", "keywords and operators"),
    ],
    ids=["braces", "calls", "lists", "brackets", "length", "not", "plus", "optional", "minus", "graph", "path", "bind"],
)
def test_what_ends_the_engine_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        guard.check(text)


def test_a_long_list_of_values_passes() -> None:
    assert guard.check("SELECT * { VALUES ?x { " + "<https://example.org/a-b> 12 true " * 4000 + "} }") is False


@given(st.text("\"'<>#\\{}()[]?:@.abSERVICE \n\r", max_size=60))
def test_any_text_is_checked(text: str) -> None:
    with suppress(QueryError):
        assert guard.check(text) in (True, False)


@pytest.mark.parametrize(
    "unit", ['"', "'", '"""', "'''", '"a', "<", "<a", "#", "\\", "'''a\"\"\"", '""""', "@", ":", "a:", "'\\"]
)
def test_checking_takes_no_time(unit: str) -> None:
    began = time.perf_counter()
    with suppress(QueryError):
        guard.check((unit * guard.LONGEST)[: guard.LONGEST])
    assert time.perf_counter() - began < 3


# Each runs at the edge of what the guard lets pass; in a process of its own, as it is the process that would end.
EDGES = {
    "depth of groups": "ASK " + "{" * guard.DEEPEST + "}" * guard.DEEPEST,
    "depth of calls": "ASK { FILTER(" + "STR(" * (guard.DEEPEST - 2) + "1" + ")" * (guard.DEEPEST - 2) + ") }",
    "depth of brackets": "ASK { ?s ?p " + "[?p " * (guard.DEEPEST - 1) + "1" + "]" * (guard.DEEPEST - 1) + " }",
    "not": "ASK { FILTER(" + "!" * 990 + "true) }",
    "plus": "ASK { FILTER(1" + "+1" * 990 + ") }",
    "or": "ASK { FILTER(?a" + "||?a" * 490 + ") }",
    "optional": "ASK { " + "OPTIONAL{}" * 990 + " }",
    "minus": "ASK { " + "MINUS{}" * 990 + " }",
    "union": "ASK { {}" + "UNION{}" * 990 + " }",
    "graph": "ASK { " + "GRAPH<a:>{}" * 990 + " }",
    "filter": "ASK { " + "FILTER(?a)" * 990 + " }",
    "bind": "ASK { " + "".join(f"BIND(1AS?a{n})" for n in range(490)) + " }",
    "select": "SELECT" + "".join(f"(1AS?a{n})" for n in range(980)) + "{}",
    "exists": "ASK { FILTER EXISTS {" + "FILTER EXISTS{}" * 490 + "} }",
    "alternatives": "ASK { ?s <a:>" + "|<a:>" * 990 + " ?o }",
}


@pytest.mark.slow
@pytest.mark.parametrize("what", EDGES)
def test_what_passes_does_not_end_the_process(what: str) -> None:
    code = (
        "import sys, threading\nfrom kzgraph.store import in_memory\n"
        "store = in_memory(b'<a:s> <a:p> <a:o> <a:g> .\\n')\ntext = sys.stdin.read()\n"
        "thread = threading.Thread(target=lambda: print(type(store.query(text)).__name__))\n"
        "thread.start()\nthread.join()\n"
    )
    found = subprocess.run([sys.executable, "-c", code], input=EDGES[what], capture_output=True, text=True, timeout=60)
    assert (found.returncode, found.stdout.strip()) == (0, "Table" if what == "select" else "bool"), found.stderr[-500:]


# --- SERVICE --------------------------------------------------------------------------------------------------


class Listener:
    """A machine that counts who calls it."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"<http://127.0.0.1:{self._socket.getsockname()[1]}/>"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    for value in ('"x"@en', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', "<a:a>", "<a:a.b>", "<a:>"):
        made.load(f"<a:s> <a:p> {value} <a:g> .".encode(), ox.RdfFormat.N_QUADS)
    return made


def calls(store: ox.Store, listener: Listener, text: str) -> bool:
    """Tells whether the engine itself, unguarded, calls another machine for a query."""
    before = listener.calls
    with suppress(SyntaxError, OSError, ValueError, RuntimeError, TypeError):
        list(store.query(text, use_default_graph_as_union=True))  # type: ignore[arg-type, call-overload]
    return listener.calls > before


CALLING = {
    "plain": "SELECT * { SERVICE THEM {?a ?b ?c} }",
    "small": "SELECT * { service silent THEM {?a ?b ?c} }",
    "behind a comment": "SELECT * { # x\rSERVICE THEM {?a ?b ?c} }",
    "behind a variable": "SELECT * { ?s ?p ?o.SERVICE THEM {?a ?b ?c} }",
    "behind a language": "SELECT * { ?s ?p 'x'@en.SERVICE THEM {?a ?b ?c} }",
    "behind a word": "SELECT * { ?s ?p trueSERVICE THEM {?a ?b ?c} }",
    "behind a prefix": "PREFIX ex: <a:> SELECT * { ?s ?p ex:.SERVICE THEM {?a ?b ?c} }",
    "behind a dotted name": "PREFIX ex: <a:> SELECT * { ?s ?p ex:a.b.SERVICE THEM {?a ?b ?c} }",
    "as a prefix": "PREFIX : THEM SELECT * { SERVICE: {?a ?b ?c} }",
    "behind a sign that looks like an IRI": "PREFIX : THEM SELECT * { FILTER(1<2)SERVICE:x#>\n{?a ?b ?c} }",
    "behind an escaped IRI": "SELECT * { VALUES ?s { <http://a\\u0041#x> } SERVICE THEM {?a ?b ?c} }",
    "behind an escaped hash": "PREFIX ex: <a:> SELECT * { VALUES ?s { ex:a\\# } SERVICE THEM {?a ?b ?c} }",
    "between escaped quotes": "PREFIX ex: <a:> SELECT * { VALUES ?s { ex:a\\' } SERVICE THEM {?a ?b ?c} VALUES ?t { ex:a\\' } }",
    "behind a long string": "SELECT * { BIND('''a''' AS ?x) SERVICE THEM {?a ?b ?c} }",
}


@pytest.mark.parametrize("how", CALLING)
def test_what_calls_another_machine_is_refused(how: str, store: ox.Store, listener: Listener) -> None:
    text = CALLING[how].replace("THEM", listener.address)
    assert calls(store, listener, text), "the engine has changed: this does not call any more"
    with pytest.raises(QueryError, match="SERVICE asks other machines"):
        guard.check(text)


PIECES = [
    "SERVICE", "SERVICE", "service", "SERVICE:x", "SERVICE:", "?o.SERVICE", "trueSERVICE", "SERVICE?v", "THEM", "THEM", "THEM", "{?a ?b ?c}",
    "{?a ?b ?c}", "{?a ?b ?c}", " ", " ", " ", "\n", "\r", "#", "'", '"', "'''", '"""', "\\", "<", ">", "<a:b>", ".", ";", "(", ")",
    "FILTER(1<2)", "#>\n", "ex:a", "ex:a.b", "ex:", ":", "?s ?p ", "ex:\\#", "ex:a\\'", "VALUES ?v { THEM }", "'x'@en", "_:b", "1", "1.",
    "BIND('a' AS ?x)", "FILTER(1<2)SERVICE:x", "-", "@", "\\u0041", "OPTIONAL", "UNION", "{", "}", "true", "a", "<http://x/)service>",
]  # fmt: skip


@pytest.mark.slow
def test_nothing_that_passes_calls_another_machine(store: ox.Store, listener: Listener) -> None:
    chance = random.Random(7)
    refused = 0
    for _ in range(60_000):
        body = "".join(chance.choices(PIECES, k=chance.randint(3, 9)))
        text = f"PREFIX : THEM PREFIX ex: <a:> SELECT * {{ {body} }}".replace("THEM", listener.address)
        if "service" not in body.lower():
            continue
        try:
            guard.check(text)
        except QueryError:
            refused += 1
        else:
            assert not calls(store, listener, text), text
    assert refused > 1000


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=8))
def test_what_passes_calls_nobody(pieces: list[str]) -> None:
    listening = Listener()
    try:
        text = f"PREFIX : THEM PREFIX ex: <a:> SELECT * {{ {''.join(pieces)} }}".replace("THEM", listening.address)
        with suppress(QueryError):
            guard.check(text)
            assert not calls(ox.Store(), listening, text)
    finally:
        listening.close()


def test_hints_name_the_next_step() -> None:
    assert "Begin with SELECT" in guard.hint("who said what")
    assert "every prefix must be declared" in guard.hint("SELECT * { ex:a ?p ?o }")
    assert list(guard.words("PREFIX select: <a:> Ask { ?select 'construct' ?o }")) == ["PREFIX", "ASK"]


def test_the_dataset_of_a_query_is_its_from_clauses() -> None:
    text = "PREFIX : <a:> PREFIX kzg: <b:> # FROM <c:>\nSELECT * FROM :x FROM NAMED kzg:y from <z:z> { ?from ?p 'FROM <a:b>' }"
    assert guard.dataset(text) == (["a:x", "z:z"], ["b:y"])
    assert guard.dataset("SELECT * { ?s ?p ?o }") == ([], [])
