"""What falls with a source, where the answer is known by construction, and against deriving the graph anew."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from small import Claim, figure, graph

from kzgraph import iris
from kzgraph.analysis import disagreement, mentions, origins, remainder, withdrawal
from kzgraph.analysis.losses import withdrawn
from kzgraph.analysis.withdrawal import Change, Holding, Loss, Reliance, every, fallen, loss, reliances, withdraw
from kzgraph.build import Graph
from kzgraph.cli import main
from kzgraph.derived import derive
from kzgraph.errors import NotFound
from kzgraph.networks import measures, projections
from kzgraph.paths import find_root
from kzgraph.store import Oxigraph, in_memory

DEAD = {"subject": "shooting-a", "predicate": "deathToll", "object": figure(10, 10)}
MORE = {**DEAD, "object": figure(15, 15)}
HELD = {"subject": "strike-a", "predicate": "tookPlaceAt", "object": "town-a"}
X, Y = {"speakers": ["person-x"]}, {"speakers": ["person-y"]}
A, B = iris.document("a"), iris.document("b")
PERSON_X, PERSON_Y, TOWN, STRIKE = (iris.entity(slug) for slug in ("person-x", "person-y", "town-a", "strike-a"))


def keys(found: Loss) -> tuple[str, ...]:
    return tuple(claim.rpartition("/")[2] for claim in found.claims)


def counts(found: Loss) -> tuple[int, int, int, int]:
    return len(found.claims), len(found.propositions), len(found.edges), len(found.conflicts)


# --- known answers --------------------------------------------------------------------------------------------


def test_a_claim_falls_with_its_document(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [DEAD, HELD], "b": [DEAD]})
    found = withdraw(built.store, [A])
    assert keys(found) == ("a.001", "a.002")
    assert counts(found) == (2, 1, 1, 0)
    assert found.changed == (Change(only_shared(built), (2, 2), (1, 1)),)


def only_shared(built: Graph) -> str:
    """The one proposition with more than one mention."""
    (found,) = (each for each in origins.origins(mentions.read(built.store)) if len(each.mentions) > 1)
    return found.proposition


def test_a_claim_falls_with_every_speaker_of_its_chain(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [{**DEAD, "speakers": ["body-r", "person-x"]}, HELD]})
    for speaker in ("body-r", "person-x"):
        assert keys(withdraw(built.store, [iris.entity(speaker)])) == ("a.001",)


def test_a_claim_falls_with_what_it_cites_only_if_asked(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [HELD], "b": [{**DEAD, "cites": ["a"]}]})
    assert keys(withdraw(built.store, [A])) == ("a.001",)
    assert keys(withdraw(built.store, [A], cited=True)) == ("a.001", "b.001")


def test_what_another_says_is_not_lost(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [{**DEAD, **X}, {**DEAD, **Y}], "b": [{**DEAD, **X}]})
    assert counts(withdraw(built.store, [PERSON_X])) == (2, 0, 0, 0)
    assert counts(withdraw(built.store, [PERSON_X, PERSON_Y])) == (3, 1, 1, 0)
    assert counts(withdraw(built.store, [A, PERSON_X])) == (3, 1, 1, 0)


def test_a_proposition_is_lost_when_only_denials_are_left(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [HELD], "b": [{**HELD, **X, "modality": "denied"}]})
    assert counts(withdraw(built.store, [A])) == (1, 1, 1, 1)
    assert counts(withdraw(built.store, [B])) == (1, 0, 0, 1)


def test_an_edge_vanishes_when_only_allegations_are_left(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [HELD], "b": [{**HELD, "modality": "alleged"}]})
    found = withdraw(built.store, [A])
    assert counts(found) == (1, 0, 1, 0)
    assert [(edge[0], edge[2].value) for edge in found.edges] == [(STRIKE, TOWN)]


def test_without_the_link_between_two_voices_they_may_be_more(tmp_path: Path) -> None:
    """Who shares a speaker with each of two others ties all three; what is left is two voices of two documents."""
    chain = {**DEAD, "speakers": ["person-x", "person-y"]}
    built = graph(tmp_path, {"a": [chain], "b": [{**DEAD, **X}], "c": [{**DEAD, **Y}]})
    (change,) = withdraw(built.store, [A]).changed
    assert (change.before, change.after) == ((1, 3), (2, 2))


def conflict(status: str, claims: list[str]) -> dict[str, Any]:
    reason = "The two texts count the same people on the same day."
    return {
        "conflicts": [{"id": "conflict-1", "kind": "figures", "status": status, "claims": claims, "reason": reason}]
    }


def test_a_conflict_dissolves_when_all_that_are_left_agree(tmp_path: Path) -> None:
    corpus = {"a": [DEAD], "b": [{**MORE, **X}], "c": [{**MORE, **Y}, {**DEAD, **Y}]}
    judgement = conflict("genuine", ["a.001", "b.001", "c.001", "c.002"])
    for judgements in (None, judgement):
        built = graph(tmp_path / str(bool(judgements)), corpus, judgements=judgements)
        assert not withdraw(built.store, [A]).conflicts
        assert not withdraw(built.store, [PERSON_Y]).conflicts
        assert len(withdraw(built.store, [A, PERSON_Y]).conflicts) == 1
        assert len(withdraw(built.store, [PERSON_X, PERSON_Y]).conflicts) == 1


def test_the_lawyer_of_the_mini_corpus_carries_the_conflict(mini: Graph) -> None:
    found = withdraw(mini.store, [iris.entity("dana-ospan")])
    assert keys(found) == ("rights-digest.001", "steppe-bulletin.003", "steppe-bulletin.004")
    assert counts(found) == (3, 2, 2, 1)
    assert not found.changed
    moved = {(move.measure, move.node.rpartition("/")[2]): (move.before, move.after) for move in found.moves}
    assert moved["degree", "dismissals-aktas-2012"] == (2, None)  # it followed the strike, by her word alone


def test_a_document_that_copies_takes_nothing_of_the_original(mini: Graph) -> None:
    found = withdraw(mini.store, [iris.document("rights-digest")])
    assert counts(found) == (2, 1, 1, 0)
    assert [(change.before, change.after) for change in found.changed] == [((1, 2), (1, 1))]


def test_every_source_of_the_mini_corpus_has_its_row(mini: Graph) -> None:
    rows = [(each.source.rpartition("/")[2], each.kind, each.claims, each.propositions) for each in every(mini.store)]
    assert rows == [
        ("steppe-bulletin", "document", 6, 5),
        ("dana-ospan", "speaker", 3, 2),
        ("aktas-vestnik", "document", 2, 2),
        ("aktas-salt-works-management", "speaker", 2, 2),
        ("rights-digest", "document", 2, 1),
    ]


# --- laws -----------------------------------------------------------------------------------------------------

CONTENTS: list[Claim] = [
    DEAD,
    MORE,
    {**DEAD, "object": figure(None, 70, "up-to")},
    HELD,
    {**HELD, "object": "town-b"},
    {**HELD, "modality": "denied"},
    {**HELD, "modality": "alleged"},
    {"subject": "strike-a", "predicate": "precedes", "object": "shooting-a"},
    {"subject": "strike-a", "predicate": "follows", "object": "shooting-a"},
    {"subject": "shooting-a", "predicate": "tookPlaceAt", "object": "town-a"},
    {"subject": "strike-a", "predicate": "participant", "object": "crowd-a"},
    {"subject": "shooting-a", "predicate": "called", "object": {"text": "massacre"}},
    {"subject": "shooting-a", "predicate": "called", "object": {"text": "clashes"}},
]


def any_corpus(folder: Path, seed: int) -> Graph:
    """A corpus that chance made: four documents, five speakers, few things to say, some of it judged."""
    chance = random.Random(seed)
    documents: dict[str, list[Claim]] = {}
    for slug in "abcd":
        documents[slug] = []
        for _ in range(chance.randint(3, 9)):
            speakers = chance.sample([f"person-{letter}" for letter in "vwxyz"], chance.choice([0, 0, 1, 1, 2]))
            cites = chance.choice([[], [], [other for other in "abcd" if other != slug][:1]])
            more = {"speakers": speakers, "cites": cites}
            documents[slug].append({**chance.choice(CONTENTS), **{key: each for key, each in more.items() if each}})
    figures = [
        f"{slug}.{number:03}"
        for slug, claims in documents.items()
        for number, claim in enumerate(claims, 1)
        if claim["predicate"] == "deathToll"
    ]
    judgements = conflict("genuine", figures[: chance.randint(2, 5)]) if seed % 2 and len(figures) > 1 else None
    return graph(folder, documents, judgements=judgements)


@pytest.fixture(scope="module", params=[1, 2, 3])
def chance(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Holding]:
    built = any_corpus(tmp_path_factory.mktemp("chance"), request.param)
    return built, withdrawal.read(built.store)


def all_sources(holding: Holding) -> list[str]:
    return sorted({source for mention in holding.evidence.mentions for source in withdrawal.sources_of(mention)})


def without(holding: Holding, sources: set[str] | frozenset[str]) -> Loss:
    return loss(holding, fallen(holding.evidence.mentions, sources))


def shift(holding: Holding, found: Loss) -> int:
    """The largest move of one of the first nodes by degree, by ranking the whole network twice."""
    gone = frozenset(found.claims)
    rows = tuple(row for row in holding.links.rows if gone.isdisjoint(row.claims))
    left = projections.Projection(holding.links.name, holding.links.kind, rows)
    before, after = (measures.ranking(each, "degree") for each in (holding.links, left))
    last = 1 + sum(value > 0 for value in after.values.values())
    tied = [node for node in before.ranks if before.values[node]]
    first = sorted(tied, key=lambda node: (before.ranks[node], node))[: withdrawal.TOP]
    return max(abs((after.ranks[node] if after.values.get(node) else last) - before.ranks[node]) for node in first)


def row(holding: Holding, source: str, cited: bool) -> tuple[int, ...]:
    found = loss(holding, fallen(holding.evidence.mentions, [source], cited=cited))
    return (*counts(found), shift(holding, found))


def of(reliance: Reliance) -> tuple[int, ...]:
    return reliance.claims, reliance.propositions, reliance.edges, reliance.conflicts, reliance.shift


@pytest.mark.parametrize("cited", [False, True])
def test_the_table_says_of_each_source_what_its_withdrawal_takes(chance: tuple[Graph, Holding], cited: bool) -> None:
    _, holding = chance
    for each in reliances(holding, cited=cited):
        assert of(each) == row(holding, each.source, cited), each.source


def test_the_table_says_it_of_the_real_corpus(graph: Graph) -> None:
    holding = withdrawal.read(graph.store)
    found = reliances(holding)
    assert {each.source for each in found} == set(all_sources(holding))
    for each in (*found[:12], *found[-3:]):
        assert of(each) == row(holding, each.source, False), each.source


def layer(store: Oxigraph, name: str) -> set[str]:
    home = f" <{iris.graph(name)}> .\n"
    return {line for line in store.dump().decode().splitlines(keepends=True) if line.endswith(home)}


def derived_anew(built: Graph, holding: Holding, sources: set[str]) -> None:
    """Holds what is computed to be lost against a graph that is derived without the claims."""
    claims = fallen(holding.evidence.mentions, sources)
    found = loss(holding, claims)
    left = remainder.without(built.store, find_root(), claims)
    assert len(layer(built.store, "stated") - layer(left, "stated")) == len(found.edges)
    before, after = (origins.origins(mentions.read(store)) for store in (built.store, left))
    kept = {each.proposition: each for each in after if not claims.issuperset(each.mentions)}
    for each in before:
        if each.proposition in found.propositions:
            same = kept.get(each.proposition)  # who denies it may be left
            assert same is None or not set(same.mentions) & set(each.mentions)
        else:
            bounds = kept[each.proposition].low, kept[each.proposition].high
            changed = {change.proposition: change.after for change in found.changed}
            assert bounds == changed.get(each.proposition, (each.low, each.high))
    stand = {conflict.iri: set(conflict.claims) for conflict in disagreement.stored(left)}
    for conflict in holding.conflicts:
        if conflict.judgement:
            assert (conflict.iri in stand) == (conflict not in found.conflicts)
        elif conflict in found.conflicts:
            assert not any(claims <= set(conflict.claims) for claims in stand.values())
        else:
            assert any(len(claims & set(conflict.claims)) > 1 for claims in stand.values())


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_what_is_lost_is_what_a_graph_derived_anew_lacks(chance: tuple[Graph, Holding], data: st.DataObject) -> None:
    built, holding = chance
    derived_anew(built, holding, data.draw(st.sets(st.sampled_from(all_sources(holding)), max_size=3)))


@settings(deadline=None)
@given(st.data())
def test_to_withdraw_more_restores_nothing(chance: tuple[Graph, Holding], data: st.DataObject) -> None:
    _, holding = chance
    sources = st.sets(st.sampled_from(all_sources(holding)))
    some, more = data.draw(sources), data.draw(sources)
    less, all_ = without(holding, some), without(holding, some | more)
    for part in ("claims", "propositions", "edges", "conflicts"):
        assert set(getattr(less, part)) <= set(getattr(all_, part)), part


def test_without_any_document_all_is_lost(chance: tuple[Graph, Holding]) -> None:
    _, holding = chance
    found = without(holding, {mention.document for mention in holding.evidence.mentions})
    assert len(found.claims) == len(holding.evidence.mentions)
    assert set(found.propositions) == {support.proposition for support in holding.supports}
    assert set(found.edges) == set(holding.edges)
    assert found.conflicts == holding.conflicts
    assert not found.changed
    assert {move.after for move in found.moves} == {None}


def test_without_nothing_nothing_is_lost(chance: tuple[Graph, Holding]) -> None:
    _, holding = chance
    assert without(holding, set()) == Loss()


def test_what_is_restored_is_the_same_graph(chance: tuple[Graph, Holding]) -> None:
    built, holding = chance
    root = find_root()
    claims = fallen(holding.evidence.mentions, [A, PERSON_X])
    left, gone = remainder.split(built.store, root, claims)
    assert gone
    assert not set(left) & set(gone)
    restored = in_memory("".join(left + gone).encode())
    derive(root, restored)
    assert "".join(sorted(restored.dump().decode().splitlines(keepends=True))).encode() == built.nquads
    assert "".join(sorted(built.store.dump().decode().splitlines(keepends=True))).encode() == built.nquads


# --- in words, as tables, on the command line -------------------------------------------------------------------


MINI = Path(__file__).resolve().parent / "mini"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(MINI), *args], catch_exceptions=False)


def test_alone_it_prints_a_row_for_each_source() -> None:
    rows = [*csv.DictReader(io.StringIO(run("withdraw", "-f", "csv").stdout))]
    assert [row["name"] for row in rows][:2] == ["Strike at the Aktas salt works", "Dana Ospan"]
    assert rows[1]["conflicts"] == "1"
    assert rows[1]["source"].endswith("/id/dana-ospan")
    assert run("withdraw").stdout.splitlines()[0].split()[:3] == ["name", "kind", "claims"]


def test_with_names_it_tells_what_falls_with_quotes() -> None:
    text = run("withdraw", "Dana Ospan").stdout
    assert text.startswith("Without Dana Ospan: 3 of 10 claims fall.\n\nNobody else says: 2\n")
    assert "“40 strikers were dismissed”" in text
    assert "genuine · figures · conflict:conflict-dismissals-aktas" in text
    assert "Dismissals" in text.partition("Ranks in the network")[2]


def test_so_much_is_told_as_is_asked_for() -> None:
    assert "… and 1 more." in run("withdraw", "Dana Ospan", "--most", "1").stdout
    assert "more." not in run("withdraw", "Dana Ospan", "--most", "0").stdout


def test_what_falls_is_a_table_too() -> None:
    rows = [*csv.DictReader(io.StringIO(run("withdraw", "doc:rights-digest", "-f", "csv").stdout))]
    assert [row["what"] for row in rows][:5] == ["claim", "claim", "proposition", "origins", "edge"]
    assert [(row["before"], row["after"]) for row in rows if row["what"] == "origins"] == [("1 to 2", "1")]


def test_what_nothing_rests_on_is_not_withdrawn() -> None:
    result = run("withdraw", "steppe-bulletin-publisher")
    assert result.exit_code == 1
    assert "It publishes doc:steppe-bulletin: name that." in result.stderr
    assert "`kzgraph withdraw` lists them" in run("withdraw", "aktas").stderr


def test_a_cited_work_is_withdrawn_only_if_asked(tmp_path: Path) -> None:
    built = graph(tmp_path, {"a": [HELD], "b": [{**DEAD, "cites": ["a"]}]})
    assert len(withdrawn(built.store, ["doc:a"], cited=True).loss.claims) == 2
    with pytest.raises(NotFound):
        withdrawn(built.store, ["town-a"])


def test_the_clocks_hold_here_too() -> None:
    result = run("withdraw", "steppe-bulletin", "--as-of", "2012-05-03")
    assert result.stdout.startswith("Without Strike at the Aktas salt works: 2 of 2 claims fall.")
    assert "8 undated" in result.stderr
