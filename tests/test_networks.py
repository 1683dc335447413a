"""The verbs network and path: data on stdout, rules and explanations on stderr."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kzgraph.cli import main

MINI = Path(__file__).parent / "mini"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(MINI), *args], catch_exceptions=False)


def test_without_a_name_the_networks_are_listed() -> None:
    rows = list(csv.DictReader(io.StringIO(run("network", "-f", "csv").stdout)))
    assert {row["projection"]: row["kind"] for row in rows}["co-participation"] == "shared"
    assert all(row["question"].endswith("?") for row in rows)


def test_a_ranking_is_data_and_what_it_means_is_talk() -> None:
    result = run("network", "claims-as-links", "--measure", "betweenness", "--by-source", "--top", "1", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert rows[0]["label"] == "Stoppage at the Aktas salt works, May 2012"
    assert list(rows[0])[4:] == ["without rights-digest", "without steppe-bulletin"]
    assert "claims-as-links: 8 nodes, 5 ties, from 5 rows." in result.stderr
    assert "1 rows make no tie" in result.stderr
    assert "betweenness: which share of all shortest ways" in result.stderr
    assert "without doc:steppe-bulletin: of the first 1, all would stay there." in result.stderr


def test_ties_come_with_their_claims() -> None:
    rows = list(csv.DictReader(io.StringIO(run("network", "shared-propositions", "--ties", "-f", "csv").stdout)))
    assert [(row["weight"], row["claims"]) for row in rows] == [
        ("1", "claim:rights-digest.001 claim:steppe-bulletin.003")
    ]


def test_the_hub_rule_is_told_whether_or_not_it_leaves_something_out() -> None:
    assert "nothing shared has more than 25 members" in run("network", "shared-propositions").stderr
    result = run("network", "shared-propositions", "--hub", "1")
    assert "left out, with more than 1 members (--hub): " in result.stderr
    assert "(2)" in result.stderr
    assert "--hub" not in run("network", "shared-propositions", "--hub", "0").stderr


def test_a_path_is_told_in_words_or_json() -> None:
    ends = ("Dismissals at the Aktas salt works, 2012", "miners-of-aktas")
    text = run("path", *ends, "--width", "90").stdout
    assert "“dismissed after the stoppage”" in text
    told = json.loads(run("path", *ends, "-f", "json", "--longest", "3").stdout)
    assert told["rules"]["longest"] == 3
    assert len(told["paths"][0]["hops"]) == 2
    assert json.loads(run("path", *ends, "-f", "json", "--longest", "1").stdout)["paths"] == []


def test_speakers_are_hops_when_asked_for() -> None:
    ends = ("Dana Ospan", "Miners' union of Aktas")
    assert "every path rests on it" in " ".join(run("path", *ends).stdout.split())
    assert run("path", *ends, "--speakers").exit_code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("network", "coparticipation"), "Did you mean `co-participation`"),
        (("network", "citations", "--measure", "degre"), "Did you mean `degree`"),
        (("network", "co-participation", "--measure", "in-degree"), "has none. Use degree."),
        (("path", "Dana Ospan", "Дана Оспан"), "both ends of the path"),
        (("path", "Dana Ospan", "Dana Opsan"), "Did you mean"),
    ],
)
def test_slips_end_with_1_and_a_hint(args: tuple[str, ...], message: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
