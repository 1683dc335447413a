"""From files to graph: whole, the same every time, or nothing but a list of problems."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from copies import MINI, change, copy_of_mini, line_of

from kzgraph.build import Graph, build, write
from kzgraph.errors import CorpusError
from kzgraph.namespaces import shorten
from kzgraph.paths import Root
from kzgraph.terms import Table, parse, split


def layer(graph: Graph, slug: str) -> list[tuple[str, ...]]:
    """Gives the triples of one layer in short names."""
    answer = graph.store.query(f"SELECT ?s ?p ?o {{ GRAPH <https://w3id.org/kzgraph/graph/{slug}> {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Table)
    return sorted(tuple(shorten(term.value) for term in row if term) for row in answer.rows)


@pytest.fixture
def copied(tmp_path: Path) -> Root:
    return copy_of_mini(tmp_path)


def problems_of(root: Root, sources: Path | None = None) -> list[str]:
    with pytest.raises(CorpusError) as caught:
        build(root, sources=sources)
    return [str(each) for each in caught.value.problems if not each.warning]


# --- layers ---------------------------------------------------------------------------------------------------


def test_plain_edges_are_what_is_asserted(mini: Graph) -> None:
    edges = {edge for edge in layer(mini, "stated") if not edge[2].startswith("quantity:")}
    assert edges == {
        ("id:strike-aktas-2012", "kz:startedOn", "2012-05-03"),
        ("id:strike-aktas-2012", "kz:participant", "id:miners-of-aktas"),
        ("id:strike-aktas-2012", "kz:tookPlaceAt", "id:aktas"),
        ("id:dismissals-aktas-2012", "kz:follows", "id:strike-aktas-2012"),
        ("id:dana-ospan", "kz:worksFor", "id:miners-union-of-aktas"),
        ("id:registration-refusal-aktas", "kz:decidedBy", "id:aktas-district-court"),
    }
    assert len(layer(mini, "stated")) == 8


@pytest.mark.parametrize(
    "line",
    ["polarity: negative", "modality: alleged", "modality: denied", "modality: projected", "modality: recommended"],
)
def test_what_is_not_asserted_is_no_plain_edge(line: str, copied: Root) -> None:
    path = copied.graph / "documents" / "steppe-bulletin.yaml"
    change(path, "    topics: [trade-unions]\n", f"    {line}\n")
    graph = build(copied, strict=False)
    assert len(layer(graph, "stated")) == 7
    assert not [edge for edge in layer(graph, "stated") if edge[1] == "kz:decidedBy"]
    assert [edge for edge in layer(graph, "steppe-bulletin") if edge[2] == "kz:decidedBy"]


def test_a_proposition_knows_who_affirms_and_who_denies_it(mini: Graph) -> None:
    found = layer(mini, "propositions")
    affirmed = {(edge[0], edge[2]) for edge in found if edge[1] == "kz:affirmedBy"}
    denied = {(edge[0], edge[2]) for edge in found if edge[1] == "kz:deniedBy"}
    assert {claim for _, claim in denied} == {"claim:aktas-vestnik.002"}
    assert len({claim for _, claim in affirmed}) == 9
    forty = {
        proposition
        for proposition, claim in affirmed
        if claim in ("claim:steppe-bulletin.003", "claim:rights-digest.001")
    }
    assert len(forty) == 1
    assert len({edge[0] for edge in found}) == 9


def test_every_layer_is_counted(mini: Graph) -> None:
    assert sum(mini.layers.values()) == mini.nquads.count(b"\n") == len(mini.store)
    assert set(mini.layers) >= {"ontology", "entities", "judgements", "stated", "propositions", "steppe-bulletin"}
    assert mini.layers["stated"] == 8


# --- the same bytes -------------------------------------------------------------------------------------------


def test_the_same_files_give_the_same_bytes(mini: Graph, mini_root: Root) -> None:
    again = build(mini_root)
    assert again.nquads == mini.nquads
    assert again.digest == mini.digest == hashlib.sha256(mini.nquads).hexdigest()
    lines = mini.nquads.decode().splitlines()
    assert lines == sorted(set(lines))
    assert all(len(split(line)) == 4 and parse(split(line)[3]).kind == "iri" for line in lines[:500])


def test_another_machine_gives_the_same_bytes(mini: Graph, tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "elsewhere")
    code = (
        "import sys\nfrom kzgraph.build import build\nfrom kzgraph.paths import find_root\n"
        "print(build(find_root(sys.argv[1])).digest)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "99", "LC_ALL": "C", "TZ": "Asia/Almaty"}
    command = [sys.executable, "-c", code, str(tmp_path / "elsewhere")]
    found = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == mini.digest


def test_derived_layers_come_back_byte_for_byte(copied: Root, tmp_path: Path, mini: Graph) -> None:
    write(build(copied), store=tmp_path / "store", out=tmp_path / "out")
    first = (tmp_path / "out" / "kzgraph.nq").read_bytes()
    (tmp_path / "out" / "kzgraph.nq").unlink()
    write(build(copied), store=tmp_path / "store", out=tmp_path / "out")
    assert (tmp_path / "out" / "kzgraph.nq").read_bytes() == first == mini.nquads


# --- problems -------------------------------------------------------------------------------------------------


def test_a_changed_source_stops_the_build_with_the_claim_named(copied: Root, tmp_path: Path) -> None:
    change(tmp_path / "sources" / "bulletin.txt", "40 strikers", "41 strikers")
    at = (MINI / "sources" / "bulletin.txt").read_text(encoding="utf-8").index("40 strikers") + 1
    told = problems_of(copied, tmp_path / "sources")
    path = "graph/documents/steppe-bulletin.yaml"
    changed = f"claim 003: the anchor 104-151 is changed: character {at}: '1' stands where '0' was"
    assert any(each.startswith(f"{path}:") and changed in each for each in told), told
    assert any("source: the anchor 0-247 is changed" in each for each in told)
    assert all(each.startswith(path) for each in told)


def test_a_changed_source_is_told_at_the_line_of_the_claim(copied: Root, tmp_path: Path) -> None:
    change(tmp_path / "sources" / "bulletin.txt", "40 strikers", "41 strikers")
    path = copied.graph / "documents" / "steppe-bulletin.yaml"
    place = f"graph/documents/steppe-bulletin.yaml:{line_of(path, chr(39) + '003')}: claim 003:"
    assert any(each.startswith(place) for each in problems_of(copied, tmp_path / "sources"))


def test_a_missing_source_is_a_warning(copied: Root, tmp_path: Path) -> None:
    (tmp_path / "sources" / "digest.txt").unlink()
    graph = build(copied, sources=tmp_path / "sources")
    assert [
        each.path for each in graph.warnings if "source" in each.message or each.hint == "Its anchors were not checked."
    ] == ["graph/documents/rights-digest.yaml"]


def test_without_sources_nothing_is_verified(mini: Graph, mini_root: Root) -> None:
    assert mini.verified is True
    assert build(mini_root, strict=False).verified is False


def corpus_with_queries(root: Root, tmp_path: Path, check: str) -> Root:
    queries = tmp_path / "own"
    shutil.copytree(root.queries / "derive", queries / "derive")
    (queries / "checks").mkdir()
    (queries / "checks" / "own.rq").write_text(check)
    return Root(root.ontology, root.graph, queries)


CHECK = """#+ summary: Which things are told about?
{severity}PREFIX kz: <https://w3id.org/kzgraph/ontology#>
PREFIX id: <https://w3id.org/kzgraph/id/>
SELECT ?item ?message WHERE {{ VALUES ?item {{ {items} }} BIND("This is so. Mend it." AS ?message) }}
"""
ITEMS = {
    "<https://w3id.org/kzgraph/claim/steppe-bulletin.003>": (
        "documents/steppe-bulletin.yaml",
        "- id: '003'",
        "claim 003",
    ),
    "<https://w3id.org/kzgraph/claim/steppe-bulletin.003.target>": (
        "documents/steppe-bulletin.yaml",
        "- id: '003'",
        "claim 003",
    ),
    "<https://w3id.org/kzgraph/passage/rights-digest.p004>": (
        "documents/rights-digest.yaml",
        "- id: p004",
        "passage p004",
    ),
    "id:aktas": ("entities/events.yaml", "- slug: aktas", "entity aktas"),
    "<https://w3id.org/kzgraph/judgement/identity-002>": (
        "judgements/identity.yaml",
        "- id: identity-002",
        "judgement identity-002",
    ),
    "<https://w3id.org/kzgraph/doc/aktas-vestnik>": (
        "documents/aktas-vestnik.yaml",
        "document:",
        "document aktas-vestnik",
    ),
}


@pytest.mark.parametrize("item", ITEMS)
def test_a_row_of_a_check_is_a_problem_at_file_and_line(item: str, copied: Root, tmp_path: Path) -> None:
    file, words, where = ITEMS[item]
    root = corpus_with_queries(copied, tmp_path, CHECK.format(severity="", items=item))
    line = line_of(copied.graph / file, words)
    assert problems_of(root) == [f"graph/{file}:{line}: {where}: This is so. Mend it."]


def test_warnings_do_not_stop_the_build(copied: Root, tmp_path: Path, mini: Graph) -> None:
    root = corpus_with_queries(copied, tmp_path, CHECK.format(severity="#+ severity: warning\n", items="id:aktas"))
    graph = build(root)
    assert graph.nquads == mini.nquads
    assert [str(each) for each in graph.warnings if each.where == "entity aktas"] == [
        f"graph/entities/events.yaml:{line_of(root.graph / 'entities/events.yaml', '- slug: aktas')}: warning: entity aktas:"
        " This is so. Mend it."
    ]


def test_problems_of_anchors_and_checks_are_told_together(copied: Root, tmp_path: Path) -> None:
    change(tmp_path / "sources" / "vestnik.txt", "15", "16")
    root = corpus_with_queries(copied, tmp_path, CHECK.format(severity="", items="id:aktas"))
    told = problems_of(root, tmp_path / "sources")
    assert any("claim 001: the anchor 21-66 is changed" in each for each in told)
    assert any("entity aktas: This is so" in each for each in told)


def test_the_corpus_builds(graph: Graph) -> None:
    assert [each for each in graph.warnings if not each.warning] == []
    assert graph.layers["ontology"] > 0
