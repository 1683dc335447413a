"""Stores in memory, on disk and far away: what is asked is answered, and no kill leaves half a store."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kzgraph import store
from kzgraph.build import Graph, build
from kzgraph.build import write as write_graph
from kzgraph.errors import CorpusError, NotFound, QueryError, StoreError
from kzgraph.namespaces import PREFIXES
from kzgraph.paths import Root
from kzgraph.terms import Table, Term, Triples

DATA = (
    b'<a:s> <a:p> "x"@en <a:g> .\n<a:s> <a:p> "2012-05-03"^^<http://www.w3.org/2001/XMLSchema#date> <a:g> .\n'
    b'<a:s> <a:q> _:b <a:h> .\n_:b <a:p> "tab\\tline\\nquote\\"" <a:h> .\n'
)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def content(folder: Path) -> list[str]:
    with store.on_disk(folder) as opened:
        answer = opened.query("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(answer, Table)
    return sorted(" ".join(term.ntriples() for term in row if term) for row in answer.rows)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- answers --------------------------------------------------------------------------------------------------


def test_a_select_has_its_columns_in_order_and_unbound_values() -> None:
    with store.in_memory(DATA) as opened:
        answer = opened.query('SELECT ?o ?none ?s { ?s <a:p> ?o OPTIONAL { ?s <a:r> ?none } FILTER(LANG(?o) = "en") }')
    assert answer == Table(("o", "none", "s"), ((Term("literal", "x", "en"), None, Term("iri", "a:s")),))


def test_ask_is_a_bool_and_construct_gives_sorted_triples() -> None:
    with store.in_memory(DATA) as opened:
        assert opened.query("ASK { ?s <a:p> ?o }") is True
        assert opened.query("ASK { ?s <a:z> ?o }") is False
        answer = opened.query("CONSTRUCT { ?s <a:z> ?o, ?o } { ?s <a:p> ?o FILTER(ISIRI(?s)) }")
        assert isinstance(answer, Triples)
        assert list(answer.triples) == sorted(set(answer.triples))
        assert [triple[2] for triple in answer.triples] == [f'"2012-05-03"^^<{PREFIXES["xsd"]}date>', '"x"@en']
        assert isinstance(opened.query("DESCRIBE <a:s>"), Triples)


def test_the_default_graph_is_the_union_unless_the_query_names_one() -> None:
    with store.in_memory(DATA) as opened:
        for text, count in (
            ("SELECT * { ?s ?p ?o }", 4),
            ("SELECT * FROM <a:g> { ?s ?p ?o }", 2),
            ("SELECT * FROM <a:g> FROM <a:h> { ?s ?p ?o }", 4),
            ("SELECT * FROM <a:none> { ?s ?p ?o }", 0),
            ("SELECT * { GRAPH <a:h> { ?s ?p ?o } }", 2),
            ("SELECT * FROM NAMED <a:g> { GRAPH ?g { ?s ?p ?o } }", 2),
        ):
            answer = opened.query(text)
            assert isinstance(answer, Table)
            assert len(answer.rows) == count, text


def test_the_length_of_a_store_is_its_quads(mini: Graph) -> None:
    assert len(mini.store) == mini.nquads.count(b"\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "who said what?",
        "SELECT",
        "SELECT * { ?s ?p }",
        "SELECT * { ex:a ?p ?o }",
        "SELECT ?x { } GROUP BY ?y",
        "ASK { \udc80 }",
        "INSERT DATA { <a:s> <a:p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:1/>",
        "CLEAR ALL",
        "ASK " + "{" * 1000 + "}" * 1000,
        "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "\x00",
        "ASK { ?s ?p 'x }",
    ],
)
def test_what_is_no_query_is_told_and_changes_nothing(text: str) -> None:
    with store.in_memory(DATA) as opened:
        with pytest.raises(QueryError) as caught:
            opened.query(text)
        assert caught.value.message
        assert len(opened) == 4


def test_a_closed_store_says_so() -> None:
    opened = store.in_memory(DATA)
    opened.close()
    with pytest.raises(StoreError, match="closed"):
        opened.query("ASK {}")


# --- on disk --------------------------------------------------------------------------------------------------


def test_a_written_store_answers_as_the_one_in_memory(mini: Graph, tmp_path: Path) -> None:
    write_graph(mini, store=tmp_path / "new" / "store", out=tmp_path)
    with store.on_disk(tmp_path / "new" / "store") as opened:
        for text in (
            "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
            "ASK { ?s a ?o }",
            "CONSTRUCT { ?o ?p ?s } { ?s ?p ?o FILTER(ISIRI(?o)) }",
        ):
            assert opened.query(text) == mini.store.query(text)
    assert (tmp_path / "kzgraph.nq").read_bytes() == mini.nquads


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    assert store.write(tmp_path, DATA, digest(DATA)) is True
    before = files(tmp_path)
    assert store.write(tmp_path, DATA, digest(DATA)) is False
    assert files(tmp_path) == before


def test_a_new_version_takes_the_place_of_the_old(tmp_path: Path) -> None:
    store.write(tmp_path, DATA, digest(DATA))
    other = b"<a:s> <a:p> <a:o> <a:g> .\n"
    assert store.write(tmp_path, other, digest(other)) is True
    assert content(tmp_path) == ["<a:g> <a:s> <a:p> <a:o>"]
    assert len(list(tmp_path.iterdir())) == 2
    assert store.write(tmp_path, DATA, digest(DATA)) is True
    assert len(content(tmp_path)) == 4


def test_readers_of_the_old_version_read_on(tmp_path: Path) -> None:
    store.write(tmp_path, DATA, digest(DATA))
    with store.on_disk(tmp_path) as opened:
        other = b"<a:s> <a:p> <a:o> <a:g> .\n"
        store.write(tmp_path, other, digest(other))
        assert opened.query("ASK { ?s <a:q> ?o }") is True


@pytest.mark.parametrize("name", ["letter.txt", "version-1.0", "version-of-mine", "current.txt", ".building-site"])
def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine").write_text("mine")
    with pytest.raises(StoreError, match=r"this folder holds something else\. Name an empty or new folder"):
        store.write(tmp_path, DATA, digest(DATA))
    assert files(tmp_path) == {f"{name}/mine": b"mine"}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError):
        store.write(tmp_path / "file", DATA, digest(DATA))
    with pytest.raises(StoreError):
        store.write(tmp_path / "file" / "below", DATA, digest(DATA))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_store_that_is_not_there_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="kzgraph build --store"):
        store.on_disk(tmp_path / "nowhere")
    store.write(tmp_path, DATA, digest(DATA))
    for path in (tmp_path / "current").iterdir():
        path.write_bytes(b"broken")
    with pytest.raises(StoreError, match="cannot be opened"):
        store.on_disk(tmp_path)


WRITER = (
    "import sys\nfrom pathlib import Path\nfrom kzgraph import store\nimport pyoxigraph\n"
    "data = Path(sys.argv[2]).read_bytes()\nprint('ready', flush=True)\n"
    "store.write(Path(sys.argv[1]), data, sys.argv[3])\n"
)


def killed_after(delay: float, folder: Path, data: Path) -> bool:
    """Starts writing in another process and kills it; tells whether it was still at work."""
    command = [sys.executable, "-c", WRITER, str(folder), str(data), digest(data.read_bytes())]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(delay)
        at_work = writer.poll() is None
        os.kill(writer.pid, signal.SIGKILL) if at_work else None
        return at_work


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_store_or_the_new(tmp_path: Path, mini: Graph) -> None:
    folder, chance = tmp_path / "store", random.Random(11)
    versions = []
    for number in range(3):
        path = tmp_path / f"{number}.nq"
        path.write_bytes(mini.nquads + f'<a:s> <a:p> "{number}" <a:g> .\n'.encode())
        versions.append(path)
    store.write(folder, versions[0].read_bytes(), digest(versions[0].read_bytes()))
    began = time.perf_counter()
    store.write(folder, versions[1].read_bytes(), digest(versions[1].read_bytes()))
    lasts = time.perf_counter() - began
    expected = {}
    for path in versions:
        store.write(tmp_path / path.stem, path.read_bytes(), digest(path.read_bytes()))
        expected[path] = content(tmp_path / path.stem)
    now, kills, old, new = versions[1], 0, 0, 0
    for _ in range(80):
        following = chance.choice([path for path in versions if path != now])
        kills += killed_after(chance.uniform(0, 1.3 * lasts), folder, following)
        found = content(folder)
        assert found in (expected[now], expected[following])
        new, old = new + (found == expected[following]), old + (found == expected[now])
        now = following if found == expected[following] else now
        if kills >= 25 and old and new:
            break
    assert kills >= 25
    assert old
    store.write(folder, versions[2].read_bytes(), digest(versions[2].read_bytes()))
    assert content(folder) == expected[versions[2]]
    assert len(list(folder.iterdir())) == 2


def test_building_again_changes_nothing(mini: Graph, mini_root: Root, mini_sources: Path, tmp_path: Path) -> None:
    write_graph(mini, store=tmp_path / "store", out=tmp_path / "out")
    before = files(tmp_path)
    write_graph(build(mini_root, sources=mini_sources), store=tmp_path / "store", out=tmp_path / "out")
    assert files(tmp_path) == before


# --- Turtle ---------------------------------------------------------------------------------------------------


def test_turtle_in_and_out() -> None:
    triples = [("<https://w3id.org/kzgraph/id/aktas>", f"<{PREFIXES['rdfs']}label>", '"Актас \\"1\\""@ru')]
    data = store.to_turtle(triples)
    assert b"id:aktas rdfs:label" in data
    assert list(store.parse_turtle([("a.ttl", data)])) == triples
    assert b"kzg:entities {" in store.to_turtle(triples, trig_graph="https://w3id.org/kzgraph/graph/entities")


def test_every_broken_turtle_file_is_told_with_its_line() -> None:
    with pytest.raises(CorpusError) as caught:
        list(
            store.parse_turtle(
                [
                    ("a.ttl", b"<a:s> <a:p>\n<a:o> .\n<a:s> .\n"),
                    ("b.ttl", b"<a:s> <a:p> <a:o> ."),
                    ("c.ttl", b"@prefix"),
                ]
            )
        )
    assert [(each.path, each.line) for each in caught.value.problems] == [("a.ttl", 3), ("c.ttl", 1)]
