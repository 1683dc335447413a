"""Shared text is found wherever it stands, with exact offsets, and nothing is found where nothing is shared."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from copies import change, copy_of_mini, read
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph import evidence, reuse
from kzgraph.build import Graph, build
from kzgraph.cli import main
from kzgraph.evidence import CHANGED, EXACT, MISSING, MOVED, sha256
from kzgraph.export import render
from kzgraph.model import Reuse
from kzgraph.paths import Root
from kzgraph.reuse import words

SENTENCE = "On Monday 40 miners of the Aktas salt works stopped work and asked the director for wages of two months."
BEFORE = "Nothing was known about it before. Our reporter wrote:"
BEHIND = "Later, after dinner, everybody went home again by bus."


def find(*texts: str, **options: int) -> tuple[Reuse, ...]:
    return reuse.find({f"text-{number}": text for number, text in enumerate(texts)}, **options).reuses


def sides(found: Reuse, *texts: str) -> tuple[str, str]:
    """The words of both sides, after their digests were held against them."""
    a, b = (
        texts[int(each.document.removeprefix("text-"))][each.span.start : each.span.end] for each in (found.a, found.b)
    )
    assert (sha256(a), sha256(b)) == (found.a.sha256, found.b.sha256)
    return a, b


# --- what is found --------------------------------------------------------------------------------------------


def test_a_copy_is_found_word_for_word_with_its_offsets() -> None:
    one, other = f"{BEFORE} {SENTENCE} {BEHIND}", f"The story: {SENTENCE} And so on."
    (found,) = find(one, other)
    assert sides(found, one, other) == (SENTENCE[:-1], SENTENCE[:-1])
    assert (found.words, found.similarity, found.kind) == (20, Decimal(1), "verbatim")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("40 miners", "60 miners", 19),  # a figure
        ("miners of the Aktas salt works", "teachers of the Aktas salt works", 19),  # an actor
        ("stopped work", "ceased work", 19),  # a verb
        ("asked the director", "asked the new general director", 20),  # words more
        ("On Monday 40 miners", "On Monday evening 40 miners", 20),
        ("of the Aktas salt works ", "", 15),  # words less
        ("wages of two months", "the wages of two long months", 20),
    ],
)
def test_a_small_edit_is_bridged(old: str, new: str, words: int) -> None:
    assert old in SENTENCE
    texts = f"{BEFORE}\n\n{SENTENCE}\n\n{BEHIND}", f"{SENTENCE.replace(old, new)}\n\nThat is all."
    (found,) = find(*texts)
    assert sides(found, *texts) == (SENTENCE[:-1], SENTENCE.replace(old, new)[:-1])
    assert (found.words, found.kind) == (words, "edited")
    total = sum(len(side.split()) for side in sides(found, *texts))
    assert abs(found.similarity - Decimal(2 * words) / total) < Decimal("0.001")


def test_a_paragraph_that_moved_is_found_where_it_is() -> None:
    first = "The court of the district heard both sides on Friday and has not decided the case yet."
    one, other = f"{SENTENCE}\n\n{first}\n\n{BEHIND}", f"{first}\n\n{SENTENCE}\n\nNo more."
    assert {sides(found, one, other) for found in find(one, other)} == {
        (SENTENCE[:-1], SENTENCE[:-1]),
        (first[:-1], first[:-1]),
    }


def test_paragraphs_that_stay_together_are_one_passage_each() -> None:
    second = "The court of the district heard both sides on Friday and has not decided the case yet."
    text = f"{SENTENCE}\n\n{second}"
    assert [sides(found, text, text + " ")[0] for found in find(text, text + " ")] == [SENTENCE[:-1], second[:-1]]


def test_a_passage_may_run_on_where_only_one_text_begins_a_paragraph() -> None:
    half = SENTENCE.replace("work and", "work\n\nand")
    (found,) = find(f"{BEFORE} {SENTENCE}", half)
    assert (found.words, found.kind) == (20, "verbatim")


def test_short_items_of_a_list_stay_together() -> None:
    items = "\n".join(f"- item {name} of it" for name in ("one", "two", "three", "four", "five"))
    found = find(f"{BEFORE}\n\n{items}", f"{BEHIND}\n\n{items}")
    assert [each.words for each in found] == [8, 12]


def test_seven_words_are_not_enough_and_eight_are() -> None:
    eight = "miners of Aktas stopped work for two months"
    seven = eight.removesuffix(" months")
    assert find(f"Today {seven} there.", f"Here {seven}, again.") == ()
    assert [found.words for found in find(f"Today {eight} there.", f"Here {eight}, again.")] == [8]
    assert [found.words for found in find(seven, seven, least=7)] == [7]


def test_eight_words_with_one_changed_in_the_middle_are_found() -> None:
    (found,) = find(
        "miners of Aktas stopped work for two months today", "miners of Aktas stopped all for two months today"
    )
    assert (found.words, found.similarity, found.kind) == (8, Decimal("0.888"), "edited")


def test_what_differs_over_a_paragraph_is_not_bridged() -> None:
    one, other = "the union of the miners won again", "we went to the sea with all of them"
    found = find(f"{one} in May.\n\nBut {other}", f"{one} at last.\n\nStill {other}")
    assert [each.words for each in found] == [9]


def test_beside_a_passage_a_heavily_edited_one_counts_too() -> None:
    weak = "At first the country was ranked a lowly 65th in the rule of law index."
    other = "Today the place was said to be ranked 62nd in the Rule of Law Index."
    assert find(weak, other) == ()
    found = find(f"{weak} Then rain fell.\n\n{SENTENCE}", f"{other}\n\n{SENTENCE}")
    assert [each.words for each in found] == [9, 20]


# --- where it stands ------------------------------------------------------------------------------------------


def test_a_text_that_repeats_itself_is_told() -> None:
    text = f"{SENTENCE}\n\n{BEFORE}\n\n{SENTENCE}"
    (found,) = find(text)
    assert found.a.document == found.b.document
    assert found.a.span.end <= found.b.span.start
    assert sides(found, text) == (SENTENCE[:-1], SENTENCE[:-1])


def test_repeats_that_touch_do_not_overlap() -> None:
    text = " ".join(["one two three four five six seven eight nine"] * 3)
    found = find(text)
    assert found
    for each in found:
        assert each.a.span.end <= each.b.span.start, each


def test_a_sentence_in_three_texts_is_three_pairs() -> None:
    found = find(SENTENCE, f"{BEFORE} {SENTENCE}", f"{SENTENCE} {BEHIND}")
    assert [(each.a.document, each.b.document) for each in found] == [
        ("text-0", "text-1"),
        ("text-0", "text-2"),
        ("text-1", "text-2"),
    ]


def test_boilerplate_is_skipped_and_counted() -> None:
    texts = {f"page-{number:02}": f"Page number {number}. {SENTENCE}" for number in range(20)}
    found = reuse.find(texts, most=19)
    assert found.reuses == ()
    assert (found.texts, found.skipped) == (20, 17)
    assert len(reuse.find(texts, most=20).reuses) == 190


def test_a_formula_that_one_text_repeats_does_not_count() -> None:
    """A reference list is no chain of copies: what stands in each of its items says nothing."""
    names = ["Alma", "Bota", "Dana", "Erlan", "Farid", "Gulnar"]
    items = [f"{name}. Archived from the original on that day. Retrieved later." for name in names]
    assert find("\n".join(items)) == ()


def test_footnote_marks_typography_and_case_make_no_difference() -> None:
    one = "The miners’ union said: “We don’t – and won’t – accept 1,500 tenge a day for this”."
    other = "the miners' UNION[12] said:\u00a0'we don't - and won't - ac\u00adcept 1500 tenge a day [3] for this'"
    (found,) = find(one, other)
    assert found.kind == "verbatim"
    assert sides(found, one, other) == (one[:-2], other[:-1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Kazakh and Russian; the second in another case
        ("Ақтас тұз зауытының кеншілері дүйсенбі күні екі айлық жалақыны талап етті", "АҚТАС тұз зауытының кеншілері дүйсенбі күні екі айлық жалақыны талап етті"),
        # accents put together, and apart
        ("é à ö ü ñ ç å ø café naïve", "e\u0301 a\u0300 o\u0308 u\u0308 n\u0303 c\u0327 a\u030a ø cafe\u0301 nai\u0308ve"),
        # beyond the basic plane: emoji are no words, letters are
        ("😀 𐐀𐐁 𐐂𐐃 𐐄𐐅 𐐆𐐇 𐐈𐐉 𐐊𐐋 𐐌𐐍 𐐎𐐏", "𐐀𐐁 𐐂𐐃 😀 𐐄𐐅 𐐆𐐇 𐐈𐐉 𐐊𐐋 𐐌𐐍 𐐎𐐏"),
        # right to left, with and without marks of direction, and with vowel points in both
        ("قال عمال المنجم إنهم لم يتقاضوا أجورهم منذ شهرين", "\u202bقال عمال المنجم إنهم لم يتقاضوا أجورهم منذ شهرين\u202c"),
        ("מֶלֶךְ אחד היה בארץ והוא מלך על כל העם", "מֶלֶךְ אחד היה בארץ והוא מלך על כל העם"),
    ],
)  # fmt: skip
def test_offsets_are_code_points_in_any_script(one: str, other: str) -> None:
    texts = f"😀 {one} 😀", f"«{other}»"
    (found,) = find(*texts)
    assert found.kind == "verbatim"
    a, b = sides(found, *texts)
    assert a in one
    assert b in other
    assert len(a.split()) >= 8


@pytest.mark.parametrize("text", ["", " ", "\n\n", "one", "[1] [2]", "😀", "\ufeff", "a b c"])
def test_texts_with_next_to_nothing_give_nothing(text: str) -> None:
    assert find(text, text, "", SENTENCE) == ()


# --- laws -----------------------------------------------------------------------------------------------------

WORDS = [f"{letter}{number}" for letter in "abcdefgh" for number in range(60)]
passages = st.lists(st.sampled_from(WORDS), min_size=8, max_size=60, unique=True)


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str, str]:
    """Two texts that have nothing in common but one passage."""
    passage = draw(passages)
    rng = random.Random(draw(st.integers(0, 9999)))
    sides = [" ".join(f"{side}{rng.randrange(10**9)}" for _ in range(rng.randrange(40))) for side in "pqrs"]
    text = " ".join(passage)
    return text, f"{sides[0]} {text} {sides[1]}", f"{sides[2]} {text} {sides[3]}"


@given(planted())
@settings(deadline=None)
def test_a_planted_copy_is_found_exactly(example: tuple[str, str, str]) -> None:
    passage, *texts = example
    (found,) = find(*texts)
    assert sides(found, *texts) == (passage, passage)
    assert found.words == len(passage.split())


@given(planted(), st.data())
@settings(deadline=None)
def test_a_planted_edit_is_found(example: tuple[str, str, str], data: st.DataObject) -> None:
    passage, one, other = example
    words = passage.split()
    if len(words) < 12:
        return
    at = data.draw(st.integers(4, len(words) - 5))
    edit = data.draw(st.sampled_from([["x1"], ["x1", "x2"], [], [words[at], "x1", "x2"]]))
    edited = " ".join([*words[:at], *edit, *words[at + 1 :]])
    texts = one, other.replace(passage, edited)
    (found,) = find(*texts)
    assert sides(found, *texts) == (passage, edited)
    assert found.kind == "edited"


# Few words, so that much is shared, by chance and repeatedly.
poor = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f.", "\n\n", "g", "[1]"]), max_size=60).map(" ".join)


@given(poor, poor)
@settings(deadline=None)
def test_whatever_is_found_is_sound_and_the_same_from_both_sides(one: str, other: str) -> None:
    found = find(one, other)
    for each in found:
        a, b = sides(each, one, other)
        assert each.words >= 8
        assert Decimal("0.6") <= each.similarity <= 1
        assert (each.kind == "verbatim") == (each.similarity == 1) == (plain(a) == plain(b))
        assert each.a.document < each.b.document or each.a.span.end <= each.b.span.start
    assert list(found) == sorted(found, key=lambda each: (each.a.document, each.b.document, each.a.span, each.b.span))
    between = {(each.a.span, each.b.span) for each in found if each.a.document != each.b.document}
    swapped = [each for each in find(other, one) if each.a.document != each.b.document]
    if one != other:
        assert {(each.b.span, each.a.span) for each in swapped} == between
    assert len(swapped) == len(between)


def plain(text: str) -> list[str]:
    return [words.form(word) for word in words.printed(text) if word]


@given(st.lists(st.text(), max_size=4))
@settings(deadline=None)
def test_any_text_can_be_read(texts: list[str]) -> None:
    find(*texts)


@given(st.permutations(list(range(4))))
@settings(deadline=None, max_examples=10)
def test_the_order_of_the_texts_makes_no_difference(order: list[int]) -> None:
    texts = {name: f"{name} {SENTENCE} {BEHIND if name > 'b' else BEFORE}" for name in "abcd"}
    shuffled = {"abcd"[at]: texts["abcd"[at]] for at in order}
    assert reuse.find(shuffled) == reuse.find(texts)


def test_texts_without_four_words_in_a_row_in_common_give_nothing() -> None:
    rng = random.Random(5)
    pool = [f"w{number}" for number in range(30)]
    one = [rng.choice(pool) for _ in range(400)]
    runs = {tuple(one[at : at + 4]) for at in range(len(one))}
    other: list[str] = []
    while len(other) < 400:
        word = rng.choice(pool)
        if (*other[-3:], word) not in runs:
            other.append(word)
    found = [each for each in find(" ".join(one), " ".join(other)) if each.a.document != each.b.document]
    assert found == []


# --- the corpus -----------------------------------------------------------------------------------------------


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *args], catch_exceptions=False)


@pytest.fixture
def saved(tmp_path: Path) -> Root:
    """A copy of the mini corpus with its shared text stored."""
    root = copy_of_mini(tmp_path)
    assert run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse", "--save").exit_code == 0
    return root


def test_the_digest_has_its_sentence_from_the_bulletin(mini: Graph, mini_sources: Path) -> None:
    texts, missing = reuse.texts(mini.corpus, mini_sources)
    (found,) = reuse.find(texts).reuses
    assert missing == []
    assert (found.a.document, found.b.document) == ("rights-digest", "steppe-bulletin")
    assert (found.words, found.similarity, found.kind) == (12, Decimal("0.923"), "edited")


def test_what_is_saved_is_canonical_and_is_read_again(saved: Root, tmp_path: Path) -> None:
    (stored,) = read(saved).reuse
    assert (stored.words, stored.kind, stored.path) == (12, "edited", "graph/reuse/reuse.yaml")
    assert run(tmp_path, "fmt", "--check").exit_code == 0
    good = run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse", "--check")
    assert (good.exit_code, "this is what is stored" in good.stderr) == (0, True)


def test_without_texts_what_is_stored_is_listed(saved: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path / "graph")
    monkeypatch.delenv("KZGRAPH_SOURCES", raising=False)
    told = run(tmp_path, "reuse", "-f", "jsonl")
    (row,) = [json.loads(line) for line in told.stdout.splitlines()]
    assert (row["a"], row["b"], row["words"]) == ("rights-digest", "steppe-bulletin", "12")
    assert "begins" not in row
    assert "stored" in told.stderr
    assert run(tmp_path, "reuse", "--check").exit_code == 1
    assert "not held" in run(tmp_path, "reuse", "--save").stderr


def test_stale_shared_text_is_told(saved: Root, tmp_path: Path) -> None:
    change(tmp_path / "graph/reuse/reuse.yaml", "words: 12", "words: 11")
    told = run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse", "--check")
    assert told.exit_code == 1
    assert "1 are not stored, 1 are not found" in told.stderr
    assert run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse").exit_code == 0


def test_no_more_than_ten_words_of_a_text_are_printed(saved: Root, tmp_path: Path) -> None:
    told = run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse", "-f", "jsonl").stdout
    begins = json.loads(told)["begins"]
    assert begins == "Union lawyer Dana Osspan says that 40 strikers were dismissed …"


def test_a_text_that_is_another_is_left_out_and_named(saved: Root, tmp_path: Path) -> None:
    change(tmp_path / "sources/vestnik.txt", "уволены", "наняты")
    told = run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse")
    assert "left out, because their texts are not held or are others: aktas-vestnik." in told.stderr
    assert run(tmp_path, "--sources", str(tmp_path / "sources"), "reuse", "--save").exit_code == 1


def test_stored_runs_are_verified_like_any_anchor(saved: Root, tmp_path: Path) -> None:
    def statuses() -> list[tuple[str, str]]:
        found = evidence.verify(read(saved), tmp_path / "sources")
        return [(each.document, each.status) for each in found if each.item == "reuse 1"]

    assert statuses() == [("rights-digest", EXACT), ("steppe-bulletin", EXACT)]
    change(tmp_path / "sources/bulletin.txt", "On 3 May 2012", "On the 3 May 2012")
    change(tmp_path / "sources/digest.txt", "40 strikers", "50 strikers")
    assert statuses() == [("rights-digest", CHANGED), ("steppe-bulletin", MOVED)]
    for path in (tmp_path / "sources").iterdir():
        path.unlink()
    assert {status for _, status in statuses()} == {MISSING}


def test_a_changed_run_stops_the_build_at_its_line(saved: Root, tmp_path: Path) -> None:
    stored = (tmp_path / "graph/reuse/reuse.yaml").read_text("utf-8")
    digest = stored.partition("sha256: ")[2][:64]
    change(tmp_path / "graph/reuse/reuse.yaml", digest, "0" * 64)
    with pytest.raises(Exception, match=r"graph/reuse/reuse\.yaml:2: reuse 1: .* changed"):
        build(saved, sources=tmp_path / "sources")


def test_shared_text_is_exported_by_the_digests_of_the_texts(saved: Root) -> None:
    graph = build(saved)
    (line,) = [json.loads(line) for line in render(graph, "reuse").splitlines()]
    digests = {document.slug: document.source.sha256 for document in graph.corpus.documents}
    (stored,) = graph.corpus.reuse
    assert line == {
        side: {"document_sha256": digests[each.document], "start": each.span.start, "end": each.span.end}
        for side, each in (("a", stored.a), ("b", stored.b))
    } | {"words": 12, "similarity": 0.923, "kind": "edited"}


def test_the_stored_shared_text_is_what_is_found(graph: Graph, sources: Path) -> None:
    texts, missing = reuse.texts(graph.corpus, sources)
    assert missing == []
    assert reuse.find(texts).reuses == graph.corpus.reuse


def test_the_corpus_shares_what_readers_found(graph: Graph) -> None:
    """The campaign page and the profile share three paragraphs; the article and the news article share seven passages."""
    pairs = [
        (each.a.document.partition("-")[0], each.b.document.partition("-")[0])
        for each in graph.corpus.reuse
        if each.a.document != each.b.document
    ]
    assert (pairs.count(("campaign", "haldane")), pairs.count(("eu", "wikipedia")), len(pairs)) == (3, 7, 10)


def test_the_verb_has_the_limits_of_the_library() -> None:
    from kzgraph import reuse
    from kzgraph.cli import main

    given = {option.name: option.default for option in main.commands["reuse"].params}
    assert (given["least"], given["similar"], given["most"]) == (reuse.LEAST, reuse.SIMILAR, reuse.MOST)
