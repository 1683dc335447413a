"""The source of a page: escaped, closed to the network, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kzgraph import views
from kzgraph.analysis.disagreement import Conflict
from kzgraph.analysis.origins import Count, Fold
from kzgraph.build import Graph
from kzgraph.errors import KzgraphError, NotFound
from kzgraph.page import payload
from kzgraph.page.disputes import Disputes
from kzgraph.records import ClaimRecord, DocumentRecord, EntityRecord, NameRecord, Records, Ref

BASE = "https://w3id.org/kzgraph/"
KZ = f"{BASE}ontology#"
HOSTILE = [
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 1</script>",
    "<!--<script>",
    "<img src=x onerror=window.hit=1>",
    "\"'><svg onload=window.hit=1>",
    "{{ 7 * 7 }}{% raw %}",
    "]]>\u2028\u2029&lt;b&gt;",
    "\u202egnp.exe \u2066 right to left",
    "javascript:window.hit=1",
    "x" * 4000,
]


def sample(text: str = "The ferryman") -> Records:
    """One document and one claim, in which every text that a page shows is the given one."""
    document = Ref(f"{BASE}doc/bulletin", text)
    subject, thing = Ref(f"{BASE}id/ferryman", text, f"{KZ}Person"), Ref(f"{BASE}id/strike", text, f"{KZ}Event")
    claim = ClaimRecord(
        iri=f"{BASE}claim/bulletin.001", document=document, document_sha256="0" * 64, start=3, end=40,
        span_sha256="1" * 64, quote=text, statement=text, subject=subject, predicate=Ref(f"{KZ}joined", text),
        object=thing, speakers=(Ref(f"{BASE}id/witness", text),), voice="direct", polarity="positive",
        modality="alleged", certainty=text, valence=text, when="2011", when_words=text, when_inferred=text,
        said="2012", where=thing, topics=(Ref(f"{KZ}t", text),), cites=(Ref(f"{BASE}doc/cited", text),),
        proposition="p", fragment="f", note=text,
    )  # fmt: skip
    return Records(
        documents=(
            DocumentRecord(
                document.iri, text, Ref(f"{KZ}R", text), subject, (subject,), "2012", "0" * 64, 90, "b.txt"
            ),
        ),
        entities=(
            EntityRecord(
                subject.iri, Ref(f"{KZ}Person", text), "person", text, text,
                (NameRecord(text, "en", "misspelling", (document.iri,)),), (text,),
            ),
            EntityRecord(thing.iri, Ref(f"{KZ}Event", text), "event", text),
        ),
        claims=(claim,),
    )  # fmt: skip


def against(text: str = "The ferryman") -> Disputes:
    """A conflict of the claim with one that is not on the page, and two mentions; every text is the given one."""
    claim = sample(text).claims[0]
    other = replace(claim, iri=f"{BASE}claim/letter.001", document=Ref(f"{BASE}doc/letter", text), polarity="negative")
    fold = Fold(other.iri, claim.iri, text, "possible")
    return Disputes(
        (Conflict(f"{BASE}conflict/c", text, "genuine", text, (text,), (claim.iri, other.iri), text, text),),
        {claim.proposition: Count(2, 2, 1, 1, 2, (fold,))},
        {claim.iri: claim, other.iri: other},
    )


class Elements(HTMLParser):
    """What an HTML parser finds: tags with attributes, and the texts of scripts and styles."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.inside: str | None = None
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.raw:
            self.inside = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.raw[self.inside][-1] += data


def data_of(source: str) -> dict[str, object]:
    return json.loads(Elements(source).raw["script"][1])  # type: ignore[no-any-return]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element(text: str) -> None:
    calm = Elements(views.page(sample(), title="Calm", subtitle="Calm", disputed=against()))
    found = Elements(views.page(sample(text), title=text, subtitle=text, disputed=against(text)))
    assert [tag for tag, _ in found.tags] == [tag for tag, _ in calm.tags]
    assert {name for _, attributes in found.tags for name in attributes if name.startswith("on")} == set()
    assert [len(found.raw["script"]), len(found.raw["style"])] == [3, 1]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_whole_in_the_data(text: str) -> None:
    data: Any = data_of(views.page(sample(text), title="T", disputed=against(text)))
    assert data["claims"][0]["quote"] == text
    assert {node["label"] for node in data["nodes"]} == {text}
    (conflict,) = data["conflicts"]
    assert {conflict["kind"], conflict["reason"], *conflict["sides"][1]["speakers"]} == {text}


def test_the_data_holds_no_sign_that_could_end_it() -> None:
    source = views.page(sample("</script>\u2028&<!--"), title="T")
    data = source.split('id="data">')[1].split("</script>")[0]
    assert not set(data) & set("<>&\u2028\u2029")


def test_the_policy_forbids_requests_and_names_the_digest_of_each_script_and_style() -> None:
    found = Elements(views.page(sample(), title="T"))
    policy = next(a["content"] for t, a in found.tags if a.get("http-equiv") == "Content-Security-Policy")
    rules = {rule.split()[0]: rule.split()[1:] for rule in (policy or "").split(";")}
    theme, _, app = found.raw["script"]
    digests = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (theme, app, found.raw["style"][0])
    ]
    assert rules["default-src"] == rules["connect-src"] == rules["form-action"] == rules["base-uri"] == ["'none'"]
    assert rules["script-src"] == digests[:2]
    assert rules["style-src"] == digests[2:]
    assert "unsafe" not in str(policy)


def test_the_page_names_nothing_to_be_fetched() -> None:
    found = Elements(views.page(sample(), title="T"))
    addresses = [a[k] for _, a in found.tags for k in ("src", "href", "action", "data", "poster") if k in a]
    assert all(re.match(r"data:|#", str(address)) for address in addresses)
    assert not re.search(r"url\(|@import", found.raw["style"][0])
    risky = r"\bfetch\(|XMLHttpRequest|innerHTML|insertAdjacentHTML|document\.write|eval\("
    assert not re.search(risky, found.raw["script"][2])


def test_the_scripts_hold_no_end_of_a_script() -> None:
    for asset in Path(views.__file__).with_name("page").rglob("*.js"):
        assert "</" not in asset.read_text(encoding="utf-8")


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    one = sample()
    second = replace(one.claims[0], iri=f"{BASE}claim/bulletin.002", start=50, end=60)
    both = replace(one, claims=(one.claims[0], second))
    turned = replace(both, claims=both.claims[::-1], entities=both.entities[::-1])
    assert views.page(both, title="T") == views.page(both, title="T") == views.page(turned, title="T")


def test_the_same_records_give_the_same_bytes_whatever_the_hash_seed() -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); from test_views import sample, views\n"
        "print(hashlib.sha256(views.page(sample(), title='T').encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("0", "7")
    }  # fmt: skip
    assert len(found) == 1


def test_a_view_is_written_whole_in_utf_8(tmp_path: Path) -> None:
    path = views.write_view(sample("Ақтас қаласы"), tmp_path / "new" / "page.html", title="Ақтас", subtitle="шаң")
    assert path.read_bytes().decode("utf-8") == views.page(sample("Ақтас қаласы"), title="Ақтас", subtitle="шаң")
    assert [child.name for child in path.parent.iterdir()] == ["page.html"]


def test_a_view_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    (path / "kept").mkdir(parents=True)
    with pytest.raises(KzgraphError, match="cannot be written"):
        views.write_view(sample(), path, title="T")
    assert list(tmp_path.iterdir()) == [path]
    assert list(path.iterdir()) == [path / "kept"]


def test_a_focus_is_named_in_the_data_and_must_be_known() -> None:
    focus = f"{BASE}id/strike"
    assert data_of(views.page(sample(), title="T", focus=[focus]))["focus"] == ["strike"]
    with pytest.raises(NotFound, match="nobody"):
        views.page(sample(), title="T", focus=[f"{BASE}id/nobody"])


def test_a_claim_keeps_its_place_its_words_and_its_chain() -> None:
    claim = data_of(views.page(sample(), title="T"))["claims"][0]  # type: ignore[index]
    assert claim["at"] == [3, 40]
    assert claim["by"] == ["witness"]
    assert (claim["s"], claim["o"], claim["doc"]) == ("ferryman", "strike", "doc/bulletin")
    assert claim["modality"] == "alleged"


def test_without_a_script_the_claims_are_a_table() -> None:
    source = views.page(sample("Seven months"), title="T")
    fallback = source.split("<noscript>")[1].split("</noscript>")[0]
    assert fallback.count("<tr>") == 2
    assert "Seven months" in fallback
    assert "3–40" in fallback


def test_the_page_is_a_pyvis_network_with_our_own_html(tmp_path: Path) -> None:
    from pyvis.network import Network

    net = views.page_network(sample(), title="T")
    assert isinstance(net, Network)
    assert sorted(net.get_nodes()) == ["ferryman", "strike", "witness"]
    assert net.num_edges() == 2
    assert net.generate_html() == views.page(sample(), title="T")
    net.write_html(str(tmp_path / "net.html"))
    assert [child.name for child in tmp_path.iterdir()] == ["net.html"]


def test_documents_of_one_title_are_told_apart() -> None:
    records = sample("Report")
    first = records.documents[0]
    second = replace(first, iri=f"{BASE}doc/letter", publisher=None, issued="2015")
    both = replace(records, documents=(first, second))
    assert payload.titles(records) == {first.iri: "Report"}
    assert payload.titles(both) == {first.iri: "Report (Report)", second.iri: "Report (2015)"}
    listed: Any = data_of(views.page(both, title="t"))["documents"]
    assert {"Report (Report)", "Report (2015)"} <= {document["title"] for document in listed}


def test_only_a_large_graph_has_first_places() -> None:
    from test_network import synthetic

    pages: list[Any] = [data_of(views.page(synthetic(size), title="t")) for size in (60, 260)]
    small, large = (page["nodes"] for page in pages)
    assert not any("first" in node for node in small)
    assert 0 < sum("first" in node for node in large) < len(large)


def test_a_conflict_names_the_claims_of_the_page_and_tells_the_others() -> None:
    data: Any = data_of(views.page(sample(), title="t", disputed=against()))
    (conflict,) = data["conflicts"]
    assert (conflict["status"], conflict["head"]) == ("genuine", "Genuine conflict")
    assert conflict["sides"][0] == 0
    assert {"id": "letter.001", "negative": True, "at": [3, 40]}.items() <= conflict["sides"][1].items()
    (support,) = data["supports"]
    assert (support["mentions"], support["low"], support["high"], support["claims"]) == (2, 1, 2, [0])
    assert support["folds"] == [["letter.001", "bulletin.001", "The ferryman", 0]]


def test_a_conflict_between_claims_elsewhere_is_not_on_the_page() -> None:
    elsewhere = replace(against(), conflicts=(replace(against().conflicts[0], claims=(f"{BASE}claim/letter.001",)),))
    assert data_of(views.page(sample(), title="t", disputed=elsewhere))["conflicts"] == []


def test_a_view_of_a_store_tells_its_conflicts_and_origins(mini: Graph) -> None:
    data: Any = data_of(views.view(mini.store))
    assert [conflict["status"] for conflict in data["conflicts"]] == ["genuine"]
    assert {data["claims"][side]["id"] for side in data["conflicts"][0]["sides"]} == {
        "aktas-vestnik.001",
        "rights-digest.001",
        "steppe-bulletin.003",
    }
    assert [(each["mentions"], each["low"], each["high"]) for each in data["supports"]] == [(2, 1, 2)]


def test_what_is_told_of_conflicts_adds_little_to_a_page(graph: Graph) -> None:
    from kzgraph.records import read

    records = read(graph.store)
    assert len(views.view(graph.store)) < 1.05 * len(views.page(records, title="Who says what"))


def test_an_empty_graph_has_a_page() -> None:
    assert "<canvas" in views.page(Records(), title="Nothing yet")


def test_importing_the_module_imports_neither_pyvis_nor_networkx_nor_jinja() -> None:
    script = "import kzgraph.views, sys; print({'pyvis', 'networkx', 'jinja2'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "set()"
