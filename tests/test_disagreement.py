"""Conflicts between claims, where the right answer is known by construction."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import figure, graph

from kzgraph.analysis import disagreement
from kzgraph.analysis.comparisons import COMPARISONS, Side
from kzgraph.analysis.disagreement import Conflict
from kzgraph.build import Graph, build
from kzgraph.errors import QueryError
from kzgraph.paths import Root, find_root

REASON = "The two texts count the same people on the same day."


def toll(lower: int | None, upper: int | None, approximation: str = "exact", **more: Any) -> dict[str, Any]:
    return {"subject": "shooting-a", "predicate": "deathToll", "object": figure(lower, upper, approximation), **more}


def found(built: Graph) -> list[tuple[str, str, str | None, tuple[str, ...], tuple[str, ...]]]:
    """Each conflict of a tiny corpus: kind, status, explanation, rules, keys of claims."""
    return [
        (each.kind, each.status, each.explanation, each.rules, tuple(iri.rpartition("/")[2] for iri in each.claims))
        for each in built.conflicts
    ]


def figures(*keys: str) -> list[tuple[str, str, None, tuple[str, ...], tuple[str, ...]]]:
    return [("figures", "unresolved", None, ("figures",), keys)]


def test_two_exact_figures_disagree(tmp_path: Path) -> None:
    assert found(graph(tmp_path, {"a": [toll(15, 15)], "b": [toll(10, 10)]})) == figures("a.001", "b.001")


def test_bounds_that_meet_do_not_disagree(tmp_path: Path) -> None:
    bounded = {"a": [toll(None, 70, "up-to")], "b": [toll(60, None, "more-than")], "c": [toll(65, 65)]}
    assert found(graph(tmp_path, bounded)) == []


def test_only_the_figure_outside_the_bounds_and_who_sets_them_disagree(tmp_path: Path) -> None:
    bounded = {"a": [toll(None, 70, "up-to")], "b": [toll(100, 100)], "c": [toll(60, None, "more-than")]}
    assert found(graph(tmp_path, bounded)) == figures("a.001", "b.001")


def test_another_unit_is_another_figure(tmp_path: Path) -> None:
    families = {**toll(10, 10), "object": figure(10, 10, unit="family")}
    assert found(graph(tmp_path, {"a": [toll(15, 15)], "b": [families]})) == []


def test_another_time_explains_another_figure(tmp_path: Path) -> None:
    apart = {"a": [toll(15, 15, when="2011", when_words="in 2011")], "b": [toll(10, 10, when="2012-05")]}
    assert found(graph(tmp_path, apart)) == [("figures", "explained", "time", ("another-time",), ("a.001", "b.001"))]


def test_a_time_within_another_explains_nothing(tmp_path: Path) -> None:
    within = {"a": [toll(15, 15, when="2011")], "b": [toll(10, 10, when="2011-12-16")]}
    assert found(graph(tmp_path, within)) == figures("a.001", "b.001")


def test_what_one_affirms_and_another_denies_is_in_conflict(tmp_path: Path) -> None:
    cause = {"subject": "strike-a", "predicate": "causedBy", "object": "shooting-a"}
    denied = {**cause, "modality": "denied", "speakers": ["body-b"]}
    assert found(graph(tmp_path, {"a": [cause], "b": [denied]})) == [
        ("denial", "unresolved", None, ("denials",), ("a.001", "b.001"))
    ]


def test_a_recommendation_denies_nothing(tmp_path: Path) -> None:
    cause = {"subject": "strike-a", "predicate": "causedBy", "object": "shooting-a"}
    assert found(graph(tmp_path, {"a": [cause], "b": [{**cause, "modality": "recommended"}]})) == []


def test_dates_disagree_unless_one_lies_in_the_other(tmp_path: Path) -> None:
    def started(date: str) -> dict[str, Any]:
        return {"subject": "strike-a", "predicate": "startedOn", "object": {"date": date}}

    built = graph(tmp_path, {"a": [started("2011")], "b": [started("2011-12-16")], "c": [started("2011-12-17")]})
    assert found(built) == [("date", "unresolved", None, ("dates",), ("b.001", "c.001"))]


def test_opposite_order_is_in_conflict(tmp_path: Path) -> None:
    after = {"subject": "strike-a", "predicate": "follows", "object": "shooting-a"}
    before = {"subject": "strike-a", "predicate": "precedes", "object": "shooting-a"}
    turned = {"subject": "shooting-a", "predicate": "precedes", "object": "strike-a"}
    built = graph(tmp_path, {"a": [after], "b": [before], "c": [turned]})
    assert found(built) == [("order", "unresolved", None, ("order",), ("a.001", "b.001", "c.001"))]


def test_praise_and_blame_of_one_thing_are_rivals(tmp_path: Path) -> None:
    praise = {"subject": "body-a", "predicate": "evaluatedAs", "object": {"text": "fair"}, "valence": "positive"}
    blame = {**praise, "object": {"text": "unfair"}, "valence": "negative"}
    built = graph(tmp_path, {"a": [praise], "b": [blame]})
    assert found(built) == [("characterisation", "unresolved", None, ("evaluations",), ("a.001", "b.001"))]


def test_one_event_under_two_names_by_two_speakers_is_a_candidate(tmp_path: Path) -> None:
    one = {"subject": "shooting-a", "predicate": "called", "object": {"text": "massacre"}}
    other = {**one, "object": {"text": "clashes"}}
    built = graph(tmp_path, {"a": [one], "b": [other]})
    assert found(built) == [("characterisation", "unresolved", None, ("names",), ("a.001", "b.001"))]


def judged(status: str, claims: list[str], **more: str) -> dict[str, Any]:
    entry = {"id": "conflict-toll", "kind": "figures", "status": status, "claims": claims, "reason": REASON, **more}
    return {"conflicts": [entry]}


def test_a_judgement_says_what_a_candidate_is(tmp_path: Path) -> None:
    corpus = {"a": [toll(15, 15)], "b": [toll(10, 10)]}
    built = graph(tmp_path, corpus, judgements=judged("genuine", ["a.001", "b.001"]))
    (conflict,) = built.conflicts
    assert conflict.iri.endswith("/conflict/conflict-toll")
    assert (conflict.status, conflict.rules, conflict.reason) == ("genuine", ("figures",), REASON)
    assert conflict.unjudged == ()


def test_a_later_revision_is_recorded_as_no_conflict(tmp_path: Path) -> None:
    corpus = {"a": [toll(10, 10, said="2011-12-16", speakers=["body-b"])], "b": [toll(15, 15, speakers=["body-b"])]}
    judgement = judged("explained", ["a.001", "b.001"], explanation="revision")
    assert found(graph(tmp_path, corpus, judgements=judgement)) == [
        ("figures", "explained", "revision", ("figures",), ("a.001", "b.001"))
    ]


def test_what_only_a_person_sees_is_declared(tmp_path: Path) -> None:
    corpus = {"a": [toll(None, 70, "up-to")], "b": [toll(11, 11)]}
    built = graph(tmp_path, corpus, judgements=judged("genuine", ["a.001", "b.001"]))
    assert found(built) == [("figures", "genuine", None, ("declared",), ("a.001", "b.001"))]


def test_a_new_claim_in_a_judged_conflict_is_told(tmp_path: Path) -> None:
    corpus = {"a": [toll(15, 15)], "b": [toll(10, 10)], "c": [toll(99, 99)]}
    built = graph(tmp_path, corpus, judgements=judged("genuine", ["a.001", "b.001"]))
    (fresh,) = [conflict for conflict in built.conflicts if conflict.unjudged]
    assert [iri.rpartition("/")[2] for iri in fresh.unjudged] == ["c.001"]
    (warning,) = [problem for problem in built.warnings if "cannot both be true" in problem.message]
    assert warning.warning
    assert (warning.path, warning.where) == ("graph/documents/c.yaml", "claim 001")
    assert "a.001, b.001, c.001" in warning.message


def test_one_set_of_claims_under_two_rules_is_one_conflict(tmp_path: Path) -> None:
    praise = {"subject": "shooting-a", "predicate": "called", "object": {"text": "defence"}, "valence": "positive"}
    blame = {**praise, "object": {"text": "massacre"}, "valence": "negative"}
    built = graph(tmp_path, {"a": [praise], "b": [blame]})
    assert found(built) == [("characterisation", "unresolved", None, ("evaluations", "names"), ("a.001", "b.001"))]


def test_what_the_graph_holds_is_what_was_found(mini: Graph) -> None:
    def known(conflict: Conflict) -> tuple[object, ...]:
        return conflict.iri, conflict.kind, conflict.status, conflict.rules, conflict.claims, conflict.reason

    assert mini.conflicts
    assert [*map(known, disagreement.stored(mini.store))] == [*map(known, mini.conflicts)]


def test_the_mini_corpus_disagrees_about_the_dismissals(mini: Graph) -> None:
    keys = {conflict.kind: {iri.rpartition("/")[2] for iri in conflict.claims} for conflict in mini.conflicts}
    assert keys == {"figures": {"aktas-vestnik.001", "rights-digest.001", "steppe-bulletin.003"}}


def test_every_rule_says_what_it_compares(root: Root) -> None:
    found = disagreement.rules(root)
    assert {rule.compare for rule in found} <= COMPARISONS.keys()
    assert all(rule.summary.endswith("?") for rule in found)


def test_a_rule_without_comparison_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    folder = tmp_path / "queries" / "conflicts"
    folder.mkdir(parents=True)
    (folder / "mine.rq").write_text("#+ summary: What?\n#+ kind: figures\nSELECT * WHERE { ?s ?p ?o }", "utf-8")
    with pytest.raises(QueryError, match="`mine` does not say how it compares"):
        disagreement.rules(find_root(tmp_path))


def test_the_derived_layer_is_the_same_at_every_build(mini_root: Root, mini: Graph) -> None:
    assert build(mini_root).digest == mini.digest


# --- comparisons, against comparing every pair --------------------------------------------------------------------

DAYS = st.integers(1, 9).map(lambda day: f"2011-01-0{day}")
NUMBERS = st.none() | st.integers(0, 6).map(Decimal)


@st.composite
def sides(draw: st.DrawFn) -> list[Side]:
    made = []
    for number in range(draw(st.integers(2, 7))):
        first, last = sorted((draw(DAYS), draw(DAYS)))
        low, high = draw(NUMBERS), draw(NUMBERS)
        if low is not None and high is not None:
            low, high = sorted((low, high))
        made.append(Side(f"c{number}", draw(st.sampled_from("xyz")), low, high, first, last))
    return made


def meet(a: Side, b: Side) -> bool:
    return a.begins <= b.ends and b.begins <= a.ends


def apart(a: Side, b: Side) -> bool:
    return any(x.low is not None and y.high is not None and y.high < x.low for x, y in ((a, b), (b, a)))


PAIRWISE = {
    "sides": lambda a, b: a.value != b.value,
    "sides-in-time": lambda a, b: a.value != b.value and meet(a, b),
    "bounds": lambda a, b: apart(a, b) and meet(a, b),
    "dates": lambda a, b: not meet(a, b),
}


@pytest.mark.parametrize("compare", PAIRWISE)
@given(made=sides())
def test_a_comparison_finds_what_comparing_every_pair_finds(compare: str, made: list[Side]) -> None:
    disagree = PAIRWISE[compare]
    pairwise = {a.claim for a in made for b in made if a is not b and disagree(a, b)}
    assert COMPARISONS[compare](made) == pairwise


@given(sides())
def test_figures_apart_at_other_times_are_those_that_never_disagree_at_one_time(made: list[Side]) -> None:
    whenever = {a.claim for a in made for b in made if apart(a, b)}
    at_once = {a.claim for a in made for b in made if apart(a, b) and meet(a, b)}
    assert COMPARISONS["bounds-apart"](made) == whenever - at_once


def test_a_changed_actor_in_copied_text_is_found(tmp_path: Path) -> None:
    invests = {"subject": "body-a", "predicate": "investsIn", "object": "town-a"}
    other = {**invests, "subject": "body-b"}
    same = {"subject": "body-a", "predicate": "supports", "object": "town-a"}
    built = graph(
        tmp_path,
        {"a": [invests, same], "b": [other, same]},
        reuse=[("a.001", "b.001"), ("a.002", "b.002")],
        kind="edited",
    )
    assert found(built) == [("agent", "unresolved", None, ("copied-with-an-edit",), ("a.001", "b.001"))]


def test_what_both_runs_say_is_no_change(tmp_path: Path) -> None:
    invests = {"subject": "body-a", "predicate": "investsIn", "object": "town-a"}
    assert found(graph(tmp_path, {"a": [invests], "b": [invests]}, reuse=[("a.001", "b.001")], kind="edited")) == []


def test_opposites_disagree_at_one_time_only(tmp_path: Path) -> None:
    def permits(predicate: str, when: str) -> dict[str, Any]:
        return {"subject": "body-a", "predicate": predicate, "object": "strike-a", "when": when}

    together = {"a": [permits("permits", "2011")], "b": [permits("prohibits", "2011-12")]}
    assert found(graph(tmp_path / "1", together)) == [
        ("characterisation", "unresolved", None, ("opposites",), ("a.001", "b.001"))
    ]
    apart = {"a": [permits("permits", "2010")], "b": [permits("prohibits", "2011-12")]}
    assert found(graph(tmp_path / "2", apart)) == []


def test_two_winners_of_one_election_disagree(tmp_path: Path) -> None:
    won = {"subject": "strike-a", "predicate": "winner", "object": "person-x"}
    built = graph(tmp_path, {"a": [won], "b": [{**won, "object": "person-y"}], "c": [won]})
    assert found(built) == [("agent", "unresolved", None, ("single-valued",), ("a.001", "b.001", "c.001"))]
