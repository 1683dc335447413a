"""The canonical form: one text for one content, nothing said changes."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from copies import MINI, change, copy_of_mini, read
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph.canonical import form, format_files, plain
from kzgraph.errors import CorpusError, KzgraphError
from kzgraph.paths import Root
from kzgraph.yamlio import Map, Scalar, Seq, load

FILES = sorted((MINI / "graph").rglob("*.yaml"))


def read_plain(path: Path) -> Any:
    content, problems = load(path.read_bytes(), path.name)
    assert not problems
    return content


def shuffled(value: Any, chance: random.Random) -> Any:
    """Gives the same content with its fields in another order."""
    if isinstance(value, Map):
        keys = list(value)
        chance.shuffle(keys)
        mixed = Map(value.line)
        mixed.update({key: shuffled(value[key], chance) for key in keys})
        return mixed
    if isinstance(value, Seq):
        items = Seq(value.line)
        items.extend(shuffled(item, chance) for item in value)
        return items
    return value


def test_the_files_of_the_mini_corpus_are_canonical(mini_root: Root) -> None:
    assert format_files(mini_root, write=False) == []


def test_the_files_of_the_corpus_are_canonical(root: Root) -> None:
    assert [root.show(path) for path in format_files(root, write=False)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_order_of_fields_does_not_count(path: Path) -> None:
    for seed in range(20):
        mixed = shuffled(read_plain(path), random.Random(seed))
        assert form(mixed) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parent.name in ("entities", "judgements")], ids=lambda path: path.stem
)
def test_entities_and_judgements_are_sorted(path: Path) -> None:
    for seed in range(20):
        content = shuffled(read_plain(path), random.Random(seed))
        for listed in content.values():
            random.Random(seed).shuffle(listed)
        assert form(content) == path.read_text(encoding="utf-8")


def test_claims_keep_their_order() -> None:
    text = b"passages:\n- id: p002\n  claims:\n  - id: '002'\n  - id: '001'\n- id: p001\n"
    assert form(load(text, "")[0]) == text.decode()


def test_formatting_writes_the_canonical_bytes_and_says_which_files_changed(tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    before = read(root)
    path = root.graph / "documents" / "aktas-vestnik.yaml"
    canonical = path.read_bytes()
    change(path, "modality: denied", "modality:   'denied'   # a note")
    change(path, "span: [68, 123]", "span:\n    - '68'\n    - 123")
    crooked = path.read_bytes()
    assert format_files(root, write=False) == [path]
    assert path.read_bytes() == crooked
    assert format_files(root) == [path]
    assert path.read_bytes() == canonical
    assert format_files(root) == []
    assert read(root) == before


def test_a_file_with_mistakes_can_be_formatted_and_keeps_them(tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    path = root.graph / "documents" / "aktas-vestnik.yaml"
    change(path, "modality: denied", "mood: denied")
    change(path, "digests:\n", "digests:\n  ²-3: x\n  word: y\n")
    assert format_files(root) == [path]
    text = path.read_text(encoding="utf-8")
    assert "mood: denied" in text
    assert "²-3: x" in text
    assert format_files(root) == []


def test_nothing_is_written_if_one_file_is_no_yaml(tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    change(root.graph / "entities" / "agents.yaml", "type: Court", "type:   Court")
    (root.graph / "entities" / "zz.yaml").write_text("a: [\n")
    before = {path: path.read_bytes() for path in root.graph.rglob("*.yaml")}
    with pytest.raises(CorpusError, match=r"graph/entities/zz\.yaml:1: this is not YAML"):
        format_files(root)
    assert {path: path.read_bytes() for path in root.graph.rglob("*.yaml")} == before


SCALARS = st.text("ab-0159.~:#'\"ж😀 \n[]{}", max_size=8).map(Scalar)
KEYS = st.sampled_from(
    [
        "slug",
        "id",
        "type",
        "span",
        "claims",
        "passages",
        "names",
        "digests",
        "document",
        "source",
        "entities",
        "judgements",
        "object",
        "quantity",
        "lower",
        "upper",
        "text",
        "references",
        "characters",
        "0-19",
        "19-²",
        "1-2-3",
        "x y",
    ]
).map(Scalar)


def as_map(items: dict[Scalar, Any]) -> Map:
    made = Map(1)
    made.update({str(key): value for key, value in items.items()})
    return made


def as_seq(items: list[Any]) -> Seq:
    made = Seq(1)
    made.extend(items)
    return made


ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3).map(as_seq) | st.dictionaries(KEYS, inner, max_size=4).map(as_map),
    max_leaves=15,
)


def sets(value: Any) -> Any:
    """Gives content in which the order of entities and judgements at the top does not count."""
    return {
        key: sorted(map(repr_sorted, item)) if key in ("entities", "judgements") and isinstance(item, list) else item
        for key, item in value.items()
    }


def repr_sorted(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {repr_sorted(value[key])}' for key in sorted(value))}}}"
    return f"[{', '.join(map(repr_sorted, value))}]" if isinstance(value, list) else repr(value)


@settings(deadline=None)
@given(st.dictionaries(KEYS, ANYTHING, max_size=4).map(as_map))
def test_form_is_idempotent_and_keeps_whatever_is_said(content: Map) -> None:
    text = form(content)
    again, problems = load(text.encode("utf-8"), "")
    assert not problems
    assert sets(plain(again)) == sets(plain(content))
    assert form(again) == text


def test_a_form_that_would_change_what_is_said_is_refused() -> None:
    content, _ = load(b"a: x", "")
    content["a"] = Scalar("x\x00")
    with pytest.raises(KzgraphError, match="nothing was written"):
        form(content)
