"""The one verifier: not one character of a source changes unnoticed."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph import evidence
from kzgraph.build import Graph
from kzgraph.errors import SourceError
from kzgraph.evidence import ABSENT, CHANGED, EXACT, MISSING, MOVED, Finding, Text
from kzgraph.model import Claim, Corpus, Document, Passage, Source, Span


def held_text(characters: str) -> Text:
    return Text(Path("a.txt"), evidence.sha256(characters), characters)


def document_of(characters: str, *anchors: tuple[int, int, str]) -> Document:
    """Gives a document of one passage, with a claim for each start, end and quote."""
    claims = tuple(
        Claim(f"{number:03d}", Span(start, end), quote, "A.", "a", "b", None)  # type: ignore[arg-type]
        for number, (start, end, quote) in enumerate(anchors, start=1)
    )
    spans = [Span(0, len(characters)), *(claim.span for claim in claims)]
    digests = {span: evidence.sha256(characters[span.start : span.end]) for span in spans}
    source = Source("a.txt", evidence.sha256(characters), len(characters))
    return Document(
        "a", "Document", "A", source, passages=(Passage("p001", spans[0], "claims", claims),), digests=digests
    )


def claims_of(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(each.status, each.detail) for each in findings if each.item.startswith("claim")]


def changed(document: Document, characters: str) -> list[Finding]:
    return list(evidence.check(document, held_text(characters)))


def test_every_anchor_of_the_mini_corpus_is_exact(mini: Graph, mini_sources: Path) -> None:
    findings = evidence.verify(mini.corpus, mini_sources)
    assert {each.status for each in findings} == {EXACT}
    assert {each.detail for each in findings} == {""}
    items = sum(1 + len(document.passages) + len(document.claims) for document in mini.corpus.documents)
    assert len(findings) == items == 25


def test_every_anchor_of_the_corpus_is_exact(graph: Graph, sources: Path) -> None:
    findings = evidence.verify(graph.corpus, sources)
    assert [each for each in findings if each.status != EXACT] == []
    assert len(findings) > 1


def test_without_the_texts_everything_is_missing(mini: Graph, tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        assert {each.status for each in evidence.verify(mini.corpus, folder)} == {MISSING}


def test_one_missing_text_leaves_the_others_verified(mini: Graph, mini_sources: Path, tmp_path: Path) -> None:
    shutil.copy(mini_sources / "bulletin.txt", tmp_path)
    statuses = {(each.document, each.status) for each in evidence.verify(mini.corpus, tmp_path)}
    assert statuses == {("steppe-bulletin", EXACT), ("rights-digest", MISSING), ("aktas-vestnik", MISSING)}


def test_a_text_under_another_name_is_known_by_its_bytes(mini: Graph, mini_sources: Path, tmp_path: Path) -> None:
    for name in ("bulletin", "digest", "vestnik"):
        shutil.copy(mini_sources / f"{name}.txt", tmp_path / f"000_{name}.bin")
    assert {each.status for each in evidence.verify(mini.corpus, tmp_path)} == {EXACT}


def test_a_folder_or_text_that_cannot_be_read_is_told(mini: Graph, mini_sources: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        evidence.verify(mini.corpus, tmp_path / "nowhere")
    (tmp_path / "vestnik.txt").write_bytes((mini_sources / "vestnik.txt").read_bytes()[:-1])
    (tmp_path / "digest.txt").write_bytes(b"abc\xff")
    with pytest.raises(SourceError, match=r"digest\.txt: byte 3 is not UTF-8"):
        evidence.verify(mini.corpus, tmp_path)


# --- changed characters ---------------------------------------------------------------------------------------


def quoted_at(document: Document, text: str) -> dict[int, set[str]]:
    """Gives the items whose quoted phrase covers each character."""
    covered: dict[int, set[str]] = {}
    for claim in document.claims:
        start = text.index(claim.quote, claim.span.start, claim.span.end)
        for at in range(start, start + len(claim.quote)):
            covered.setdefault(at, set()).add(f"claim {claim.id}")
    return covered


@pytest.mark.parametrize("put", ["x", "ж", "😀", "\n", ""], ids=["x", "ж", "astral", "newline", "nothing"])
@pytest.mark.parametrize("slug", ["steppe-bulletin", "rights-digest", "aktas-vestnik"])
def test_one_changed_character_anywhere_is_caught(mini: Graph, mini_sources: Path, slug: str, put: str) -> None:
    (document,) = (each for each in mini.corpus.documents if each.slug == slug)
    text = (mini_sources / document.source.file).read_text(encoding="utf-8")
    quoted = quoted_at(document, text)
    for at in (at for at, char in enumerate(text) if char != put):
        findings = changed(document, text[:at] + put + text[at + 1 :])
        wrong = {each.item: each for each in findings if each.status != EXACT}
        assert "source" in wrong
        items = [*document.passages, *document.claims]
        over = {each.span for each in items if each.span.start <= at < each.span.end}
        assert over <= {each.span for each in wrong.values()}
        for item in quoted.get(at, ()) if put else ():
            assert wrong[item].status == CHANGED, wrong[item]
            assert wrong[item].detail.startswith(f"character {at}: {put!r} stands where {text[at]!r} was"), wrong[item]


@pytest.mark.parametrize("slug", ["steppe-bulletin", "rights-digest", "aktas-vestnik"])
def test_an_added_character_is_named_where_it_is(mini: Graph, mini_sources: Path, slug: str) -> None:
    (document,) = (each for each in mini.corpus.documents if each.slug == slug)
    text = (mini_sources / document.source.file).read_text(encoding="utf-8")
    quoted = quoted_at(document, text)
    for at in range(1, len(text)):
        within = quoted.get(at, set()) & quoted.get(at - 1, set())
        wrong = {each.item: each for each in changed(document, text[:at] + "#" + text[at:])}
        for item in within:
            assert wrong[item].status == CHANGED
            assert wrong[item].detail.startswith(f"character {at}: '#"), (text[at - 3 : at + 3], wrong[item].detail)


@given(st.text("abц😀 ", min_size=1, max_size=30), st.data())
@settings(deadline=None)
def test_any_text_exact_before_is_not_exact_after_a_change(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = document_of(text, (start, end, text[start:end]))
    assert {each.status for each in changed(document, text)} == {EXACT}
    at = data.draw(st.integers(start, end - 1))
    put = data.draw(st.sampled_from(["", "z", "z😀"]))
    other = text[:at] + put + text[at + 1 :]
    findings = {each.item: each.status for each in changed(document, other)}
    assert findings["source"] == CHANGED
    assert (findings["passage p001"] == EXACT) == (other[: len(text)] == text)
    assert (findings["claim 001"] == EXACT) == (other[start:end] == text[start:end])


# --- moved, absent --------------------------------------------------------------------------------------------


def test_text_put_before_moves_the_anchors_and_the_new_place_is_told(mini: Graph, mini_sources: Path) -> None:
    document = mini.corpus.documents[2]
    text = (mini_sources / "bulletin.txt").read_text(encoding="utf-8")
    for before in ("Advertisement\n", "😀", "x" * 300):
        findings = changed(document, before + text)
        assert findings[0].status == CHANGED
        shift = len(before)
        for each in findings[1:]:
            assert (each.status, each.detail) == (MOVED, f"now at {each.span.start + shift}-{each.span.end + shift}")


def test_the_nearest_copy_of_a_moved_phrase_is_told() -> None:
    text = "the union said no. and the union said no. and the union said no."
    document = document_of(text, (19 + 4, 19 + 22, "union said no"))
    assert claims_of(changed(document, "- " + text)) == [(MOVED, "now at 25-43")]


def test_a_phrase_that_went_is_absent() -> None:
    text = "The court refused to register the union in May."
    document = document_of(text, (4, 47, "refused to register the union"))
    assert claims_of(changed(document, "The" + " lorem" * 9)) == [(ABSENT, "the phrase is gone")]
    assert claims_of(changed(document, "")) == [(ABSENT, "the phrase is gone")]


def test_a_phrase_that_never_stood_in_its_span_is_absent() -> None:
    document = document_of("The court refused.", (4, 17, "allowed"))
    assert claims_of(changed(document, "The court refused.")) == [(ABSENT, "the quoted phrase is not in the span")]


def test_a_change_beside_the_phrase_is_told_as_such() -> None:
    text = "In May the court refused to register the union."
    document = document_of(text, (0, 47, "refused to register"))
    detail = "the phrase stands, but other characters of the span changed"
    assert claims_of(changed(document, text.replace("May", "Mai"))) == [(CHANGED, detail)]


def test_a_span_without_digest_is_never_exact() -> None:
    document = replace(document_of("abc", (0, 2, "ab")), digests={})
    assert EXACT not in {each.status for each in changed(document, "abc")[1:]}


# --- offsets are code points ----------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["😀", "👩‍👧", "é", "e\u0301", "Қ", "\ufeff", "\r\n", "\u2028", "\x00"])
def test_offsets_count_code_points_and_keep_line_ends(before: str, tmp_path: Path) -> None:
    text = f"{before} one\r\ntwo {before} three"
    (tmp_path / "a.txt").write_bytes(text.encode("utf-8"))
    start = text.index("three")
    document = document_of(text, (start, start + 5, "three"), (len(before), start + 5, f"one\r\ntwo {before}"))
    corpus = Corpus((document,))
    assert {each.status for each in evidence.verify(corpus, tmp_path)} == {EXACT}
    assert document.digests[Span(start, start + 5)] == hashlib.sha256(b"three").hexdigest()
    (tmp_path / "a.txt").write_bytes(text.replace("\r\n", "\n").encode("utf-8"))
    assert EXACT not in {each.status for each in evidence.verify(corpus, tmp_path) if each.item == "claim 002"}


def test_the_emoji_of_the_mini_corpus_is_one_character(mini: Graph, mini_sources: Path) -> None:
    text = (mini_sources / "digest.txt").read_bytes().decode("utf-8")
    claim = mini.corpus.documents[1].claims[1]
    assert text[claim.span.start : claim.span.end] == "Ереуіл Ақтаста өтті"
    assert text[claim.span.start - 2] == "😀"
    in_utf16 = len(text[: claim.span.start].encode("utf-16-le")) // 2
    assert in_utf16 == claim.span.start + 1


def test_a_text_of_composed_letters_is_not_one_of_decomposed() -> None:
    document = document_of("caf\u00e9 here", (0, 4, "caf\u00e9"))
    assert EXACT not in {status for status, _ in claims_of(changed(document, "cafe\u0301 here"))}


def test_a_wholly_other_text_is_checked_in_seconds(mini: Graph) -> None:
    document = mini.corpus.documents[2]
    findings = changed(document, "stoppage of the union " * 5_000)
    assert EXACT not in {each.status for each in findings}
