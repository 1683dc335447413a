"""What nobody says, where the right answer is known by construction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import TYPES, figure, graph

from kzgraph.analysis import silence
from kzgraph.analysis.silence import NOT_STATED
from kzgraph.build import Graph
from kzgraph.errors import NotFound
from kzgraph.paths import Root


@pytest.fixture(autouse=True)
def _more_types(monkeypatch: pytest.MonkeyPatch) -> None:
    for prefix, name in {"arrest": "Arrest", "country": "Country", "strike": "Strike", "trial": "Trial"}.items():
        monkeypatch.setitem(TYPES, prefix, name)


def states(built: Graph, name: str | None = None, **more: Any) -> dict[str, dict[str, str]]:
    """How each question about each event is answered, by slug."""
    found = silence.silence(built.store, name, **more)
    return {asked.node.iri.rpartition("/")[2]: {slot.name: slot.state for slot in asked.slots} for asked in found}


def about(predicate: str, value: Any, subject: str = "arrest-a", **more: Any) -> dict[str, Any]:
    return {"subject": subject, "predicate": predicate, "object": value, **more}


def test_what_no_claim_answers_is_not_stated_in_these_documents(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [about("arrestedPerson", "person-a")]})
    assert states(built, "arrest-a") == {
        "arrest-a": {
            "by whom": NOT_STATED,
            "charge or reason": NOT_STATED,
            "date": NOT_STATED,
            "legal basis": NOT_STATED,
            "number": NOT_STATED,
            "outcome": NOT_STATED,
            "place": NOT_STATED,
            "who was held": "stated",
        }
    }
    assert "charge or reason: not stated in these documents" in silence.in_words(
        silence.silence(built.store, "arrest-a")
    )


def test_a_denied_or_alleged_answer_is_no_silence(tmp_path: Path) -> None:
    denied = about("causedBy", "strike-a", modality="denied", speakers=["body-a"])
    alleged = about("arrestingBody", "body-a", modality="alleged")
    negated = about("tookPlaceAt", "town-a", polarity="negative")
    found = states(graph(tmp_path, {"a": [denied, alleged, negated]}), "arrest-a")["arrest-a"]
    assert (found["charge or reason"], found["by whom"], found["place"]) == ("denied", "alleged", "denied")


def test_what_is_stated_and_denied_is_both(tmp_path: Path) -> None:
    denied = about("causedBy", "strike-a", modality="denied", speakers=["body-a"])
    built = graph(tmp_path, {"a": [denied], "b": [about("causedBy", "strike-a")]})
    assert states(built, "arrest-a")["arrest-a"]["charge or reason"] == "stated, denied"


def test_a_country_is_no_place(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [about("tookPlaceAt", "country-a")]})
    assert states(built, "arrest-a")["arrest-a"]["place"] == "only the country"
    both = graph(tmp_path / "2", {"a": [about("tookPlaceAt", "country-a"), about("tookPlaceAt", "town-a")]})
    assert states(both, "arrest-a")["arrest-a"]["place"] == "stated"


def test_the_time_of_a_claim_dates_an_event_unless_a_claim_is_about_its_date(tmp_path: Path) -> None:
    dated = about("arrestedPerson", "person-a", when="2011")
    assert states(graph(tmp_path / "1", {"a": [dated]}), "arrest-a")["arrest-a"]["date"] == "stated"
    judged = about("evaluatedAs", {"text": "unfair"}, when="2014", valence="negative")
    assert states(graph(tmp_path / "2", {"a": [judged]}), "arrest-a")["arrest-a"]["date"] == NOT_STATED
    own = about("occurredOn", {"date": "2011-12-16"}, modality="alleged")
    assert states(graph(tmp_path / "3", {"a": [dated, own]}), "arrest-a")["arrest-a"]["date"] == "alleged"


def test_what_is_stated_of_a_part_is_told_beside_the_silence(tmp_path: Path) -> None:
    part = about("subEventOf", "strike-a", subject="strike-b")
    count = about("participantCount", figure(40, 40), subject="strike-b")
    built = graph(tmp_path, {"a": [part, count, about("organisedBy", "body-a", subject="strike-a")]})
    found = {asked.node.iri.rpartition("/")[2]: asked for asked in silence.silence(built.store, "strike-a")}
    assert set(found) == {"strike-a", "strike-b"}
    (number,) = [slot for slot in found["strike-a"].slots if slot.name == "number"]
    assert number.state == NOT_STATED
    assert [(near.state, near.of and near.of.label) for near in number.nearby] == [("stated", "strike-b, 2011")]
    text = silence.in_words([found["strike-a"]])
    assert "number: not stated in these documents" in text
    assert "but stated of strike-b, 2011:" in text


def test_what_is_no_event_is_asked_nothing(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [about("arrestedPerson", "person-a")]})
    with pytest.raises(NotFound, match="nothing is asked of"):
        silence.silence(built.store, "person-a")


def test_the_mini_corpus_is_silent_about_the_dismissals(mini: Graph, mini_root: Root) -> None:
    found = states(mini, root=mini_root)["dismissals-aktas-2012"]
    assert {slot for slot, state in found.items() if state == NOT_STATED} == {
        "date",
        "legal basis",
        "outcome",
        "perpetrator",
        "place",
        "victim",
    }
    assert found["reason"] == "denied"
    table = silence.table(silence.silence(mini.store, root=mini_root))
    silent = [row for row in table.records() if row["state"] == NOT_STATED]
    assert silent
    assert not any("claim" in row for row in silent)
