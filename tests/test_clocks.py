"""What was reported by a date, and what is said to hold at a date, where the answer is known by construction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import serving
from small import Claim, figure, graph, write

from kzgraph import build as building
from kzgraph.analysis import clocks, disagreement, mentions, origins, remainder
from kzgraph.analysis.clocks import Left, restrict
from kzgraph.build import Graph, build
from kzgraph.cli import main
from kzgraph.errors import QueryError
from kzgraph.paths import Root, find_root
from kzgraph.store import Oxigraph, in_memory

DEAD = {"subject": "shooting-a", "predicate": "deathToll", "object": figure(10, 10)}
MORE = {**DEAD, "object": figure(15, 15)}
HELD = {"subject": "strike-a", "predicate": "tookPlaceAt", "object": "town-a"}


def issued(folder: Path, documents: dict[str, list[Claim]], dates: dict[str, str], **more: Any) -> Graph:
    """Builds a tiny corpus whose documents have dates of issue."""
    write(folder / "graph", documents, **more)
    for slug, date in dates.items():
        path = folder / f"graph/documents/{slug}.yaml"
        content = json.loads(path.read_text("utf-8"))
        content["document"]["issued"] = date
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return build(find_root(folder), strict=False)


def claims(store: Oxigraph) -> set[str]:
    return {mention.claim.rpartition("/")[2] for mention in mentions.read(store).mentions}


def lines(store: Oxigraph) -> list[str]:
    return sorted(store.dump().decode().splitlines(keepends=True))


def layer(store: Oxigraph, *names: str) -> list[str]:
    return [line for line in lines(store) if line.rpartition("/")[2].removesuffix("> .\n") in names]


# --- the clock of reports -------------------------------------------------------------------------------------


def test_a_claim_was_reported_when_its_document_was_issued(tmp_path: Path) -> None:
    built = issued(tmp_path, {"a": [DEAD], "b": [MORE], "c": [HELD]}, {"a": "2011", "b": "2012-05"})
    left, told = restrict(built.store, said_by="2011-12-31")
    assert claims(left) == {"a.001"}
    assert told == Left(3, later=1, undated=1)
    assert claims(restrict(built.store, said_by="2012-05")[0]) == {"a.001", "b.001"}


def test_when_the_words_were_said_comes_before_when_they_were_printed(tmp_path: Path) -> None:
    said = {**DEAD, "speakers": ["person-x"], "said": "2011-03"}
    built = issued(tmp_path, {"a": [said, MORE]}, {"a": "2012-05"})
    assert claims(restrict(built.store, said_by="2011-03-31")[0]) == {"a.001"}


def test_a_year_counts_from_its_last_day(tmp_path: Path) -> None:
    built = issued(tmp_path, {"a": [DEAD]}, {"a": "2011"})
    assert claims(restrict(built.store, said_by="2011-12-30")[0]) == set()
    assert claims(restrict(built.store, said_by="2011")[0]) == {"a.001"}


def test_words_said_at_an_open_time_count_from_their_document(tmp_path: Path) -> None:
    said = {**DEAD, "speakers": ["person-x"], "said": "2010/.."}
    built = issued(tmp_path, {"a": [said], "b": [said]}, {"a": "2012-05"})
    assert claims(restrict(built.store, said_by="2012-05")[0]) == {"a.001"}
    assert restrict(built.store, said_by="2012-05")[1] == Left(2, undated=1)


# --- the clock of what is reported ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "date", "meets"),
    [
        ("2011-12-16", "2011-12-16", True),
        ("2011-12-16", "2011-12-17", False),
        ("2011-12-16", "2011", True),
        ("2011", "2011-12-16", True),
        ("2011", "2012-01", False),
        ("2011-12-16/..", "2020", True),
        ("2011-12-16/..", "2011-12-15", False),
        ("../2011", "1999", True),
        ("../2011", "2012", False),
        ("2008/2010", "2010-12-31/..", True),
        ("2012", "../2011", False),
    ],
)
def test_a_claim_holds_when_its_time_meets_the_date(tmp_path: Path, when: str, date: str, meets: bool) -> None:
    left, told = restrict(graph(tmp_path, {"a": [{**DEAD, "when": when}]}).store, as_of=date)
    assert claims(left) == ({"a.001"} if meets else set())
    assert told == Left(1, elsewhen=0 if meets else 1)


def test_a_claim_without_a_time_is_left_out_unless_it_is_kept(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [DEAD, {**MORE, "when": "2012"}]})
    assert restrict(built.store, as_of="2011")[1] == Left(2, elsewhen=1, undated=1)
    left, told = restrict(built.store, as_of="2011", undated=True)
    assert claims(left) == {"a.001"}
    assert told == Left(2, elsewhen=1)


def test_a_claim_passes_both_clocks_and_is_counted_once(tmp_path: Path) -> None:
    dated = [{**DEAD, "when": when} for when in ("2010", "2011")]
    built = issued(tmp_path, {"a": [*dated, DEAD], "b": dated, "c": dated}, {"a": "2011", "b": "2012"})
    left, told = restrict(built.store, said_by="2011", as_of="2011")
    assert claims(left) == {"a.002"}
    assert told == Left(7, later=2, elsewhen=2, undated=2)  # what is known to be false comes before what is unknown
    assert told.kept == 1


@pytest.mark.parametrize("date", ["soon", "2011-13", "", "2012/..", ".."])
def test_what_is_no_last_day_is_refused(mini: Graph, date: str) -> None:
    with pytest.raises(QueryError, match="no date with a last day"):
        restrict(mini.store, said_by=date)


@pytest.mark.parametrize("date", ["soon", "2011-02-30", "", "../.."])
def test_what_is_no_time_is_refused(mini: Graph, date: str) -> None:
    with pytest.raises(QueryError, match="is no date"):
        restrict(mini.store, as_of=date)


# --- what goes with a claim -----------------------------------------------------------------------------------


def test_nothing_speaks_of_a_claim_that_is_left_out(tmp_path: Path) -> None:
    said = {**MORE, "speakers": ["person-x", "person-y"], "when": "2012"}
    built = graph(tmp_path, {"a": [{**DEAD, "when": "2011"}, said]})
    left, _ = restrict(built.store, as_of="2011")
    assert any("/claim/a.002" in line for line in lines(built.store))
    assert not [line for line in lines(left) if "/claim/a.002" in line]
    assert {line for line in lines(built.store) if "/passage/a.p002> " in line.partition(" <")[0]} <= set(lines(left))
    assert len(layer(left, "quantities")) < len(layer(built.store, "quantities")), "the other claim's figure stays"
    assert layer(left, "entities") == layer(built.store, "entities")


def judged(kind: str, keys: list[str], **more: Any) -> dict[str, Any]:
    if kind == "conflicts":
        more |= {"kind": "figures", "status": "genuine", "claims": keys}
    else:
        more |= {"kind": "copied", "between": keys}
    return {kind: [{"id": "judged-1", "reason": "The two texts count the same people.", **more}]}


def at(year: str, claim: Claim) -> Claim:
    return {**claim, "said": year, "speakers": ["person-x"]}


def test_a_judged_conflict_with_one_claim_left_vanishes(tmp_path: Path) -> None:
    corpus = {"a": [at("2011", DEAD)], "b": [at("2012", MORE)]}
    built = graph(tmp_path, corpus, judgements=judged("conflicts", ["a.001", "b.001"]))
    assert len(disagreement.stored(built.store)) == 1
    left, _ = restrict(built.store, said_by="2011")
    assert disagreement.stored(left) == ()
    assert not layer(left, "judgements", "conflicts")


def test_a_judged_conflict_stands_while_two_of_its_claims_disagree(tmp_path: Path) -> None:
    corpus = {"a": [at("2010", DEAD), at("2011", DEAD), at("2012", MORE), at("2013", MORE)]}
    judgement = judged("conflicts", ["a.001", "a.002", "a.003", "a.004"])
    built = graph(tmp_path, corpus, judgements=judgement)
    (conflict,) = disagreement.stored(restrict(built.store, said_by="2012")[0])
    assert [iri.rpartition("/")[2] for iri in conflict.claims] == ["a.001", "a.002", "a.003"]
    assert (conflict.status, conflict.rules) == ("genuine", ("figures",))
    assert disagreement.stored(restrict(built.store, said_by="2011")[0]) == (), "both give ten"


def test_what_a_person_added_to_a_conflict_stands_against_another_voice(tmp_path: Path) -> None:
    upto = {**DEAD, "object": figure(None, 70, "up-to")}
    for speaker, stands in (("person-y", 1), ("person-x", 0)):
        corpus = {"a": [{**at("2010", upto), "speakers": [speaker]}, at("2011", DEAD), at("2012", MORE)]}
        built = graph(tmp_path / speaker, corpus, judgements=judged("conflicts", ["a.001", "a.002", "a.003"]))
        left = disagreement.stored(restrict(built.store, said_by="2011")[0])
        assert [conflict.rules for conflict in left] == [("declared",)] * stands


def test_a_judgement_on_lineage_with_one_claim_left_vanishes(tmp_path: Path) -> None:
    corpus = {"a": [at("2011", DEAD)], "b": [at("2012", DEAD)], "c": [HELD]}
    on_claims = graph(tmp_path / "1", corpus, judgements=judged("lineage", ["a.001", "b.001"]))
    assert layer(on_claims.store, "judgements")
    assert not layer(restrict(on_claims.store, said_by="2011")[0], "judgements")
    on_documents = graph(tmp_path / "2", corpus, judgements=judged("lineage", ["a", "b"]))
    assert layer(restrict(on_documents.store, said_by="2011")[0], "judgements")


def test_the_derived_layers_are_those_of_a_corpus_that_ends_there(tmp_path: Path) -> None:
    early = {
        "a": [at("2010", DEAD), at("2010", HELD), at("2011", MORE)],
        "b": [at("2011", DEAD), {**at("2010", HELD), "cites": ["a"]}],
    }
    late = {"a": [at("2012", HELD), at("2013", MORE)], "b": [at("2012", {**MORE, "modality": "denied"})]}
    reuse = [("a.001", "b.001")]
    whole = graph(tmp_path / "1", {slug: [*early[slug], *late[slug]] for slug in early}, reuse=reuse)
    then = graph(tmp_path / "2", early, reuse=reuse)
    left, _ = restrict(whole.store, said_by="2011")
    for name in ("propositions", "stated", "quantities", "conflicts"):
        assert layer(left, name) == layer(then.store, name), name
    assert origins.stored(left) == origins.stored(then.store)


# --- laws -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("corpus", ["mini", "graph"])
def test_a_far_date_that_keeps_what_is_undated_changes_no_byte(corpus: str, request: pytest.FixtureRequest) -> None:
    built: Graph = request.getfixturevalue(corpus)
    left, told = restrict(built.store, said_by="9999-12-31", as_of="../9999", undated=True)
    assert "".join(lines(left)).encode() == built.nquads
    assert told == Left(told.claims)
    assert told.in_words() == f"{told.claims} of {told.claims} claims; left out: none."


DATES = ["2009", "2010", "2010-06", "2011", "2011-12-16", "2011/..", "../2010", None]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Claims with all pairs of times: when they were said and when they are said to hold; some are in conflict."""
    made: dict[str, list[Claim]] = {"a": [], "b": []}
    for number, (said, when) in enumerate((said, when) for said in DATES for when in DATES):
        dates = {key: date for key, date in (("said", said), ("when", when)) if date}
        content = {0: DEAD, 1: MORE, 2: HELD, 3: {**HELD, "modality": "denied"}}[number * 7 % 4]
        made["ab"[number % 2]].append({**content, "speakers": [f"person-{number % 3}"], **dates})
    judgement = judged("conflicts", ["a.001", "b.004", "a.005", "b.008"])
    return issued(tmp_path_factory.mktemp("dated"), made, {"a": "2011-05"}, judgements=judgement)


DAYS = st.sampled_from(["2008", "2009-12-31", "2010-06-30", "2010", "2011-05", "2011-12-16", "2011", "2030"])
CLOCKS = st.fixed_dictionaries({"said_by": st.none() | DAYS, "as_of": st.none() | DAYS, "undated": st.booleans()})
few = settings(max_examples=8, deadline=None)


@few
@given(CLOCKS)
def test_to_restrict_twice_is_to_restrict_once(dated: Graph, dates: dict[str, Any]) -> None:
    once, told = restrict(dated.store, **dates)
    twice, again = restrict(once, **dates)
    assert lines(twice) == lines(once)
    assert again == Left(told.kept)


@few
@given(CLOCKS, DAYS, DAYS)
def test_an_earlier_date_gives_less(dated: Graph, dates: dict[str, Any], one: str, other: str) -> None:
    earlier, later = sorted((one, other), key=clocks.report_day)
    less, more = (restrict(dated.store, **{**dates, "said_by": day})[0] for day in (earlier, later))
    root = find_root()
    assert set(remainder.source_lines(less, root)) <= set(remainder.source_lines(more, root))
    assert set(layer(less, "propositions", "stated")) <= set(layer(more, "propositions", "stated"))
    assert lines(restrict(more, **{**dates, "said_by": earlier})[0]) == lines(less)


@few
@given(CLOCKS)
def test_the_graph_that_is_asked_is_not_changed(dated: Graph, dates: dict[str, Any]) -> None:
    restrict(dated.store, **dates)
    assert "".join(lines(dated.store)).encode() == dated.nquads


def test_a_store_without_named_graphs_is_restricted_alike(dated: Graph) -> None:
    triples = {line[: line.rindex(" <")] for line in lines(dated.store)}
    whole = in_memory("".join(f"{triple} .\n" for triple in triples).encode())
    one, other = (restrict(store, said_by="2010", undated=True) for store in (dated.store, whole))
    assert one[1] == other[1]
    left, same = ({line[: line.rindex(" <")] for line in lines(store)} for store in (one[0], other[0]))
    assert left == same
    assert len(left) < len(triples)


# --- the command line -----------------------------------------------------------------------------------------

MINI = Path(__file__).resolve().parent / "mini"


def run(*args: str, root: Path = MINI) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *args], catch_exceptions=False)


def test_what_is_left_out_is_told_in_one_line() -> None:
    result = run("query", "SELECT ?c WHERE { ?c a kz:Claim }", "--as-of", "2012-05", "-f", "csv")
    assert len(result.stdout.splitlines()) == 1 + 2
    assert result.stderr == "holding at 2012-05: 2 of 10 claims; left out: 8 undated (--undated keeps those).\n"


def test_each_verb_asks_only_what_passes() -> None:
    assert "15" in run("conflicts").stdout
    assert run("conflicts", "--as-of", "2012-05").stdout == "No conflicts are recorded here.\n"
    assert "2 mentions" in run("origins").stdout
    assert run("origins", "--as-of", "2012-05").stdout == "No proposition has so many mentions.\n"
    assert "Dana" in run("show", "dismissals-aktas-2012").stdout
    assert "Dana" not in run("show", "dismissals-aktas-2012", "--said-by", "2020").stdout
    assert len(run("view", "-o", "-", "--as-of", "2012-05").stdout) < len(run("view", "-o", "-").stdout)
    assert run("conflicts", "--as-of", "2012-05", "--undated").stdout == run("conflicts").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--said-by", "soon"], "--said-by"),
        (["--said-by", "2012/.."], "no date with a last day"),
        (["--as-of", "16.12.2011"], "Write a day, a month, a year"),
        (["--undated"], "give --said-by or --as-of"),
    ],
)
@pytest.mark.parametrize("verb", [["conflicts"], ["show", "aktas"], ["query", "people"], ["view", "-o", "-"]])
def test_a_bad_date_is_a_usage_error(verb: list[str], args: list[str], message: str) -> None:
    result = run(*verb, *args)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.fixture(scope="module")
def places(mini: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[str]]]:
    """The options that name each place where the graph may lie."""
    folder = tmp_path_factory.mktemp("store")
    building.write(mini, store=folder)
    with serving((folder / "current").resolve()) as address:
        yield {"memory": [], "disk": ["--store", str(folder)], "endpoint": ["--endpoint", address]}


@pytest.mark.slow
@pytest.mark.xdist_group("backends")
@pytest.mark.parametrize(
    "args",
    [
        ["conflicts", "--as-of", "2012", "--undated"],
        ["origins", "--said-by", "2012", "--undated"],
        ["show", "strike-aktas-2012", "--as-of", "2012-05"],
        ["view", "-o", "-", "--as-of", "2012-05-03"],
        ["query", "claims-about", "-p", "node=strike-aktas-2012", "--as-of", "2012-05-03", "-f", "json"],
    ],
    ids=lambda args: args[0],
)
def test_memory_disk_and_endpoint_are_restricted_alike(places: dict[str, list[str]], args: list[str]) -> None:
    answers = set()
    for place in places.values():
        result = run(*place, *args)
        assert result.exit_code == 0, result.stderr
        answers.add((result.stdout, result.stderr))
    assert len(answers) == 1


def test_the_root_may_be_left_out(mini: Graph, mini_root: Root) -> None:
    assert lines(restrict(mini.store, as_of="2012")[0]) == lines(restrict(mini.store, mini_root, as_of="2012")[0])
