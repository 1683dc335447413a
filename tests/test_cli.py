"""The command line: stdout is data, stderr is talk, 0 is fine, 1 is problems, 2 is usage."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzgraph.cli import main

MINI = Path(__file__).parent / "mini"
VERBS = [
    "anchor",
    "brief",
    "build",
    "check",
    "conflicts",
    "coverage",
    "export",
    "figures",
    "fmt",
    "network",
    "origins",
    "path",
    "queries",
    "query",
    "reuse",
    "show",
    "silence",
    "speakers",
    "verify",
    "view",
    "withdraw",
]


def run(*args: str, root: Path = MINI) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *args], catch_exceptions=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the mini corpus that a test may spoil."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


def test_alone_it_tells_the_story() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert "Who claims what about whom" in result.stdout


def test_every_verb_is_listed_and_its_help_has_an_example() -> None:
    assert sorted(main.commands) == VERBS
    for verb in VERBS:
        text = CliRunner().invoke(main, [verb, "--help"]).stdout
        assert "Example" in text, verb


def test_an_unknown_verb_is_a_usage_error_with_a_suggestion() -> None:
    result = run("verfy")
    assert result.exit_code == 2
    assert "`verify`" in result.stderr


def test_build_writes_the_same_bytes_each_time(tmp_path: Path) -> None:
    texts = str(MINI / "sources")
    first = run("--sources", texts, "build", "--out", str(tmp_path / "a"))
    second = run("--sources", texts, "build", "--out", str(tmp_path / "b"))
    assert first.exit_code == second.exit_code == 0
    assert "10  claims" in first.stdout
    assert (tmp_path / "a/kzgraph.nq").read_bytes() == (tmp_path / "b/kzgraph.nq").read_bytes()
    assert "every anchor was checked" in first.stderr


def test_check_writes_nothing_to_stdout() -> None:
    result = run("--sources", str(MINI / "sources"), "check")
    assert (result.exit_code, result.stdout) == (0, "")


def test_problems_are_told_with_file_and_line_and_nothing_is_written(copy: Path, tmp_path: Path) -> None:
    path = copy / "graph/documents/steppe-bulletin.yaml"
    path.write_text(path.read_text("utf-8").replace("predicate: startedOn", "predicate: startedOm"), "utf-8")
    line = path.read_text("utf-8").splitlines().index("    predicate: startedOm") + 1
    result = run("build", "--out", str(tmp_path / "out"), root=copy)
    assert result.exit_code == 1
    assert (
        f"graph/documents/steppe-bulletin.yaml:{line}: claim 001: the ontology has no predicate `startedOm`. Did you mean `startedOn`"
        in result.stderr
    )
    assert not (tmp_path / "out").exists()


def test_fmt_leaves_a_canonical_corpus_alone_and_mends_another(copy: Path) -> None:
    assert run("fmt", "--check", root=copy).exit_code == 0
    path = copy / "graph/entities/events.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"slug: aktas\n", b"slug:   'aktas'\n"))
    assert run("fmt", "--check", root=copy).exit_code == 1
    assert run("fmt", root=copy).exit_code == 0
    assert path.read_bytes() == before


def test_verify_proves_every_anchor_and_names_a_changed_character(copy: Path) -> None:
    good = run("verify", "--sources", str(copy / "sources"), "--format", "csv", root=copy)
    assert good.exit_code == 0
    assert all(row["proved"] == "100.0 %" for row in csv.DictReader(io.StringIO(good.stdout)))
    text = copy / "sources/bulletin.txt"
    spoilt = text.read_text("utf-8").replace("40 strikers", "49 strikers")
    text.write_text(spoilt, "utf-8")
    bad = run("verify", "--sources", str(copy / "sources"), root=copy)
    assert bad.exit_code == 1
    assert f"character {spoilt.index('49') + 1}: '9' stands where '0' was" in bad.stderr


def test_verify_without_texts_says_that_they_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KZGRAPH_SOURCES", raising=False)
    result = run("verify")
    assert result.exit_code == 1
    assert "source missing" in result.stdout


def test_coverage_fails_when_a_sentence_is_unaccounted(copy: Path) -> None:
    texts = str(MINI / "sources")
    assert run("--sources", texts, "coverage").exit_code == 0
    path = copy / "graph/documents/rights-digest.yaml"
    whole = path.read_text("utf-8")
    passage = whole[whole.index("- id: p004") : whole.index("digests:")]
    path.write_text(whole.replace(passage, ""), "utf-8")
    result = run("--sources", texts, "coverage", root=copy)
    assert result.exit_code == 1
    assert "18 characters are unaccounted for" in result.stderr


def test_query_takes_sparql_a_file_and_stdin(tmp_path: Path) -> None:
    text = "SELECT ?o WHERE { id:strike-aktas-2012 kz:tookPlaceAt ?o }"
    here = run("query", text, "--format", "csv")
    assert here.stdout == "o\nhttps://w3id.org/kzgraph/id/aktas\n"
    file = tmp_path / "q.rq"
    file.write_text(text, "utf-8")
    assert run("query", "--file", str(file), "--format", "csv").stdout == here.stdout
    piped = CliRunner().invoke(main, ["--root", str(MINI), "query", "--file", "-", "-f", "csv"], input=text)
    assert piped.stdout == here.stdout


def test_query_answers_all_four_forms() -> None:
    assert run("query", "ASK { id:aktas a kz:Settlement }").stdout == "true\n"
    triples = run("query", "CONSTRUCT { ?s kz:tookPlaceAt ?o } WHERE { ?s kz:tookPlaceAt ?o }", "-f", "nt").stdout
    assert triples.count("\n") == 1
    assert "id:aktas" in run("query", "DESCRIBE id:aktas").stdout
    found = json.loads(run("query", "SELECT ?s WHERE { ?s a kz:Settlement }", "-f", "json").stdout)
    assert found["results"]["bindings"] == [{"s": {"type": "uri", "value": "https://w3id.org/kzgraph/id/aktas"}}]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["query", "SELEC ?s WHERE { ?s ?p ?o }"], 1, "not SPARQL 1.1"),
        (["query", "clams-about"], 1, "there is no query `clams-about`"),
        (["query"], 2, "one of them"),
        (["query", "ASK {}", "-f", "pdf"], 2, "there is no format `pdf`"),
        (["query", "ASK {}", "-p", "a=b"], 2, "named questions"),
        (["--store", "a", "--endpoint", "http://b", "check"], 2, "name one"),
        (["--store", "/nowhere/at/all", "query", "ASK {}"], 1, "there is no store here"),
        (["--endpoint", "http://127.0.0.1:9", "query", "ASK {}"], 1, "does not answer"),
        (["show", "Dana Ospann"], 1, "Did you mean"),
    ],
)
def test_mistakes_end_with_a_readable_line(args: list[str], code: int, said: str) -> None:
    result = run(*args)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_store_on_disk_answers_as_memory_does(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    assert run("build", "--store", store, "--out", str(tmp_path)).exit_code == 0
    text = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    on_disk = CliRunner().invoke(main, ["--root", str(MINI), "--store", store, "query", text, "-f", "tsv"])
    assert on_disk.stdout == run("query", text, "-f", "tsv").stdout


def test_show_speaks_of_a_person_found_in_another_script() -> None:
    text = run("show", "дана оспан", "--width", "80").stdout
    assert "Dana Ospan" in text
    assert "Osspan" in text


def test_view_and_export_write_whole_files(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("view", "Dana Ospan", "--out", str(page)).exit_code == 0
    assert "Dana Ospan" in page.read_text("utf-8")
    for name in ("graph.ttl", "graph.trig", "graph.nq", "graph.jsonld", "graph.graphml", "claims.jsonl"):
        assert run("export", str(tmp_path / name)).exit_code == 0, name
        assert (tmp_path / name).stat().st_size > 0


def test_the_program_starts_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "kzgraph", "--version"], capture_output=True, text=True, check=True)
    assert "kzgraph" in done.stdout
