"""Answers as text: what is written can be read back, and no cell is obeyed by a terminal, a page or a parser."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.query import Result

from kzgraph.errors import QueryError
from kzgraph.namespaces import PREFIXES
from kzgraph.plaintext import columns
from kzgraph.results import FORMATS, pick, render
from kzgraph.terms import XSD_STRING, Table, Term, Triples, literal, number_term

ID = PREFIXES["id"]
HOSTILE = (
    "",
    " ",
    "a,b\tc|d",
    'say "no"',
    "one\ntwo\r\nthree\rfour",
    "=HYPERLINK(1)",
    "\x1b[31mred\x07",
    "\u202eright to left",
    "<script>alert(1)</script> &amp; <b>",
    "![x](http://example.org/x.png) [y](javascript:z) `c` *d* _e_ ~f~",
    "\\| \\",
    "Ақтас 漢字 e\u0301 😀",
    "\x00",
)
TABLE = Table(
    ("node", "text", "count"),
    (
        (Term("iri", f"{ID}dana-ospan"), Term("literal", "Дана Оспан", "ru"), number_term(2)),
        (Term("iri", "https://example.org/a"), None, None),
        (Term("bnode", "b0"), Term("literal", "plain", None, XSD_STRING), None),
        *((None, Term("literal", text, None, XSD_STRING), None) for text in HOSTILE),
    ),
)  # fmt: skip
TRIPLES = Triples(((f"<{ID}a>", f"<{PREFIXES['rdfs']}label>", literal('a "b"', lang="en")),))


def of_texts(texts: list[str]) -> Table:
    return Table(("text",), tuple((Term("literal", text, None, XSD_STRING),) for text in texts))


def values(table: Table) -> list[list[str]]:
    return [["" if term is None else term.value for term in row] for row in table.rows]


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_are_read_back(form: str, delimiter: str) -> None:
    head, *rows = csv.reader(io.StringIO(render(TABLE, form), newline=""), delimiter=delimiter)
    assert head == list(TABLE.columns)
    assert rows == values(TABLE)


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=6))
@settings(deadline=None)
def test_any_csv_is_read_back(texts: list[list[str]]) -> None:
    rows = tuple(tuple(Term("literal", text, None, XSD_STRING) for text in row) for row in texts)
    read = list(csv.reader(io.StringIO(render(Table(("a", "b"), rows), "csv"), newline="")))
    assert read == [["a", "b"], *texts]


def test_json_is_read_back_by_rdflib() -> None:
    read = Result.parse(io.BytesIO(render(TABLE, "json").encode()), format="json")
    assert [str(name) for name in read.vars or ()] == list(TABLE.columns)
    rows = [[row[index] for index in range(3)] for row in read]
    assert rows[0] == [
        rdflib.URIRef(f"{ID}dana-ospan"),
        rdflib.Literal("Дана Оспан", lang="ru"),
        rdflib.Literal("2", datatype=rdflib.XSD.integer),
    ]
    assert rows[1] == [rdflib.URIRef("https://example.org/a"), None, None]
    assert isinstance(rows[2][0], rdflib.BNode)
    assert [str(row[1]) for row in rows[3:]] == list(HOSTILE)


def test_json_keeps_every_datatype_but_that_of_plain_text() -> None:
    odd = Table(
        ("a", "b"),
        ((Term("literal", "x", None, "https://example.org/#string"), Term("literal", "y", None, XSD_STRING)),),
    )
    binding = json.loads(render(odd, "json"))["results"]["bindings"][0]
    assert binding["a"]["datatype"] == "https://example.org/#string"
    assert "datatype" not in binding["b"]


@given(st.lists(st.text(max_size=20), max_size=5))
@settings(deadline=None)
def test_json_lines_are_read_back(texts: list[str]) -> None:
    lines = render(of_texts(texts), "jsonl").split("\n")
    assert [json.loads(line)["text"] for line in lines[:-1]] == texts
    assert lines[-1] == ""


def test_what_is_unbound_is_null_in_json_lines_and_absent_in_json() -> None:
    assert json.loads(render(TABLE, "jsonl").split("\n")[1]) == {
        "node": "https://example.org/a",
        "text": None,
        "count": None,
    }
    assert json.loads(render(TABLE, "json"))["results"]["bindings"][1] == {
        "node": {"type": "uri", "value": "https://example.org/a"}
    }


def test_a_table_is_for_people() -> None:
    small = Table(
        ("who", "name"), ((Term("iri", f"{ID}aktas"), Term("literal", "Ақтас", "kk")), (None, Term("literal", "漢字")))
    )
    assert render(small).splitlines() == [
        "who       name",
        "--------  -----",
        "id:aktas  Ақтас",
        "          漢字",
        "2 rows",
    ]
    assert render(of_texts(["x"])).endswith("\n1 row\n")
    assert render(of_texts([])).endswith("\n0 rows\n")


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.sampled_from([None, 20, 40]))
@settings(deadline=None)
def test_no_cell_of_a_table_is_obeyed_by_a_terminal(texts: list[str], width: int | None) -> None:
    shown = render(of_texts(texts), width=width)
    assert not {unicodedata.category(char) for char in shown.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    if width is None:
        assert len(shown.split("\n")) == len(texts) + 4


def test_a_narrow_table_fits_its_width() -> None:
    text = " ".join(["word"] * 30)
    for width in (30, 60):
        shown = render(Table(("a", "b"), ((Term("literal", text), Term("literal", text)),)), width=width)
        assert max(columns(line) for line in shown.splitlines()) <= width
        assert shown.count("word") == 60


def test_an_address_is_never_broken() -> None:
    address, text = Term("iri", f"{ID}a-very-long-name-of-something"), Term("literal", " ".join(["word"] * 12))
    for width in (30, 50, 60, 80):
        shown = render(Table(("node", "text"), ((address, text),)), width=width)
        assert "id:a-very-long-name-of-something" in shown
        assert max(map(columns, shown.splitlines())) <= max(width, len("node  id:a-very-long-name-of-something"))


def test_columns_are_picked_in_the_order_asked_for() -> None:
    picked = pick(TABLE, ["count", "node"])
    assert picked.columns == ("count", "node")
    assert picked.rows[0] == (number_term(2), Term("iri", f"{ID}dana-ospan"))
    with pytest.raises(QueryError, match=r"no column `nodes`\. There are: node, text, count\."):
        pick(TABLE, ["nodes"])


@given(st.lists(st.text(alphabet="|\\`*_[]<>&~!() \nab", max_size=20), min_size=1, max_size=4))
@settings(deadline=None)
def test_markdown_has_as_many_cells_as_columns_and_no_markup(texts: list[str]) -> None:
    shown = render(Table(("a", "b"), tuple((Term("literal", text), None) for text in texts)), "md")
    lines = shown.split("\n")
    assert len(lines) == len(texts) + 3
    for line in [lines[0], *lines[2:-1]]:
        bare = re.sub(r"\\[\\`*_\[\]|~]", "", line)
        assert bare.count("|") == 3
        assert not re.search(r"[`*_\[\]~<>\\]", bare)


def test_markdown_shows_the_text_itself() -> None:
    assert render(of_texts(["a<b & c|d_e"]), "md").splitlines()[2] == "| a&lt;b &amp; c\\|d\\_e |"


def test_triples_are_turtle_ntriples_or_a_table() -> None:
    for form, parser in (("table", "turtle"), ("turtle", "turtle"), ("nt", "nt")):
        read = rdflib.Graph().parse(data=render(TRIPLES, form), format=parser)
        assert set(read) == {(rdflib.URIRef(f"{ID}a"), rdflib.RDFS.label, rdflib.Literal('a "b"', lang="en"))}
    assert render(TRIPLES, "csv").splitlines()[0] == "subject,predicate,object"
    assert json.loads(render(TRIPLES, "json"))["results"]["bindings"][0]["object"] == {
        "type": "literal",
        "value": 'a "b"',
        "xml:lang": "en",
    }


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_yes_or_no_is_itself_in_every_format(form: str) -> None:
    shown = render(True, form)
    assert json.loads(shown) == {"head": {}, "boolean": True} if form == "json" else shown == "true\n"


def test_a_format_that_does_not_fit_is_refused() -> None:
    with pytest.raises(QueryError, match="there is no format `xlsx`"):
        render(TABLE, "xlsx")
    for form in ("turtle", "nt"):
        with pytest.raises(QueryError, match="Ask with CONSTRUCT"):
            render(TABLE, form)


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl", "md"])
def test_an_empty_answer_is_well_formed(form: str) -> None:
    shown = render(Table(("a",), ()), form)
    assert shown == "" if form == "jsonl" else "a" in shown
