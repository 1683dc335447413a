"""Contested figures, where the right answer is known by construction."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import figure, graph

from kzgraph import plot, queries
from kzgraph.analysis import contested, reckoning
from kzgraph.analysis.contested import Group
from kzgraph.build import Graph
from kzgraph.errors import NotFound
from kzgraph.paths import Root
from kzgraph.plot import page as plotpage
from kzgraph.plot.scales import Scale, plain

REASON = "The two texts count the same people on the same day."
SVG = "{http://www.w3.org/2000/svg}"


def toll(lower: float | None, upper: float | None, approximation: str = "exact", **more: Any) -> dict[str, Any]:
    return {"subject": "shooting-a", "predicate": "deathToll", "object": figure(lower, upper, approximation), **more}


def keys(group: Group) -> list[str]:
    return [each.claim.iri.rpartition("/")[2] for each in group.figures]


def told(built: Graph, about: str | None = None, **more: Any) -> list[tuple[list[str], str]]:
    """The groups of a tiny corpus: keys of claims, status."""
    return [(keys(group), group.status) for group in contested.figures(built.store, about, **more)]


def test_figures_of_one_thing_stand_together_and_are_never_averaged(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [toll(15, 15)], "b": [toll(10, 10)]})
    assert told(built) == [(["a.001", "b.001"], "unresolved")]
    (group,) = contested.figures(built.store)
    assert [(each.lower, each.upper) for each in group.figures] == [
        (Decimal(15), Decimal(15)),
        (Decimal(10), Decimal(10)),
    ]
    assert "12.5" not in reckoning.in_words([group])


def test_bounds_that_meet_are_uncontested(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [toll(None, 70, "up-to")], "b": [toll(11, 11)]})
    assert told(built) == [(["a.001", "b.001"], "uncontested")]
    assert told(built, contested=True) == []


def test_a_denied_figure_is_shown_but_sets_no_bound(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [toll(15, 15)], "b": [toll(99, 99, modality="denied", speakers=["body-b"])]})
    assert told(built) == [(["a.001", "b.001"], "uncontested")]
    assert "[denied]" in reckoning.in_words(contested.figures(built.store))


def judged(status: str, claims: list[str], **more: str) -> dict[str, Any]:
    entry = {"id": "conflict-tolls", "kind": "figures", "status": status, "claims": claims, "reason": REASON, **more}
    return {"conflicts": [entry]}


def test_a_judgement_makes_a_contested_group_of_what_the_bounds_leave_open(tmp_path: Path) -> None:
    corpus = {"a": [toll(None, 70, "up-to")], "b": [toll(11, 11)]}
    built = graph(tmp_path, corpus, judgements=judged("genuine", ["a.001", "b.001"]))
    assert told(built, contested=True) == [(["a.001", "b.001"], "genuine")]


def test_figures_of_two_things_stand_together_where_a_judgement_sets_them_so(tmp_path: Path) -> None:
    rank = {"subject": "rank-a", "predicate": "rank", "object": figure(6, 6, unit="rank")}
    corpus = {"a": [rank], "b": [{**rank, "subject": "rank-b", "object": figure(3, 3, unit="rank")}]}
    judgements = judged("explained", ["a.001", "b.001"], explanation="edition")
    built = graph(tmp_path, corpus, judgements=judgements)
    assert told(built) == [(["a.001", "b.001"], "explained")]
    (group,) = contested.figures(built.store)
    assert [ref.label for ref in group.subjects] == ["rank-a, 2011", "rank-b, 2011"]
    assert group.judged is not None
    assert f"explained by edition, conflict-tolls: {REASON}" in reckoning.in_words([group], width=200)


def test_without_the_judgement_they_stand_apart(tmp_path: Path) -> None:
    rank = {"subject": "rank-a", "predicate": "rank", "object": figure(6, 6, unit="rank")}
    corpus = {"a": [rank], "b": [{**rank, "subject": "rank-b", "object": figure(3, 3, unit="rank")}]}
    assert sorted(told(graph(tmp_path, corpus))) == [(["a.001"], "uncontested"), (["b.001"], "uncontested")]


def test_a_figure_in_words_joins_the_only_unit_of_its_thing(tmp_path: Path) -> None:
    dozens = {**toll(1, 1), "object": {"text": "dozens"}}
    built = graph(tmp_path, {"a": [toll(15, 15)], "b": [dozens]})
    assert told(built) == [(["a.001", "b.001"], "uncontested")]
    assert "dozens" in plot.svg(contested.figures(built.store))


def test_a_place_is_asked_with_the_events_at_it_and_an_index_with_its_ranks(tmp_path: Path) -> None:
    at = {"subject": "shooting-a", "predicate": "tookPlaceAt", "object": "town-a"}
    rank = {"subject": "rank-a", "predicate": "rank", "object": figure(6, 6, unit="rank")}
    index = {"subject": "rank-a", "predicate": "usesIndex", "object": "index-a"}
    built = graph(tmp_path, {"a": [toll(15, 15), at, rank, index]})
    assert told(built, "town-a") == [(["a.001"], "uncontested")]
    assert told(built, "index-a") == [(["a.003"], "uncontested")]


def test_a_right_is_asked_by_its_name_with_the_narrower_ones(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [toll(15, 15, topics=["strike"]), {**toll(9, 9), "subject": "clash-b"}]})
    for name in ("strike", "right to strike", "economic-social"):
        assert told(built, name) == [(["a.001"], "uncontested")]
    with pytest.raises(NotFound):
        contested.figures(built.store, "nothing of the kind")


def test_a_figure_is_dated_by_its_claim_else_by_nothing(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [toll(15, 15, said="2011-12-16", speakers=["body-b"]), toll(15, 15)]})
    (group,) = contested.figures(built.store)
    assert [reckoning.dated(each) for each in group.figures] == ["said 2011-12-16", "undated"]


def test_the_mini_corpus_contests_the_dismissals(mini: Graph, mini_root: Root) -> None:
    (group,) = contested.figures(mini.store, contested=True, root=mini_root)
    assert keys(group) == ["aktas-vestnik.001", "rights-digest.001", "steppe-bulletin.003"]
    table = reckoning.table([group])
    assert [row["lower"] for row in table.records()] == ["15", "40", "40"]


def test_the_query_holds_every_figure_that_the_library_calls_contested(graph: Graph, root: Root) -> None:
    answer = queries.ask(graph.store, "contested-figures", root=root)
    listed = {row["claim"] for row in answer.records() if "conflict" in row}
    groups = contested.figures(graph.store, contested=True, root=root)
    named = {
        figure.claim.iri
        for group in groups
        for figure in group.figures
        if any(conflict.kind == "figures" for conflict in figure.conflicts)
    }
    assert named == listed


# --- the picture --------------------------------------------------------------------------------------------------


def test_the_picture_is_xml_with_a_title_and_a_row_for_each_figure(tmp_path: Path) -> None:
    bounded = {
        "a": [toll(15, 15)],
        "b": [toll(None, 70, "up-to")],
        "c": [toll(60, None, "more-than")],
        "d": [toll(2, 5, "range")],
    }
    root = ET.fromstring(plot.svg(contested.figures(graph(tmp_path, bounded).store), "Tolls"))
    assert root.findtext(f"{SVG}title") == "Tolls"
    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) == {
        each.get("id") for each in root.iter() if each.get("id")
    }
    rows = root.findall(f"{SVG}g")
    assert len(rows) == 4
    assert all(row.findtext(f"{SVG}title") for row in rows)
    assert sum(1 for each in root.iter(f"{SVG}path")) == 3  # the two open bounds, and the one of the legend


def test_nothing_in_the_picture_leaves_its_element(tmp_path: Path) -> None:
    hostile = {**toll(15, 15), "object": {**figure(15, 15), "words": '</text><script>&"\u202e'}}
    groups = contested.figures(graph(tmp_path, {"a": [hostile]}).store)
    for text in (plot.svg(groups, "<b>"), plotpage.page(groups, "<b>")):
        assert "<script" not in text
        assert "<b>" not in text
        assert "\u202e" not in text
    ET.fromstring(plot.svg(groups, "<b>"))


def test_a_page_asks_for_nothing(mini: Graph) -> None:
    page = plotpage.page(contested.figures(mini.store), "Figures")
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert page.count("<table>") == len(contested.figures(mini.store))


def test_no_figures_are_said_so() -> None:
    assert "No figures are given here." in plot.svg([])
    assert reckoning.in_words([]) == "No figures are given here.\n"


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=6))
def test_a_scale_takes_in_every_bound_with_few_even_ticks(bounds: list[Decimal]) -> None:
    scale = Scale.of(bounds)
    assert scale is not None
    assert all(0 <= scale.share(bound) <= 1 for bound in bounds)
    steps = {b - a for a, b in zip(scale.ticks, scale.ticks[1:], strict=False)}
    assert len(steps) == 1
    assert 2 <= len(scale.ticks) <= 9


@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_number_is_written_so_that_it_can_be_read_back(number: Decimal) -> None:
    assert Decimal(plain(number).replace(",", "")) == number
