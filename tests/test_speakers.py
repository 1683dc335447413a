"""Speakers, where the right answer is known by construction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import TYPES, graph

from kzgraph import queries
from kzgraph.analysis import hearsay, speakers
from kzgraph.analysis.speakers import Resting, Voice
from kzgraph.build import Graph
from kzgraph.errors import NotFound
from kzgraph.paths import Root

MADE = {
    "ministry": "Ministry",
    "officials": "OfficialSource",
    "office": "Office",
    "union": "IntergovernmentalOrganisation",
}


@pytest.fixture(autouse=True)
def _more_types(monkeypatch: pytest.MonkeyPatch) -> None:
    for prefix, name in MADE.items():
        monkeypatch.setitem(TYPES, prefix, name)


def said(*chain: str, voice: str = "indirect", **more: Any) -> dict[str, Any]:
    claim = {"subject": "strike-a", "predicate": "tookPlaceAt", "object": "town-a", **more}
    return {**claim, "speakers": list(chain), "voice": voice} if chain else claim


def voices(built: Graph) -> dict[str, Voice]:
    return {voice.agent.iri.rpartition("/")[2]: voice for voice in speakers.voices(speakers.hear(built.store))}


def resting(built: Graph, only: str, **more: Any) -> list[tuple[list[str], list[str]]]:
    """What rests on some speakers alone: the slugs of speakers, the keys of claims."""

    def told(each: Resting) -> tuple[list[str], list[str]]:
        slugs = [speaker.iri.rpartition("/")[2] for speaker in each.speakers]
        return slugs, [claim.iri.rpartition("/")[2] for claim in each.claims]

    return [told(each) for each in speakers.resting(built.store, only, **more)]


def test_a_claim_rests_on_the_innermost_and_is_passed_on_by_the_others(tmp_path: Path) -> None:
    found = voices(graph(tmp_path, {"a": [said("body-a", "person-b", voice="direct"), said()]}))
    assert (found["body-a"].claims, found["body-a"].resting, found["body-a"].direct) == (1, 0, 0)
    assert (found["person-b"].claims, found["person-b"].resting, found["person-b"].direct) == (1, 1, 1)
    assert (found["a"].kinds, found["a"].own) == (("document",), 1)


def test_kinds_of_speakers_are_data_and_an_unnamed_official_is_both(tmp_path: Path) -> None:
    holds = {"subject": "person-a", "predicate": "holdsOffice", "object": "office-a"}
    elsewhere = {"subject": "person-b", "predicate": "holdsOffice", "object": "office-b"}
    lies = {"subject": "office-b", "predicate": "officeIn", "object": "union-a"}
    names = ("ministry-a", "officials-a", "person-a", "person-b", "crowd-a", "body-a", "union-a")
    found = voices(graph(tmp_path, {"a": [holds, elsewhere, lies, *(said(name) for name in names)]}))
    assert {name: found[name].kinds for name in names} == {
        "ministry-a": ("official",),
        "officials-a": ("official", "unnamed"),
        "person-a": ("official", "person"),
        "person-b": ("person",),
        "crowd-a": ("unnamed",),
        "body-a": ("body",),
        "union-a": ("intergovernmental",),
    }


def test_what_only_officials_say_is_told_until_the_document_says_it(tmp_path: Path) -> None:
    officials = {"a": [said("body-a", "ministry-a")], "b": [said("officials-b")]}
    built = graph(tmp_path / "1", officials)
    assert resting(built, "officials") == [(["ministry-a", "officials-b"], ["a.001", "b.001"])]
    assert resting(built, "one") == resting(built, "unnamed") == []
    assert resting(graph(tmp_path / "2", {**officials, "c": [said()]}), "officials") == []
    assert resting(graph(tmp_path / "3", {**officials, "c": [said("person-a")]}), "officials") == []


def test_a_denial_supports_nothing(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [said("crowd-a")], "b": [said("ministry-b", modality="denied")]})
    assert resting(built, "unnamed") == [(["crowd-a"], ["a.001"])]
    assert resting(built, "one") == [(["crowd-a"], ["a.001"])]
    assert resting(built, "officials") == []


def test_it_can_be_held_to_what_is_about_a_place_and_its_events(tmp_path: Path) -> None:
    elsewhere = said("crowd-b", object="town-b", subject="clash-b")
    built = graph(tmp_path, {"a": [said("crowd-a"), elsewhere]})
    assert resting(built, "unnamed", about="town-a") == [(["crowd-a"], ["a.001"])]


def test_a_portrait_tells_about_whom_and_through_whom(tmp_path: Path) -> None:
    blame = {"subject": "ministry-a", "predicate": "evaluatedAs", "object": {"text": "unfair"}, "valence": "negative"}
    back = {"subject": "person-a", "predicate": "evaluatedAs", "object": {"text": "wrong"}, "valence": "negative"}
    built = graph(
        tmp_path,
        {
            "a": [
                said("body-a", "person-a", **blame),
                said("ministry-a", **back),
                said("person-a", **{**blame, "modality": "denied"}),
            ]
        },
    )
    found = speakers.portrait(built.store, "person-a")
    assert [(aim.agent.label, aim.claims, aim.blaming) for aim in found.about] == [("ministry-a, 2011", 2, 1)]
    assert [(ref.label, count) for ref, count in found.passed_on_by] == [("a", 1), ("body-a, 2011", 1)]
    assert [(aim.agent.label, aim.blaming) for aim in found.spoken_about_by] == [("ministry-a, 2011", 1)]
    assert speakers.portrait(built.store, "body-a").passing_on[0][0].label == "person-a, 2011"
    assert "is passed on by: a (1); body-a, 2011 (1)" in hearsay.portrait_in_words(found)


def test_who_is_never_heard_is_told_so(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [{"subject": "strike-a", "predicate": "participant", "object": "crowd-a"}]})
    with pytest.raises(NotFound, match="is not heard in these documents") as error:
        speakers.portrait(built.store, "crowd-a")
    assert "1 claims are about it" in str(error.value) or "1 claim is about it" in str(error.value)


@pytest.mark.parametrize("only", ["officials", "unnamed", "one"])
def test_the_query_gives_what_the_library_gives(only: str, graph: Graph, root: Root) -> None:
    name = "rests-on-one-speaker" if only == "one" else f"rests-on-{only}"
    answer = queries.ask(graph.store, name, root=root)
    pairs = {(row["proposition"], row["speaker"]) for row in answer.records()}
    found = speakers.resting(graph.store, only, root=root)
    assert pairs == {(each.proposition, speaker.iri) for each in found for speaker in each.speakers}


def test_every_claim_rests_on_exactly_one_speaker_or_document(mini: Graph) -> None:
    hearing = speakers.hear(mini.store)
    assert sum(voice.resting for voice in speakers.voices(hearing)) == len(hearing.claims)
    table = hearsay.voices_table(speakers.voices(hearing))
    assert {row["name"]: row["kind"] for row in table.records()}["Dana Ospan"] == "person"
