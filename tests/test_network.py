"""The projection of claims to a graph, and where its nodes lie."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import combinations

import pytest

from kzgraph import network
from kzgraph.errors import NotFound
from kzgraph.page.packing import label_box, radius, spread
from kzgraph.records import ClaimRecord, DocumentRecord, EntityRecord, Records, Ref, Value

BASE = "https://w3id.org/kzgraph/"
KZ = f"{BASE}ontology#"
BULLETIN, LETTER = Ref(f"{BASE}doc/bulletin", "Bulletin of the lake"), Ref(f"{BASE}doc/letter", "A letter")
FERRYMAN = Ref(f"{BASE}id/ferryman", "The ferryman", f"{KZ}Person")
HARBOUR = Ref(f"{BASE}id/harbour", "Harbour office", f"{KZ}Body")
STRIKE = Ref(f"{BASE}id/strike", "Ferry strike, 2011", f"{KZ}Event")
WITNESS = Ref(f"{BASE}id/witness", "A witness", f"{KZ}Person")
CLERK = Ref(f"{BASE}id/clerk", "The clerk", f"{KZ}Person")
JOINED, CLOSED = Ref(f"{KZ}joined", "joined"), Ref(f"{KZ}closed", "closed")


def claim(number: int, subject: Ref, predicate: Ref, thing: Ref | Value, **other: object) -> ClaimRecord:
    """A claim of the bulletin, asserted in its own voice unless told otherwise."""
    given: dict[str, object] = {
        "iri": f"{BASE}claim/bulletin.{number:03}", "document": BULLETIN, "document_sha256": "0" * 64,
        "start": 10 * number, "end": 10 * number + 9, "span_sha256": "1" * 64, "quote": "seven months",
        "statement": f"{subject.label} {predicate.label}.", "speakers": (), "voice": "own",
        "polarity": "positive", "modality": "asserted", "certainty": None, "valence": None, "when": None,
        "when_words": None, "when_inferred": None, "said": None, "where": None, "topics": (), "cites": (),
        "proposition": "p", "fragment": "f",
    } | other  # fmt: skip
    return ClaimRecord(subject=subject, predicate=predicate, object=thing, **given)  # type: ignore[arg-type]


def entity(ref: Ref, family: str) -> EntityRecord:
    return EntityRecord(ref.iri, Ref(ref.type or f"{KZ}Thing", family.title()), family, ref.label)


@pytest.fixture
def records() -> Records:
    """Two documents: the bulletin says that the ferryman joined, the letter denies it."""
    return Records(
        documents=(
            DocumentRecord(BULLETIN.iri, BULLETIN.label, Ref(f"{KZ}R", "Report"), None, (), None, "0", 9, "b.txt"),
            DocumentRecord(LETTER.iri, LETTER.label, Ref(f"{KZ}L", "Letter"), None, (), None, "0", 9, "l.txt"),
        ),
        entities=(
            entity(FERRYMAN, "person"), entity(HARBOUR, "organisation"), entity(STRIKE, "event"),
            entity(WITNESS, "person"), entity(CLERK, "person"),
        ),
        claims=(
            claim(2, FERRYMAN, JOINED, STRIKE, speakers=(HARBOUR, WITNESS), modality="alleged"),
            claim(1, FERRYMAN, JOINED, STRIKE),
            claim(3, HARBOUR, CLOSED, STRIKE),
            claim(4, STRIKE, Ref(f"{KZ}lasted", "lasted"), Value("seven months", f"{KZ}Quantity")),
            claim(5, FERRYMAN, JOINED, STRIKE, document=LETTER, iri=f"{BASE}claim/letter.005", polarity="negative"),
            claim(6, LETTER, Ref(f"{KZ}mentions", "mentions"), HARBOUR),
        ),
    )  # fmt: skip


def synthetic(size: int, *, seed: int = 1) -> Records:
    """A larger graph with a hub, two parts and some lone nodes."""
    chance = random.Random(seed)
    refs = [Ref(f"{BASE}id/n{i:03}", f"Name of number {i}", f"{KZ}Person") for i in range(size)]
    inner = refs[: size - 12]
    pairs = [(a, chance.choice(inner[:i])) for i, a in enumerate(inner) if i]
    pairs += [(inner[0], other) for other in inner[1 : size // 3]]
    pairs += list(combinations(refs[size - 12 : size - 9], 2))
    return Records(
        entities=tuple(entity(ref, "person") for ref in refs),
        claims=tuple(claim(i, a, JOINED, b) for i, (a, b) in enumerate(pairs)),
    )


def shuffled(records: Records, seed: int) -> Records:
    chance = random.Random(seed)
    parts = [list(records.documents), list(records.entities), list(records.claims)]
    for part in parts:
        chance.shuffle(part)
    return Records(tuple(parts[0]), tuple(parts[1]), tuple(parts[2]))


def test_an_edge_gathers_the_claims_of_one_triple_in_reading_order(records: Records) -> None:
    graph = network.entity_network(records)
    edge = graph.edges[FERRYMAN.iri, STRIKE.iri, JOINED.iri]
    assert edge["claims"] == [f"{BASE}claim/bulletin.001", f"{BASE}claim/bulletin.002", f"{BASE}claim/letter.005"]
    assert edge["documents"] == [BULLETIN.iri, LETTER.iri]
    assert (edge["label"], edge["polarity"], edge["modality"]) == ("joined", "mixed", "mixed")


def test_an_edge_whose_claims_agree_keeps_how_they_are_said(records: Records) -> None:
    edge = network.entity_network(records).edges[HARBOUR.iri, STRIKE.iri, CLOSED.iri]
    assert (edge["polarity"], edge["modality"]) == ("positive", "asserted")


def test_nodes_are_entities_and_the_documents_that_claims_are_about(records: Records) -> None:
    graph = network.entity_network(records)
    assert set(graph) == {FERRYMAN.iri, HARBOUR.iri, STRIKE.iri, WITNESS.iri, CLERK.iri, LETTER.iri}
    assert graph.nodes[LETTER.iri]["family"] == "document"
    assert graph.nodes[LETTER.iri]["type"] == "Letter"


def test_a_value_is_no_node_but_counts_at_its_subject(records: Records) -> None:
    graph = network.entity_network(records)
    assert graph.out_degree(STRIKE.iri) == 0
    assert graph.nodes[STRIKE.iri]["claims"] == 5
    assert graph.nodes[WITNESS.iri] | {"claims": 0, "said": 1} == graph.nodes[WITNESS.iri]


def test_speakers_are_edges_only_when_asked_for(records: Records) -> None:
    assert not any(speech for *_, speech in network.entity_network(records).edges(data="speech"))
    graph = network.entity_network(records, speakers=True)
    edge = graph.edges[WITNESS.iri, FERRYMAN.iri, network.SPEAKS]
    assert edge["speech"]
    assert edge["claims"] == [f"{BASE}claim/bulletin.002"]
    assert graph.has_edge(HARBOUR.iri, FERRYMAN.iri, network.SPEAKS)


def test_a_node_that_no_entity_record_describes_is_still_a_node() -> None:
    stranger = Ref(f"{BASE}id/stranger", "A stranger")
    graph = network.entity_network(Records(claims=(claim(1, stranger, JOINED, STRIKE),)))
    assert graph.nodes[stranger.iri]["label"] == "A stranger"


def test_a_neighbourhood_goes_both_ways_and_no_farther_than_asked(records: Records) -> None:
    graph = network.entity_network(records)
    assert set(network.neighbourhood(graph, [LETTER.iri])) == {LETTER.iri, HARBOUR.iri}
    assert set(network.neighbourhood(graph, [LETTER.iri], hops=2)) == {LETTER.iri, HARBOUR.iri, STRIKE.iri}
    near = network.neighbourhood(graph, [STRIKE.iri])
    assert near.edges[FERRYMAN.iri, STRIKE.iri, JOINED.iri] == graph.edges[FERRYMAN.iri, STRIKE.iri, JOINED.iri]
    assert set(network.neighbourhood(graph, [CLERK.iri], hops=0)) == {CLERK.iri}


def test_a_neighbourhood_of_nobody_known_is_refused(records: Records) -> None:
    with pytest.raises(NotFound, match="nobody"):
        network.neighbourhood(network.entity_network(records), [f"{BASE}id/nobody"])


def test_a_hub_is_a_node_with_many_neighbours() -> None:
    assert network.hubs(network.entity_network(synthetic(90))) == [f"{BASE}id/n000"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_graph_and_layout_do_not_depend_on_the_order_of_records(records: Records, seed: int) -> None:
    for whole in (records, synthetic(60)):
        one, other = network.entity_network(whole), network.entity_network(shuffled(whole, seed))
        assert list(one.nodes(data=True)) == list(other.nodes(data=True))
        assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
        assert network.layout(one) == network.layout(other)


def test_only_a_large_graph_has_a_backbone() -> None:
    small, large = (network.entity_network(synthetic(size)) for size in (network.LARGE, network.LARGE + 1))
    assert network.backbone(small) == []
    assert network.backbone(large) == sorted(network.backbone(large)) != []


def test_a_backbone_holds_the_most_claimed_about_and_what_ties_them() -> None:
    graph = network.entity_network(synthetic(400))
    chosen = network.backbone(graph)
    tied = [node for node in graph if set(graph.to_undirected()[node]) - {node}]
    most = sorted(tied, key=lambda node: (-graph.nodes[node]["claims"], node))[: network.BACKBONE]
    assert set(most) <= set(chosen)
    assert len(chosen) <= 3 * network.BACKBONE
    assert all(degree for _, degree in graph.subgraph(chosen).degree())


@pytest.mark.parametrize("seed", [1, 2])
def test_a_backbone_does_not_depend_on_the_order_of_records(seed: int) -> None:
    records = synthetic(300)
    again = network.entity_network(shuffled(records, seed))
    assert network.backbone(network.entity_network(records)) == network.backbone(again)


def test_a_layout_does_not_depend_on_the_order_in_which_a_graph_was_filled() -> None:
    graph = network.entity_network(synthetic(60))
    turned = graph.__class__()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert network.layout(graph) == network.layout(turned)


def test_a_layout_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_network import network, synthetic\n"
        "print(sorted(network.layout(network.entity_network(synthetic(50), speakers=True)).items()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }  # fmt: skip
    assert len(found) == 1


def test_no_two_labels_lie_upon_each_other_and_nothing_flies_away() -> None:
    graph = network.entity_network(synthetic(90))
    places = network.layout(graph)
    assert set(places) == set(graph)
    boxes = {n: label_box(data["label"], claims=data["claims"]) for n, data in graph.nodes(data=True)}
    linked = [node for node in graph if graph.degree(node)]
    overlaps = [
        (a, b)
        for a, b in combinations(linked, 2)
        if abs(places[a][0] - places[b][0]) < boxes[a].half + boxes[b].half - 1
        and -boxes[b].below - boxes[a].above + 1 < places[b][1] - places[a][1] < boxes[a].below + boxes[b].above - 1
    ]
    assert len(overlaps) <= 3
    xs, ys = zip(*places.values(), strict=True)
    assert max(xs) - min(xs) < 2500
    assert max(ys) - min(ys) < 2500


def test_nodes_without_edges_fill_a_block_of_rows_below_the_rest() -> None:
    graph = network.entity_network(synthetic(90))
    places = network.layout(graph)
    alone = [places[node] for node in graph if not graph.degree(node)]
    linked = [places[node] for node in graph if graph.degree(node)]
    assert len(alone) == 9
    assert min(y for _, y in alone) > max(y for _, y in linked)
    assert len({y for _, y in alone}) <= 3


def test_speech_moves_no_node_that_has_other_edges(records: Records) -> None:
    plain, spoken = network.entity_network(records), network.entity_network(records, speakers=True)
    assert network.layout(plain) == network.layout(spoken)


def test_a_layout_needs_no_more_than_networkx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "crategraph_forceatlas2", None)
    graph = network.entity_network(synthetic(40))
    assert network.layout(graph) == network.layout(graph)
    assert set(network.layout(graph)) == set(graph)


def test_the_smallest_graphs_have_a_layout() -> None:
    empty = network.entity_network(Records())
    assert network.layout(empty) == {}
    assert network.layout(network.entity_network(Records(entities=(entity(CLERK, "person"),)))) == {CLERK.iri: (0, 0)}
    knot = network.entity_network(Records(claims=(claim(1, CLERK, JOINED, CLERK),)))
    assert network.layout(knot) == {CLERK.iri: (0, 0)}
    pair = network.layout(network.entity_network(Records(claims=(claim(1, CLERK, JOINED, STRIKE),))))
    assert pair[CLERK.iri] != pair[STRIKE.iri]


def test_nodes_on_one_spot_are_parted() -> None:
    boxes = {name: label_box(name, claims=0) for name in "abc"}
    assert len(set(spread(dict.fromkeys("abc", (0.0, 0.0)), boxes).values())) == 3


def test_a_node_grows_with_its_claims() -> None:
    assert radius(0) < radius(1) < radius(20) <= radius(10**6) == 30
