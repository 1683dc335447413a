"""How many independent origins a proposition has, where the answer is known by construction."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import figure, graph

from kzgraph.analysis import mentions, origins
from kzgraph.analysis.mentions import Mention
from kzgraph.analysis.origins import CERTAIN, POSSIBLE, REASONS, Support, support
from kzgraph.build import Graph

DEAD = {"subject": "shooting-a", "predicate": "deathToll", "object": figure(10, 10)}


def only(built: Graph) -> Support:
    """What the one proposition of a tiny corpus rests on."""
    (found,) = origins.origins(mentions.read(built.store))
    return found


def bounds(found: Support) -> tuple[int, int, int]:
    return len(found.mentions), found.low, found.high


def test_two_documents_in_their_own_voice_are_two_origins(tmp_path: Path) -> None:
    assert bounds(only(graph(tmp_path, {"a": [DEAD], "b": [DEAD]}))) == (2, 2, 2)


def test_a_repetition_is_no_new_origin(tmp_path: Path) -> None:
    found = only(graph(tmp_path, {"a": [DEAD, DEAD, DEAD]}))
    assert bounds(found) == (3, 1, 1)
    assert {fold.reason for fold in found.folds} == {"the same voice in the same document"}


def test_copied_text_is_one_origin(tmp_path: Path) -> None:
    found = only(graph(tmp_path, {"a": [DEAD], "b": [DEAD]}, reuse=[("a.001", "b.001")]))
    assert bounds(found) == (2, 1, 1)
    assert [(fold.reason, fold.strength) for fold in found.folds] == [REASONS["text"][::-1]]


def test_a_copy_of_a_copy_is_one_origin(tmp_path: Path) -> None:
    copies = [("a.001", "b.001"), ("b.001", "c.001")]
    assert bounds(only(graph(tmp_path, {"a": [DEAD], "b": [DEAD], "c": [DEAD]}, reuse=copies))) == (3, 1, 1)


def test_one_speaker_in_two_documents_may_be_one_origin(tmp_path: Path) -> None:
    said = {**DEAD, "speakers": ["person-x"]}
    found = only(graph(tmp_path, {"a": [said], "b": [said]}))
    assert bounds(found) == (2, 1, 2)


def test_one_speaker_on_one_day_is_one_origin(tmp_path: Path) -> None:
    said = {**DEAD, "speakers": ["person-x"], "said": "2011-12-16"}
    assert bounds(only(graph(tmp_path, {"a": [said], "b": [said]}))) == (2, 1, 1)


def test_two_named_speakers_of_one_document_may_be_one_origin_or_two(tmp_path: Path) -> None:
    x, y = ({**DEAD, "speakers": [who]} for who in ("person-x", "person-y"))
    assert bounds(only(graph(tmp_path, {"a": [x, y]}))) == (2, 1, 2)


def test_a_shared_reporter_may_be_the_origin(tmp_path: Path) -> None:
    x, y = ({**DEAD, "speakers": ["body-r", who]} for who in ("person-x", "person-y"))
    assert bounds(only(graph(tmp_path, {"a": [x], "b": [y]}))) == (2, 1, 2)


def test_unnamed_speakers_may_be_the_same_people(tmp_path: Path) -> None:
    x, y = ({**DEAD, "speakers": [who]} for who in ("crowd-x", "crowd-y"))
    assert bounds(only(graph(tmp_path, {"a": [x], "b": [y]}))) == (2, 1, 2)


def test_documents_of_one_publisher_may_be_one_origin(tmp_path: Path) -> None:
    publishers = {"a": "body-p", "b": "body-p"}
    assert bounds(only(graph(tmp_path, {"a": [DEAD], "b": [DEAD]}, publishers=publishers))) == (2, 1, 2)


def test_who_cites_a_document_rests_on_it(tmp_path: Path) -> None:
    found = only(graph(tmp_path, {"a": [DEAD], "b": [{**DEAD, "cites": ["a"]}]}))
    assert bounds(found) == (2, 1, 1)


def test_circular_citation_is_one_origin(tmp_path: Path) -> None:
    found = only(graph(tmp_path, {"a": [{**DEAD, "cites": ["b"]}], "b": [{**DEAD, "cites": ["a"]}]}))
    assert bounds(found) == (2, 1, 1)


def test_a_judgement_on_claims_folds_surely_and_one_on_documents_possibly(tmp_path: Path) -> None:
    def judged(between: list[str]) -> dict[str, list[dict[str, object]]]:
        reason = "The second page names the first as its source."
        return {"lineage": [{"id": "lineage-1", "kind": "copied", "between": between, "reason": reason}]}

    corpus = {"a": [DEAD], "b": [DEAD]}
    assert bounds(only(graph(tmp_path / "1", corpus, judgements=judged(["a.001", "b.001"])))) == (2, 1, 1)
    assert bounds(only(graph(tmp_path / "2", corpus, judgements=judged(["a", "b"])))) == (2, 1, 2)


def test_who_denies_does_not_support(tmp_path: Path) -> None:
    found = only(graph(tmp_path, {"a": [DEAD], "b": [{**DEAD, "modality": "denied", "speakers": ["person-x"]}]}))
    assert bounds(found) == (1, 1, 1)


def test_the_digest_copies_the_lawyer_of_the_bulletin(mini: Graph) -> None:
    """In the mini corpus 40 dismissals are told twice, and both times on Dana Ospan's word."""
    twice = [found for found in origins.origins(mentions.read(mini.store)) if len(found.documents) > 1]
    assert [bounds(found)[:2] for found in twice] == [(2, 1)]


def test_what_the_graph_holds_is_what_is_computed(mini: Graph) -> None:
    computed = {found.proposition: found for found in origins.origins(mentions.read(mini.store))}
    stored = origins.stored(mini.store)
    assert stored.keys() == computed.keys()
    for iri, count in stored.items():
        assert (count.mentions, count.low, count.high) == bounds(computed[iri])
        assert set(count.folds) == set(computed[iri].folds)


KEYS = st.tuples(st.sampled_from(sorted(REASONS)), st.sampled_from("xyz"))
MENTIONS = st.lists(st.lists(KEYS, max_size=4), min_size=1, max_size=8)


def mention(number: int) -> Mention:
    return Mention(f"c{number:03}", "p", ("s", "p", "o"), f"d{number}", 0, 1, True, False)


def of(keys: list[list[tuple[str, str]]]) -> Support:
    return support("p", map(mention, range(len(keys))), {f"c{i:03}": tuple(each) for i, each in enumerate(keys)})


@given(MENTIONS)
def test_origins_never_exceed_mentions(keys: list[list[tuple[str, str]]]) -> None:
    found = of(keys)
    assert 1 <= found.low <= found.high <= len(found.mentions)


@given(MENTIONS, st.data())
def test_adding_a_copy_never_raises_origins(keys: list[list[tuple[str, str]]], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(range(len(keys))))
    more = data.draw(st.lists(KEYS, max_size=3))
    copied = [*keys]
    copied[original] = [*keys[original], ("text", "this")]
    before, after = of(copied), of([*copied, [("text", "this"), *more]])
    assert after.low <= before.low
    assert after.high <= before.high


@given(MENTIONS)
def test_every_fold_takes_one_away(keys: list[list[tuple[str, str]]]) -> None:
    found = of(keys)
    certain = sum(fold.strength == CERTAIN for fold in found.folds)
    possible = sum(fold.strength == POSSIBLE for fold in found.folds)
    assert found.high == len(keys) - certain
    assert found.low == found.high - possible


@given(MENTIONS, st.randoms())
def test_the_order_of_mentions_makes_no_difference(keys: list[list[tuple[str, str]]], random: st.randoms) -> None:
    mentions = [mention(number) for number in range(len(keys))]
    by_claim = {f"c{i:03}": tuple(each) for i, each in enumerate(keys)}
    shuffled = random.sample(mentions, len(mentions))
    assert support("p", shuffled, by_claim) == support("p", mentions, by_claim)


@pytest.mark.parametrize("kind", REASONS)
def test_each_reason_folds_as_it_says(kind: str) -> None:
    found = of([[(kind, "x")], [(kind, "x")]])
    assert (found.low, found.high) == (1, 1 if REASONS[kind][0] == CERTAIN else 2)
