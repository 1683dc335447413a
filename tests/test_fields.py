"""One YAML map, field by field."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzgraph.errors import Problem
from kzgraph.fields import Fields, did_you_mean, is_url
from kzgraph.terms import iri
from kzgraph.yamlio import load


def fields(text: str) -> Fields:
    content, problems = load(text.encode(), "f.yaml")
    assert not problems
    return Fields(content, "f.yaml", "claim 014", [])


def test_a_missing_field_is_told_at_the_map() -> None:
    each = fields("\n\na: 1\n")
    assert each.text("b", required=True) is None
    assert each.needed("c") == ""
    assert [str(problem) for problem in each.problems] == [
        "f.yaml:3: claim 014: `b` is missing. Fill it in.",
        "f.yaml:3: claim 014: `c` is missing. Fill it in.",
    ]


def test_an_empty_field_is_told_at_its_line() -> None:
    each = fields("a: 1\nb:\nc: '  '\n")
    assert (each.text("b"), each.needed("c")) == (None, "")
    assert [problem.line for problem in each.problems] == [2, 3]


def test_what_nobody_takes_is_told_with_the_nearest_name() -> None:
    each = fields("quote: x\nspaekers: [a]\nzzz: 1\n")
    each.needed("quote")
    each.texts("speakers")
    each.done()
    assert each.problems == [
        Problem("f.yaml", 2, "claim 014", "there is no field `spaekers` here", "Did you mean `speakers`?"),
        Problem("f.yaml", 3, "claim 014", "there is no field `zzz` here", "The fields here are: quote, speakers."),
    ]


def test_what_is_no_map_is_told_and_reading_goes_on() -> None:
    for text in ("[a, b]", "word"):
        each = fields(text)
        assert each.text("a") is None
        each.done()
        assert [problem.message for problem in each.problems] == ["this must be a map of fields"]


def test_a_list_of_one_may_be_written_as_a_text() -> None:
    each = fields("a: x\nb: [x, y]\n")
    assert (each.texts("a"), each.texts("b"), each.texts("c")) == (("x",), ("x", "y"), ())
    assert not each.problems


@pytest.mark.parametrize("text", ["a: {b: c}", "a: [[b]]", "a: [{b: c}]"])
def test_a_list_of_words_holds_words(text: str) -> None:
    each = fields(text)
    assert each.texts("a") == ()
    assert len(each.problems) == 1


def test_a_word_stands_once_in_a_list() -> None:
    each = fields("a: [x, y, x, x]\n")
    each.texts("a")
    assert [problem.message for problem in each.problems] == ["`x` stands twice in `a`"]


@pytest.mark.parametrize("text", ["[a]", "{a: b}"])
def test_a_text_is_one_piece(text: str) -> None:
    each = fields(f"a: {text}")
    assert each.text("a") is None
    assert "one piece of text" in each.problems[0].message


@pytest.mark.parametrize("text", ["0", "-3", "1200", "59.2", "0.50", "-0.1"])
def test_decimals_are_exact(text: str) -> None:
    each = fields(f"a: '{text}'")
    assert each.decimal("a") == Decimal(text)
    assert not each.problems


@pytest.mark.parametrize(
    "text", ["1,200", "1e3", "01", ".5", "5.", "+1", "NaN", "Infinity", "١٢", "1_000", "9" * 29, "1 0"]
)
def test_what_is_no_plain_decimal_is_told(text: str) -> None:
    each = fields(f"a: '{text}'")
    assert each.decimal("a") is None
    assert "is not a plain decimal number" in each.problems[0].message


@pytest.mark.parametrize("text", ["-1", "1.0", "01", "x", "²", "١", "9" * 10])
def test_what_is_no_whole_number_is_told(text: str) -> None:
    each = fields(f"a: '{text}'")
    assert each.whole("a") == 0
    assert "is not a whole number" in each.problems[0].message


@pytest.mark.parametrize(
    "text", ["Aktas", "aktas_town", "-aktas", "aktas-", "a--b", "ақтас", "a" * 61, "a b", "a.b", "a\n"]
)
def test_what_is_no_slug_is_told(text: str) -> None:
    content, _ = load(b"a: x", "f.yaml")
    each = Fields(content, "f.yaml", "", [])
    content["a"] = type(content["a"])(text)
    each.slug("a")
    assert "is not a slug" in each.problems[0].message


@pytest.mark.parametrize(
    "text", ["last year", "2012-13", "2012-02-30", "12/05/2012", "2012-05-03/2012-05-01", "12:30", "20"]
)
def test_what_is_no_edtf_is_told(text: str) -> None:
    each = fields(f"a: '{text}'")
    assert each.edtf("a") is None
    assert "is not a date in EDTF" in each.problems[0].message


def test_a_choice_is_one_of_the_known_words() -> None:
    each = fields("voice: indrect\n")
    assert each.choice("voice", ["own", "direct", "indirect"]) == "indrect"
    assert each.problems[0].hint == "Did you mean `indirect` or `direct`?"
    assert each.choice("modality", ["asserted"], "asserted") == "asserted"


def test_did_you_mean_is_silent_about_strangers() -> None:
    assert did_you_mean("zebra", ["own", "direct"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org/a?b=c&d=%20#e",
        "https://kk.wikipedia.org/wiki/Жаңаөзен",
        "http://a.kz:80/(b);c",
    ],
)
def test_web_addresses(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "ftp://a.kz",
        "https://",
        "http://a b",
        "http://a/<b>",
        "http://a/%zz",
        "http://a/[b]",
        "http://a/#b#c",
        "http://a/\x01",
        "http://a/\\b",
        "http://a/b\n",
        "javascript:alert(1)",
        "http://a:port",
        'http://a/"b',
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    assert not is_url(text)


@given(st.text("ab/:?#[]@!$&'()*+,;=%20.-_~жқ\ue000\u00a0\ufffe😀\\^`{|}<>\"", max_size=20))
def test_a_web_address_is_an_iri_for_a_strict_engine(rest: str) -> None:
    import pyoxigraph as ox

    address = f"https://a.kz/{rest}"
    if is_url(address):
        line = f"{iri(address)} <a:b> <a:c> .\n".encode()
        assert len(list(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))) == 1
