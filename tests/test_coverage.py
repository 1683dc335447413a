"""Coverage: the numbers of the mini corpus, and that nothing uncovered hides."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kzgraph.build import Graph
from kzgraph.coverage import Share, coverage, table, unaccounted
from kzgraph.model import Corpus, Document

#: Counted by hand: document, disposition, passages, characters, words.
BY_HAND = [
    Share("aktas-vestnik", "claims", 2, 102, 14),
    Share("aktas-vestnik", "heading", 1, 19, 3),
    Share("aktas-vestnik", "space", 0, 4, 0),
    Share("rights-digest", "claims", 2, 103, 17),
    Share("rights-digest", "heading", 1, 19, 4),
    Share("rights-digest", "rhetoric", 1, 18, 3),
    Share("rights-digest", "space", 0, 6, 0),
    Share("steppe-bulletin", "claims", 3, 195, 34),
    Share("steppe-bulletin", "heading", 1, 30, 6),
    Share("steppe-bulletin", "furniture", 1, 15, 3),
    Share("steppe-bulletin", "space", 0, 7, 0),
]


def bulletin(corpus: Corpus) -> Document:
    return next(document for document in corpus.documents if document.slug == "steppe-bulletin")


def without(document: Document, *passages: str) -> Corpus:
    kept = tuple(passage for passage in document.passages if passage.id not in passages)
    return Corpus(documents=(replace(document, passages=kept),))


def shares_of(shares: list[Share], disposition: str) -> list[Share]:
    return [share for share in shares if share.disposition == disposition]


def test_the_mini_corpus_is_counted_exactly(mini: Graph, mini_sources: Path) -> None:
    shares = coverage(mini.corpus, mini_sources)
    assert shares == BY_HAND
    assert unaccounted(shares) == 0


@pytest.mark.parametrize("held", [True, False])
def test_the_parts_make_the_whole_document(mini: Graph, mini_sources: Path, held: bool) -> None:
    shares = coverage(mini.corpus, mini_sources if held else None)
    for document in mini.corpus.documents:
        parts = [share.characters for share in shares if share.document == document.slug]
        assert sum(parts) == document.source.characters


def test_without_the_texts_the_gaps_are_only_named(mini: Graph) -> None:
    shares = coverage(mini.corpus)
    assert [share.characters for share in shares_of(shares, "between passages")] == [4, 6, 7]
    assert {share.words for share in shares} == {None}
    assert unaccounted(shares) == 0


@pytest.mark.parametrize(("passage", "characters", "words"), [("p001", 30, 6), ("p003", 80, 13), ("p005", 15, 3)])
def test_an_uncovered_sentence_is_found(
    mini: Graph, mini_sources: Path, passage: str, characters: int, words: int
) -> None:
    shares = coverage(without(bulletin(mini.corpus), passage), mini_sources)
    assert shares_of(shares, "unaccounted") == [Share("steppe-bulletin", "unaccounted", 0, characters, words)]
    assert unaccounted(shares) == characters


def test_two_neighbours_left_out_are_one_gap(mini: Graph, mini_sources: Path) -> None:
    shares = coverage(without(bulletin(mini.corpus), "p003", "p004"), mini_sources)
    assert unaccounted(shares) == 138  # the space between the two is within the gap


def test_a_document_without_passages_is_wholly_unaccounted_for(mini: Graph, mini_sources: Path) -> None:
    empty = Corpus(documents=(replace(bulletin(mini.corpus), passages=()),))
    assert unaccounted(coverage(empty, mini_sources)) == 246


def test_a_sentence_added_to_the_text_is_found(mini: Graph, mini_sources: Path, tmp_path: Path) -> None:
    shutil.copytree(mini_sources, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "bulletin.txt").open("a", encoding="utf-8") as file:
        file.write("One more.\n")
    assert unaccounted(coverage(mini.corpus, tmp_path)) == len("One more.")


def test_the_table_gives_the_part_of_each_document(mini: Graph, mini_sources: Path) -> None:
    shown = table(coverage(mini.corpus, mini_sources))
    assert shown.columns == ("document", "disposition", "passages", "characters", "words", "share")
    assert next(shown.records()) == {
        "document": "aktas-vestnik",
        "disposition": "claims",
        "passages": "2",
        "characters": "102",
        "words": "14",
        "share": "81.6 %",
    }


def test_nothing_of_the_corpus_is_unaccounted_for(graph: Graph, sources: Path) -> None:
    shares = coverage(graph.corpus, sources)
    assert unaccounted(shares) == 0
    assert all(share.words is not None for share in shares)
