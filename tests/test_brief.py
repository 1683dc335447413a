"""An answer sheet: every number recomputed, nothing left out silently, inert to hostile text, the same bytes."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import MINI
from hypothesis import given, settings
from hypothesis import strategies as st
from small import figure
from small import graph as tiny

from kzgraph import brief, guard, iris, records
from kzgraph.analysis import disagreement, origins, rivals
from kzgraph.build import Graph
from kzgraph.cli import main
from kzgraph.errors import ExtraMissing, KzgraphError, NotFound, QueryError
from kzgraph.namespaces import BASE
from kzgraph.paths import Root
from kzgraph.records import Ref
from kzgraph.sheet.digest import digest
from kzgraph.sheet.parts import Brief
from kzgraph.sheet.text import code, safe
from kzgraph.store import in_memory
from kzgraph.terms import Table, Term

GOLDEN = Path(__file__).resolve().parent / "golden" / "mini" / "brief"
DISMISSALS = "id:dismissals-aktas-2012"
HOSTILE = [
    "<script>window.hit = 1</script>",
    "</style><img src=x onerror=window.hit=1>",
    "<!-- {{ 7 * 7 }} {% raw %}",
    "[a](javascript:window.hit=1) ![b](http://evil.example/x.png)",
    "`code` **bold** | cell | <http://evil.example> www.evil.example $x$ [^1] @someone",
    "\u202egnp.exe \u2066 right to left \x1b[31m",
    "x\n\n# heading\n\n- item",
    "- item",
    "1. item",
    "---",
]


def names(sheet: Brief) -> list[str]:
    """The keys of the claims of a sheet, as told part by part."""
    return [claim.iri.rpartition("/")[2] for part in sheet.parts for claim in part.claims]


def of(graph: Graph, question: str, root: Root, **more: Any) -> Brief:
    return brief.brief(graph.store, question, root=root, **more)


# --- which claims -----------------------------------------------------------------------------------------------


def test_a_name_gives_the_claims_about_it_by_how_they_are_meant(mini: Graph, mini_root: Root) -> None:
    sheet = of(mini, DISMISSALS, mini_root)
    assert [(part.stance, len(part.claims)) for part in sheet.parts] == [("asserted", 4), ("denied", 1)]
    assert sorted(names(sheet)) == [
        "aktas-vestnik.001",
        "aktas-vestnik.002",
        "rights-digest.001",
        "steppe-bulletin.003",
        "steppe-bulletin.004",
    ]


def test_what_took_place_at_a_place_is_asked_about_with_it(mini: Graph, mini_root: Root) -> None:
    sheet = of(mini, "Aktas", mini_root)
    assert [node.iri for node in sheet.question.nodes] == [iris.entity("aktas"), iris.entity("strike-aktas-2012")]
    assert "steppe-bulletin.001" in names(sheet)


def test_events_in_which_a_node_has_a_part_are_counted_or_asked_about(mini: Graph, mini_root: Root) -> None:
    alone, along = (of(mini, "id:miners-of-aktas", mini_root, events=events) for events in (False, True))
    assert names(alone) == ["steppe-bulletin.002"]
    assert [row.number for row in alone.left_out if "--events" in row.why] == [4]
    assert sorted(names(along)) == [
        "aktas-vestnik.002",
        "rights-digest.002",
        "steppe-bulletin.001",
        "steppe-bulletin.002",
        "steppe-bulletin.004",
    ]


def test_the_query_of_a_sheet_gives_its_claims_to_anyone(graph: Graph, root: Root) -> None:
    everything = records.read(graph.store).claims
    for name in ("Vadim Kuramshin", "Zhanaozen", "Human Rights Watch", "doc:socialist-kazakhstan-2010"):
        sheet = of(graph, name, root)
        assert guard.check(sheet.question.sparql) is False
        answer = graph.store.query(sheet.question.sparql)
        assert isinstance(answer, Table)
        given = {row["claim"].rpartition("/")[2] for row in answer.records()}
        nodes = rivals.scope(graph.store, name, root)
        touched = {claim.iri.rpartition("/")[2] for claim in everything if rivals.touches(claim, nodes)}
        assert given == touched == set(names(sheet))


def test_a_named_query_gives_its_rows_and_the_claims_in_them(mini: Graph, mini_root: Root) -> None:
    sheet = of(mini, "claims-that-say", mini_root, params={"text": "stoppage"})
    assert sheet.table is not None
    assert len(sheet.table.rows) == sheet.counts.claims == len(names(sheet)) > 0
    assert sheet.question.params == (("text", "stoppage"),)
    assert sheet.question.command == "kzgraph query claims-that-say -p text=stoppage"
    assert sheet.title.endswith(": stoppage")


def test_a_value_that_is_not_given_is_told_to_be_the_example(graph: Graph, root: Root) -> None:
    sheet = of(graph, "claims-about", root)
    assert sheet.question.params == (("node", "id:vadim-kuramshin, the query's own example"),)


def test_sparql_is_a_question_too(mini: Graph, mini_root: Root) -> None:
    sheet = of(mini, "SELECT ?claim WHERE { ?claim a kz:Claim ; kz:modality kz:modality-denied }", mini_root)
    assert names(sheet) == ["aktas-vestnik.002"]
    assert of(mini, "ASK { ?s ?p ?o }", mini_root).table == Table(
        ("answer",), ((Term("literal", "true", None, "http://www.w3.org/2001/XMLSchema#string"),),)
    )
    triples = of(mini, "CONSTRUCT { ?c kz:quotes ?d } WHERE { ?c kz:reportedIn ?d ; kz:voice kz:voice-own }", mini_root)
    assert triples.table is not None
    assert triples.table.columns == ("subject", "predicate", "object")
    assert len(triples.table.rows) == triples.counts.claims > 0


def test_rows_without_claims_are_a_sheet_too(mini: Graph, mini_root: Root) -> None:
    sheet = of(mini, "documents", mini_root)
    assert (sheet.counts.claims, sheet.parts, sheet.notes) == (0, (), ())
    for text in (brief.markdown(sheet), brief.html(sheet)):
        assert "The rows name no claim." in text


def test_nothing_named_so_is_an_error(mini: Graph, mini_root: Root) -> None:
    with pytest.raises(NotFound, match="Did you mean"):
        of(mini, "Aktaz salt", mini_root)
    with pytest.raises(QueryError, match="no query `Aktas` to take parameters"):
        of(mini, "Aktas", mini_root, params={"node": "x"})


# --- every number -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[("Zhanaozen", False), ("Vadim Kuramshin", True), ("claims-by-right", False)])
def sheet(request: pytest.FixtureRequest, graph: Graph, root: Root) -> Brief:
    question, events = request.param
    return of(graph, question, root, events=events)


def test_every_number_is_that_of_the_store(sheet: Brief, graph: Graph) -> None:
    everything = records.read(graph.store)
    keys = set(names(sheet))
    here = [claim for claim in everything.claims if claim.iri.rpartition("/")[2] in keys]
    stances = Counter(claim.modality for claim in here)
    counts = sheet.counts
    assert counts.claims == len(here) == len(names(sheet))
    assert counts.stances == {stance: number for stance, number in stances.items() if number}
    assert counts.negative == sum(claim.polarity == "negative" for claim in here)
    assert counts.documents == len({claim.document.iri for claim in here})
    publishers = {document.iri: document.publisher for document in everything.documents}
    assert counts.publishers == len({publishers[claim.document.iri] for claim in here} - {None})
    assert (counts.all_claims, counts.all_documents) == (len(everything.claims), len(everything.documents))
    propositions = {claim.proposition for claim in here}
    assert counts.propositions == len(propositions)
    assert counts.unaffirmed + sum(number for _, _, number in counts.origins) == len(propositions)
    known = origins.stored(graph.store)
    for part in sheet.parts:
        for group in part.groups:
            for finding in group.findings:
                assert finding.count == known[finding.proposition]
                assert finding.affirmed == any(
                    claim.proposition == finding.proposition
                    and claim.modality in ("asserted", "alleged")
                    and claim.polarity == "positive"
                    for claim in everything.claims
                )


def test_nothing_is_left_out_silently(sheet: Brief, graph: Graph) -> None:
    told = sum(
        row.number for row in sheet.left_out if "not counted as asserted" not in row.why and "Passages" not in row.why
    )
    assert sheet.counts.claims + told == sheet.counts.all_claims
    apart = sum(row.number for row in sheet.left_out if "not counted as asserted" in row.why)
    assert apart == sheet.counts.claims - sheet.counts.stances.get("asserted", 0)
    shown = [source for source in sheet.sources if source.claims]
    passages = [row.number for row in sheet.left_out if "Passages" in row.why]
    assert passages == [sum(len(source.unclaimed) for source in shown)]
    everything = records.read(graph.store)
    for source in sheet.sources:
        mine = [each for each in everything.passages if each.document == source.document.iri]
        assert source.passages == len(mine)
        assert [*source.unclaimed] == [each for each in mine if not each.claims]
        assert source.between + sum(each.end - each.start for each in mine) == source.document.characters
    assert len(sheet.sources) + len(sheet.silent) == sheet.counts.all_documents


def test_every_conflict_that_touches_a_claim_is_told_with_all_its_sides(sheet: Brief, graph: Graph) -> None:
    here = {claim.iri for part in sheet.parts for claim in part.claims}
    expected = {each.iri: each for each in disagreement.stored(graph.store) if here & set(each.claims)}
    assert {dispute.conflict.iri for dispute in sheet.disputes} == set(expected)
    for dispute in sheet.disputes:
        assert {mention.claim.iri for mention in dispute.mentions} == set(dispute.conflict.claims)
        assert dispute.beyond == set(dispute.conflict.claims) - here


def test_every_quote_has_its_note_with_document_place_digest_and_address(sheet: Brief) -> None:
    assert [mention.note for mention in sheet.notes] == [*range(1, len(sheet.notes) + 1)]
    markdown, html = brief.markdown(sheet), brief.html(sheet)
    for mention in sheet.notes:
        claim = mention.claim
        note = re.search(rf"^\[\^{mention.note}\]: (.*)$", markdown, re.MULTILINE)
        assert note
        for part in (
            claim.fragment,
            claim.span_sha256,
            f"characters {claim.start}–{claim.end}",
            safe(claim.document.label.partition(" (")[0]),
        ):
            assert part in note[1]
        assert f'id="note-{mention.note}"' in html
        assert claim.span_sha256 in html
    assert set(re.findall(r'href="#note-(\d+)"', html)) == {str(mention.note) for mention in sheet.notes}
    assert set(re.findall(r"\[\^(\d+)\](?!:)", markdown)) == {str(mention.note) for mention in sheet.notes}


def test_the_clocks_are_told_with_what_they_leave_out(graph: Graph, root: Root) -> None:
    early = of(graph, "Vadim Kuramshin", root, said_by="2011")
    assert early.conditions == ("Only what was reported by 2011.", "What cannot be dated is left out.")
    assert {claim.document.label for part in early.parts for claim in part.claims} == {
        "Fighting oppression in Kazakhstan"
    }
    later = next(row.number for row in early.left_out if "cannot be dated" in row.what)
    assert later + early.counts.all_claims <= len(records.read(graph.store).claims)
    assert early.digest.sha256 == graph.digest


# --- the data ---------------------------------------------------------------------------------------------------


class Remote:
    """A store of which only answers are known, as of an endpoint; it may keep rows back."""

    def __init__(self, store: Any, most: int | None = None) -> None:
        self.store, self.most = store, most

    def query(self, text: str) -> Any:
        answer = self.store.query(text)
        return Table(answer.columns, answer.rows[: self.most]) if isinstance(answer, Table) else answer

    def close(self) -> None: ...


def test_the_digest_is_that_of_the_build_wherever_the_graph_lies(mini: Graph) -> None:
    assert digest(mini.store).sha256 == digest(Remote(mini.store)).sha256 == mini.digest
    assert digest(mini.store) == digest(Remote(mini.store))
    assert "kzgraph build" in digest(mini.store).basis


def test_what_cannot_be_digested_is_told(mini: Graph) -> None:
    short = digest(Remote(mini.store, most=7))
    assert short.sha256 is None
    assert short.basis == f"not computed: the endpoint gave 7 of {len(mini.store)} statements"
    blank = digest(in_memory(b"_:b <http://p.example/> <http://o.example/> <http://g.example/> .\n"))
    assert blank.sha256 is None
    assert "blank nodes" in blank.basis


# --- the same bytes, golden -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_sheet_of_the_mini_corpus_is_golden(
    form: str, mini: Graph, mini_root: Root, request: pytest.FixtureRequest
) -> None:
    sheet = replace(of(mini, DISMISSALS, mini_root), version="0")
    fixed = replace(sheet, mark="0" * 20, digest=replace(sheet.digest, sha256="0" * 64, statements=0, basis="fixed"))
    text = brief.markdown(fixed) if form == "md" else brief.html(fixed)
    path = GOLDEN / f"dismissals.{form}"
    if request.config.getoption("--accept"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    assert path.read_text("utf-8") == text


def test_the_same_data_give_the_same_bytes_whatever_the_hash_seed() -> None:
    script = (
        "import hashlib, sys; from kzgraph import brief; from kzgraph.build import build; from kzgraph.paths import find_root\n"
        "root = find_root(sys.argv[1]); store = build(root, strict=False).store\n"
        "for q in ('Aktas', 'claims-that-say'):\n"
        "    s = brief.brief(store, q, root=root); print(brief.html(s)); print(brief.markdown(s))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, MINI], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("0", "1", "7")
    }  # fmt: skip
    assert len(found) == 1


def test_the_mark_is_that_of_the_question_and_the_data(mini: Graph, graph: Graph, mini_root: Root, root: Root) -> None:
    sheets = [
        of(mini, "Aktas", mini_root),
        of(mini, DISMISSALS, mini_root),
        of(mini, "Aktas", mini_root, title="Other"),
        of(graph, "Zhanaozen", root),
    ]
    assert len({sheet.mark for sheet in sheets}) == 4
    assert of(mini, "Актас", mini_root) == sheets[0]


def test_a_sheet_bears_no_date_of_today_and_no_path(mini: Graph, mini_root: Root) -> None:
    import datetime

    text = brief.markdown(of(mini, "Aktas", mini_root)) + brief.html(of(mini, "Aktas", mini_root))
    assert datetime.date.today().isoformat() not in text
    assert str(MINI) not in text


# --- hostile text -----------------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def poisoned(sheet: Brief, text: str) -> Brief:
    """A sheet in which every text that comes from the graph or from who asks is the given one."""

    def change(value: Any) -> Any:
        if isinstance(value, Ref):
            return replace(value, label=text)
        if isinstance(value, records.ClaimRecord):
            return replace(
                value, statement=text, quote=text, note=text, when=text, when_words=text, when_inferred=text, said=text,
                document=change(value.document), speakers=(Ref(f"{BASE}id/s", text), Ref(f"{BASE}id/t", text)),
            )  # fmt: skip
        if isinstance(value, records.DocumentRecord):
            return replace(
                value, title=text, publisher=Ref(f"{BASE}id/p", text), type=Ref(f"{BASE}t", text), issued=text
            )
        if isinstance(value, records.PassageRecord):
            return replace(value, reason=text)
        if isinstance(value, disagreement.Conflict):
            return replace(value, reason=text, rules=(text,), explanation=text, judgement=text)
        if isinstance(value, Table):
            return Table((text,), ((Term("literal", text),),))
        if isinstance(value, tuple):
            return tuple(map(change, value))
        if hasattr(value, "__dataclass_fields__") and not isinstance(value, origins.Count):
            fields = {name: change(getattr(value, name)) for name in value.__dataclass_fields__}
            return replace(value, **fields)
        return value

    changed: Brief = change(sheet)
    question = replace(changed.question, words=text, more=text, sparql=text, command=text, params=((text, text),))
    return replace(changed, title=text, question=question, silent=(text,), conditions=(text,))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element(text: str, mini: Graph, mini_root: Root) -> None:
    sheet = replace(of(mini, DISMISSALS, mini_root), table=Table(("a",), ((None,),)))
    calm, found = Elements(brief.html(poisoned(sheet, "calm"))), Elements(brief.html(poisoned(sheet, text)))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in calm.tags]
    assert [attributes.keys() for _, attributes in found.tags] == [attributes.keys() for _, attributes in calm.tags]
    shown = "".join(found.text)
    assert "\u202e" not in shown
    assert "\x1b" not in shown


def block(line: str) -> str:
    """What a line begins, as CommonMark reads it."""
    begun = re.match(r"\s*(- |[+*] |\d+[.)] |#+ |> |\||```|\[\^\d+\]: |-{3,}$|={3,}$)?", line)
    return "blank" if not line.strip() else begun[0] if begun else ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_markup_in_markdown(text: str, mini: Graph, mini_root: Root) -> None:
    sheet = replace(of(mini, DISMISSALS, mini_root), table=Table(("a",), ((None,),)))
    calm, found = (brief.markdown(poisoned(sheet, each)).splitlines() for each in ("calm", text))
    fence = found.index("```sparql")
    assert [*map(block, found[:fence])] == [*map(block, calm[: calm.index("```sparql")])]
    prose = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", "\n".join(found[:fence]).replace("\n", "\n\n"))
    bare = re.sub(r"\\.", "", prose)
    assert not re.search(r"<|!\[|\]\(|://|www\.|\$", bare)
    assert len(re.findall(r"\[\^", bare)) == len(re.findall(r"\[\^", "\n".join(calm)))


@given(st.text())
@settings(max_examples=200)
def test_safe_text_is_one_line_without_live_signs(text: str) -> None:
    found = safe(text)
    assert len(found.splitlines()) <= 1
    assert not re.search(r"[`*_~\[\]<>&|#!$]", re.sub(r"\\.", "", found))


@given(st.text(alphabet="`a |", min_size=1))
def test_a_code_span_is_closed_only_at_its_end(text: str) -> None:
    found = code(text)
    fence = re.match("`+", found)
    if text.strip():
        assert fence
        assert max(map(len, re.findall("`+", found[len(fence[0]) : -len(fence[0])])), default=0) < len(fence[0])


def test_the_policy_forbids_every_request_and_script(mini: Graph, mini_root: Root) -> None:
    source = brief.html(of(mini, DISMISSALS, mini_root))
    found = Elements(source)
    policy = next(a["content"] for t, a in found.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    style = source.split("<style>")[1].split("</style>")[0]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not re.search(r"url\(|@import", style)
    assert not [tag for tag, _ in found.tags if tag in ("script", "img", "iframe", "object", "form")]
    addresses = [a[k] or "" for _, a in found.tags for k in ("src", "href") if k in a]
    assert all(address.startswith("#") or address == "data:," for address in addresses)


# --- a tiny corpus, and the verb ----------------------------------------------------------------------------------


def test_mentions_of_one_speaker_are_told_to_be_one_origin(tmp_path: Path, root: Root) -> None:
    toll = {"subject": "shooting-a", "predicate": "deathToll", "object": figure(15, 15), "speakers": ["person-p"]}
    other = {**toll, "object": figure(10, 10), "speakers": ["body-b"]}
    graph = tiny(tmp_path, {"a": [toll, toll], "b": [toll], "c": [other]})
    sheet = of(graph, "id:shooting-a", root)
    assert sheet.counts.propositions == 2
    assert sorted(sheet.counts.origins) == [(1, 1, 1), (1, 2, 1)]
    assert [dispute.conflict.status for dispute in sheet.disputes] == ["unresolved"]
    text = brief.markdown(sheet)
    assert "Affirmed by 3 mentions in 2 documents; independent origins: 1 to 2." in text
    assert "the same speaker is in both chains (perhaps one origin)" in text
    assert "Found by rule “figures”; judged by nobody." in text


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    monkeypatch.setenv("KZGRAPH_ROOT", str(MINI))
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, ["brief", *words])


def test_the_verb_writes_what_the_library_gives(run: Callable[..., Any], mini: Graph, mini_root: Root) -> None:
    sheet = of(mini, "Aktas", mini_root)
    assert run("Aktas").stdout == brief.markdown(sheet)
    assert run("Aktas", "-o", "aktas.html").exit_code == 0
    assert Path("aktas.html").read_text("utf-8") == brief.html(sheet)
    assert run("claims-that-say", "-p", "text=stoppage", "-o", "x.md").exit_code == 0
    assert "claims-that-say" in Path("x.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["Aktas", "-o", "sheet.doc"], "does not say which format"),
        (["Aktas", "-f", "pdf"], "a PDF goes to a file"),
        (["Aktas", "--undated"], "--said-by or --as-of"),
        (["Aktas", "-p", "node"], "is not key=value"),
    ],
)
def test_what_cannot_be_is_told(run: Callable[..., Any], words: list[str], told: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_without_chromium_the_html_is_named_as_the_way(
    mini: Graph, mini_root: Root, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KZGRAPH_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExtraMissing, match=r"Write the sheet as \.html"):
        brief.pdf(of(mini, "Aktas", mini_root))
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("KZGRAPH_CHROMIUM", str(broken))
    with pytest.raises(KzgraphError, match="did not print"):
        brief.pdf(of(mini, "Aktas", mini_root))


@pytest.mark.slow
def test_the_pdf_has_pages_of_text(mini: Graph, mini_root: Root) -> None:
    data = brief.pdf(of(mini, DISMISSALS, mini_root))
    assert data.startswith(b"%PDF-")
    streams = [
        zlib.decompressobj().decompress(part) for part in re.findall(rb"stream\r?\n(x.*?)endstream", data, re.DOTALL)
    ]
    assert sum(len(re.findall(rb"T[jJ]\b", stream)) for stream in streams) > 50
    assert re.search(rb"/MediaBox ?\[0 0 59[45]\.\d+ 84[12]\.\d+\]", data), "A4"
