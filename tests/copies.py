"""A mini corpus of one's own: copied, changed in one place, read again."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from kzgraph import corpus, ontology
from kzgraph.errors import CorpusError, Problem
from kzgraph.model import Corpus, Vocabulary
from kzgraph.paths import Root, find_root

MINI = Path(__file__).resolve().parent / "mini"


def copy_of_mini(folder: Path) -> Root:
    """Copies the mini corpus with its texts (``sources/``) into a folder; ontology and queries are the shipped ones."""
    shutil.copytree(MINI, folder, dirs_exist_ok=True)
    return find_root(folder)


@cache
def vocabulary() -> Vocabulary:
    return ontology.vocabulary(ontology.triples(find_root(MINI)))


def read(root: Root) -> Corpus:
    return corpus.read(root, vocabulary())


def problems_of(root: Root) -> tuple[Problem, ...]:
    with pytest.raises(CorpusError) as caught:
        read(root)
    return caught.value.problems


def change(path: Path, old: str, new: str) -> None:
    """Replaces what stands exactly once in a file."""
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_bytes(text.replace(old, new).encode("utf-8"))


def line_of(path: Path, words: str) -> int:
    """Gives the 1-based line on which words begin for the first time."""
    text = path.read_bytes().decode("utf-8")
    return text[: text.index(words)].count("\n") + 1
