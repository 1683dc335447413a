"""Strict YAML in, canonical YAML out."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kzgraph.yamlio import DEEPEST, LARGEST, Map, Scalar, Seq, dump, load

# What yaml can hold and we do: all but control characters and the two code points that are no characters.
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t")
)
WORDS = TEXT | st.sampled_from(
    [
        "no",
        "yes",
        "y",
        "12:30",
        "0123",
        "0o17",
        "1e3",
        "1_000",
        "~",
        "null",
        ".inf",
        "2012-05-03",
        "=",
        "<<",
        "#",
        "- a",
        "",
    ]
)
CONTENT = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


def plain(value: Any) -> Any:
    if isinstance(value, Map):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Seq):
        return [plain(item) for item in value]
    return str(value)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Yes",
        "on",
        "12:30",
        "0123",
        "0x1F",
        "1e3",
        "1_000",
        "~",
        "null",
        "2012-05-03",
        ".5",
        "+1",
        "=",
        "True",
        "1.10",
    ],
)
def test_a_scalar_is_its_text(text: str) -> None:
    content, problems = load(f"key: {text}\nlist: [{text}]\n".encode(), "f.yaml")
    assert not problems
    assert content == {"key": text, "list": [text]}


def test_everything_knows_its_line() -> None:
    content, problems = load(b"\na: 1\nb:\n  c: [x,\n      y]\n  d:\n  - e: '1'\n  - f: |\n      text\n", "f.yaml")
    assert not problems
    assert content.lines == {"a": 2, "b": 3}
    assert content["b"].lines == {"c": 4, "d": 6}
    assert [item.line for item in content["b"]["c"]] == [4, 5]
    assert [item.line for item in content["b"]["d"]] == [7, 8]
    assert content["b"]["d"][1]["f"] == "text\n"


def test_a_scalar_knows_whether_it_was_quoted() -> None:
    content, _ = load(b"a: 1\nb: '1'\nc: \"1\"\nd: |\n  1\n", "f.yaml")
    assert {key: value.plain for key, value in content.items()} == {"a": True, "b": False, "c": False, "d": False}
    assert isinstance(content["a"], Scalar)


def bomb() -> bytes:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    return "\n".join(lines).encode()


REFUSED = {
    "a repeated key": (b"a: 1\nb: 2\na: 3\n", 3, "`a` stands twice (first on line 1)", "Keep one"),
    "a repeated key in flow": (b"x: {a: 1,\n  a: 2}\n", 2, "`a` stands twice", "Keep one"),
    "an anchor": (b"a: 1\nb: &x 2\n", 2, "anchors and aliases", "Write the value out"),
    "an anchored list": (b"a: &x\n- 1\n", 1, "anchors and aliases", "Write the value out"),
    "an alias": (b"a: 1\nb: *x\n", 2, "anchors and aliases", "Write the value out"),
    "an alias bomb": (bomb(), 1, "anchors and aliases", "Write the value out"),
    "a tag": (b"a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "the tag", "Take it out"),
    "a local tag": (b"a: !secret x\n", 1, "the tag !secret", "Take it out"),
    "a tagged map": (b"a: 1\nb: !!omap\n- c: d\n", 2, "the tag", "Take it out"),
    "a second document": (b"a: 1\n---\nb: 2\n", 2, "a second YAML document", "one document"),
    "10,000 brackets": (b"a: 1\nb: " + b"[" * 10_000, 2, f"nested more than {DEEPEST}", "flatter"),
    "10,000 braces": (b"a: 1\nb: " + b"{a: " * 10_000, 2, f"nested more than {DEEPEST}", "flatter"),
    "10,000 dashes": (b"- " * 10_000 + b"a", 1, f"nested more than {DEEPEST}", "flatter"),
    "no UTF-8": (b"a: 1\nb: \xff\n", 2, "not UTF-8", "Save the file as UTF-8"),
    "UTF-16": ("a: 1\n".encode("utf-16"), 1, "not UTF-8", "Save the file as UTF-8"),
    "half a surrogate": (b"a: 1\nb: \xed\xa0\xbd\n", 2, "not UTF-8", "Save the file as UTF-8"),
    "a control character": (b"a: 1\nb: x\x07y\n", 2, "cannot stand in YAML", "Take it out"),
    "an escaped control character": (b'a: 1\nb: "x\\0y"\n', 2, "a control character", "Take it out"),
    "an escaped carriage return": (b'a: 1\nb: "x\\ry"\n', 2, "a control character", "Take it out"),
    "a next line character": ("a: 1\nb: x\x85y\n".encode(), 2, "line separator", "Write a space"),
    "a line separator": ("a: 1\nb: x\u2028y\n".encode(), 2, "line separator", "Write a space"),
    "an open quote": (b"a: 1\nb: 'x\n", 2, "not YAML", "Mend the syntax"),
    "an open bracket": (b"a: [1,\n", 1, "not YAML", "Mend the syntax"),
    "a tab as indent": (b"a:\n\tb: 1\n", 2, "not YAML", "Mend the syntax"),
    "a key that is a list": (b"a: 1\n? [b]\n: 2\n", 2, "a key must be a plain word", "key: value"),
    "words between": (b"a: 1\nword\nb: 2\n", 3, "not YAML", "Mend the syntax"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refuses_with_file_line_and_mend(what: str) -> None:
    data, line, message, mend = REFUSED[what]
    began = time.perf_counter()
    _, problems = load(data, "graph/f.yaml")
    assert time.perf_counter() - began < 2
    assert [(each.path, each.line) for each in problems] == [("graph/f.yaml", line)]
    assert message in problems[0].message
    assert mend in problems[0].hint


def test_refuses_a_huge_file_unread() -> None:
    content, problems = load(b"#" * (LARGEST + 1), "f.yaml")
    assert content is None
    assert "larger than" in str(problems[0])


def test_reading_goes_on_after_a_repeated_key() -> None:
    content, problems = load(b"a: 1\na: 2\nb: 3\nb: 4\nc: 5\n", "f.yaml")
    assert content == {"a": "1", "b": "3", "c": "5"}
    assert [each.line for each in problems] == [2, 4]


def test_a_byte_order_mark_is_no_part_of_a_key() -> None:
    content, problems = load("\ufeffa: 1\n".encode(), "f.yaml")
    assert content == {"a": "1"} or problems


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_content_or_problems(data: bytes) -> None:
    content, problems = load(data, "f.yaml")
    assert content is None or isinstance(content, Map | Seq | Scalar)
    assert all(each.path == "f.yaml" and each.message and each.hint for each in problems)


@given(st.text("ab:-?[]{}#&*!|>'\"%@` ,\n\t0", max_size=60))
def test_any_syntax_gives_content_or_problems(text: str) -> None:
    content, problems = load(text.encode(), "f.yaml")
    assert content is None or isinstance(content, Map | Seq | Scalar)
    assert all(0 < each.line <= text.count("\n") + 1 for each in problems)


@given(st.dictionaries(WORDS, CONTENT, max_size=4))
def test_what_is_dumped_is_loaded(content: dict[str, Any]) -> None:
    text = dump(content)
    again, problems = load(text.encode("utf-8"), "f.yaml")
    assert not problems
    assert plain(again) == content
    assert dump(plain(again)) == text


@given(st.dictionaries(WORDS, CONTENT, max_size=4))
def test_another_reader_of_yaml_reads_the_same_texts(content: dict[str, Any]) -> None:
    assert yaml.safe_load(dump(content)) == content


@pytest.mark.parametrize(
    "text", ["1e3", "-1E+5", "12e03", "0o17", "y", "N", "1.5e3", ".5", "5.", "0123", "no", "12:30"]
)
def test_what_is_no_text_in_another_yaml_is_quoted(text: str) -> None:
    assert dump({"a": text}) == f"a: '{text}'\n"


def test_text_is_never_folded() -> None:
    long = "word " * 400 + "end"
    assert dump({"a": long}) == f"a: {long}\n"
    assert "…" in dump({"a": "Жаңаөзен … 😀"})
