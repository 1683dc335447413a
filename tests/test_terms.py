"""Terms and statements as N-Triples text: what is written is what is read, here and by the parsers of others."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph.namespaces import PREFIXES, expand, shorten
from kzgraph.terms import Quad, Table, Term, Triples, integer, iri, literal, name, parse, split

TEXTS = st.text(max_size=40) | st.text("\\\"'\n\r\t\b\f\x00\x0b\x7f\x85\u2028\ufffe\uffff😀nutU<>@^.# ", max_size=20)
SAFE = TEXTS.filter(lambda text: "\ud800" not in text)
LANGS = st.sampled_from(["en", "ru", "kk", "kk-Latn", "en-GB"])
TYPES = st.sampled_from(
    [PREFIXES["xsd"] + local for local in ("date", "decimal", "anyURI")] + [PREFIXES["edtf"] + "EDTF"]
)
IRIS = st.text("abжқ😀/#?=&.:-_%20()'!*,;~$+@", max_size=20).map(lambda rest: f"https://a.kz/{rest}")
LITERALS = (
    st.builds(lambda text: literal(text), SAFE)
    | st.builds(lambda text, lang: literal(text, lang=lang), SAFE, LANGS)
    | st.builds(lambda text, datatype: literal(text, datatype=datatype), SAFE, TYPES)
)


def by_oxigraph(text: str) -> Any:
    line = f"<a:s> <a:p> {text} .\n".encode()
    (triple,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    return triple.object


def by_rdflib(text: str) -> Any:
    graph = rdflib.Graph().parse(data=f"<a:s> <a:p> {text} .\n", format="nt")
    ((_, _, value),) = graph
    return value


@given(LITERALS | IRIS.map(iri))
def test_parsing_and_writing_are_inverse(text: str) -> None:
    assert parse(text).ntriples() == text


@given(SAFE, st.none() | LANGS)
def test_a_literal_is_the_text_it_was_made_from(text: str, lang: str | None) -> None:
    term = parse(literal(text, lang=lang))
    assert (term.kind, term.value, term.lang) == ("literal", text, lang)
    assert term.datatype == (None if lang else PREFIXES["xsd"] + "string")


@given(SAFE, st.none() | LANGS)
def test_oxigraph_reads_and_writes_the_same_literal(text: str, lang: str | None) -> None:
    written = literal(text, lang=lang)
    value = by_oxigraph(written)
    assert value.value == text
    assert (value.language or "").lower() == (lang or "").lower()
    assert str(value) == written.replace(f"@{lang}", f"@{value.language}")


@settings(deadline=None)
@given(SAFE, st.none() | LANGS)
def test_rdflib_reads_the_same_literal(text: str, lang: str | None) -> None:
    value = by_rdflib(literal(text, lang=lang))
    assert str(value) == text
    assert (value.language or "").lower() == (lang or "").lower()


@given(st.lists(LITERALS | IRIS.map(iri), min_size=1, max_size=3))
def test_a_line_splits_into_its_terms(objects: list[str]) -> None:
    for value in objects:
        quad = Quad(iri("a:s"), iri("a:p"), value, iri("a:g"))
        assert split(quad.line()) == list(quad)
        assert quad.line().count("\n") == 1
        (read,) = ox.parse(quad.line().encode("utf-8"), format=ox.RdfFormat.N_QUADS, lenient=True)
        assert (str(read.subject), str(read.predicate), str(read.graph_name)) == ("<a:s>", "<a:p>", "<a:g>")


@pytest.mark.parametrize(
    ("text", "parts"), [("", []), ('# <a:b> "c"', []), ("_:b <a:p> _:c .", ["_:b", "<a:p>", "_:c"])]
)
def test_comments_and_blank_nodes_are_split(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    "text", ["a b", "a<b:", "a>b:", 'a:"b', "a:{b", "a:b}", "a:|", "a:^", "a:`", "a:\\b", "a:\n", "a:\x00", "a"]
)
def test_an_iri_refuses_what_it_cannot_hold(text: str) -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        iri(text)


@pytest.mark.parametrize("bad", [" ", "<", ">", '"', "\\", "\n"])
def test_a_datatype_is_an_iri(bad: str) -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        literal("x", datatype=f"a:{bad}")


@pytest.mark.parametrize("text", ["", "word", '"open', "<a:b", '"a"@', '"a"^^x', '"a" "b"', "<a:b> ", '"a"b'])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an N-Triples term"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\u0436\U0001F600"', "ж😀"),
        (r'"\\u0436"', r"\u0436"),
        (r'"\t\b\n\r\f\"\'\\"', "\t\b\n\r\f\"'\\"),
        (r"<a:\u0436>", "a:ж"),
    ],
)
def test_escapes_are_read(text: str, value: str) -> None:
    assert parse(text).value == value
    assert value in (getattr(by_oxigraph(text), "value", None), str(by_rdflib(text)))


def test_xsd_string_is_a_plain_literal() -> None:
    assert literal("x", datatype=PREFIXES["xsd"] + "string") == '"x"'
    assert parse(f'"x"^^<{PREFIXES["xsd"]}string>').ntriples() == '"x"'
    assert integer(-3) == '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_short_name_is_the_iri(prefix: str) -> None:
    assert shorten(expand(f"{prefix}:x")) == f"{prefix}:x"
    assert name(f"{prefix}:x") == f"<{PREFIXES[prefix]}x>"


def test_answers_are_told_as_records_and_lines() -> None:
    table = Table(("a", "b"), ((Term("iri", "a:b"), None), (Term("literal", "x", "en"), Term("bnode", "c"))))
    assert list(table.records()) == [{"a": "a:b"}, {"a": "x", "b": "c"}]
    assert Triples((("<a:b>", "<a:c>", '"x"'),)).ntriples() == '<a:b> <a:c> "x" .\n'
    assert [term.ntriples() for term in table.rows[1] if term] == ['"x"@en', "_:c"]
