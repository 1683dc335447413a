"""The best-supported ways between two nodes, against a search through all of them; and how they are told."""

from __future__ import annotations

import itertools
import json

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzgraph.build import Graph
from kzgraph.errors import QueryError
from kzgraph.namespaces import PREFIXES, shorten
from kzgraph.networks.itinerary import as_json, as_text, quoted
from kzgraph.networks.linkage import Links, documents_of, read_links
from kzgraph.networks.ways import Ways, find_ways
from kzgraph.paths import Root
from kzgraph.records import Ref

ID = PREFIXES["id"]
A, B = Ref("a", "Anna"), Ref("b", "Boris")


def links(*lines: str, places: str = "") -> Links:
    """Links from words: two nodes and claims; a claim's first letter is its document, ``!`` marks it as denied."""
    asserted: dict[str, dict[str, tuple[str, ...]]] = {}
    other: dict[str, dict[str, tuple[str, ...]]] = {}
    documents = {}
    for line in lines:
        x, y, *claims = line.split()
        for target, chosen in (
            (asserted, tuple(claim for claim in claims if claim[-1] != "!")),
            (other, tuple(claim for claim in claims if claim[-1] == "!")),
        ):
            if chosen:
                target.setdefault(x, {})[y] = target.setdefault(y, {})[x] = chosen
        documents |= {claim: claim[0] for claim in claims}
    marks = {claim: "denied" for claim in documents if claim[-1] == "!"}
    return Links(asserted, other, marks, documents, {}, frozenset(places.split()))


def routes(found: Ways) -> list[str]:
    return ["-".join([way.hops[0].source, *(hop.target for hop in way.hops)]) for way in found.ways]


def test_the_weakest_hop_decides_then_the_length() -> None:
    known = links("a x p1 q1", "x b p2 q2", "a b p3", "a y p4 q4", "y z p5 q5", "z b p6 q6")
    found = find_ways(known, A, B)
    assert routes(found) == ["a-x-b", "a-y-z-b", "a-b"]
    assert [way.support for way in found.ways] == [2, 2, 1]


def test_further_ways_pass_no_node_of_those_before() -> None:
    known = links("a x p1", "x b p2", "x y p3", "a y p4", "y b p5", "y z p6")
    assert routes(find_ways(known, A, B)) == ["a-x-b", "a-y-b"]
    assert routes(find_ways(known, A, B, most=1)) == ["a-x-b"]


def test_the_support_may_be_counted_otherwise() -> None:
    known = links("a x p1 q1", "x b p2 q2", "a y p3 p4 p5", "y b p6 p7 p8")
    assert routes(find_ways(known, A, B, most=1)) == ["a-x-b"]
    assert routes(find_ways(known, A, B, most=1, support=len)) == ["a-y-b"]
    assert documents_of(known)(("p1", "q1", "q2")) == 2


def test_of_equal_ways_more_claims_win_then_the_order_of_names() -> None:
    assert routes(find_ways(links("a x p1", "x b p2", "a y p3 p4", "y b p5"), A, B, most=1)) == ["a-y-b"]
    assert routes(find_ways(links("a y p1", "y b p2", "a x p3", "x b p4"), A, B, most=1)) == ["a-x-b"]


def test_the_weakest_hop_is_marked_unless_all_are_alike() -> None:
    way = find_ways(links("a x p1 q1", "x b p2"), A, B).ways[0]
    assert [hop.weakest for hop in way.hops] == [False, True]
    way = find_ways(links("a x p1", "x b p2"), A, B).ways[0]
    assert [hop.weakest for hop in way.hops] == [False, False]


def test_a_claim_without_which_there_is_no_way_is_told() -> None:
    found = find_ways(links("a x p1", "x y p2 q2", "x z p3", "z y q4", "y b q5 p5"), A, B)
    assert found.needed == ("p1",)
    assert found.passed == ("x", "y")
    assert find_ways(links("a x p1", "x b p2", "a y p3", "y b p4"), A, B).needed == ()


def test_hubs_and_places_are_not_passed_where_there_is_another_way() -> None:
    crowd = [f"h n{i} p{i}" for i in range(9)]
    known = links("a h p91", "h b p92", "a x p93", "x y p94", "y b p95", *crowd)
    found = find_ways(known, A, B, hub=5)
    assert (routes(found), dict(found.avoided), found.passing_all, found.apart) == (["a-x-y-b"], {"h": 11}, False, 2)
    assert routes(find_ways(known, A, B, hub=0)) == ["a-h-b", "a-x-y-b"]
    assert routes(find_ways(known, Ref("h", "Hub"), B, hub=5)) == ["h-b", "h-a-x-y-b"], "an end may be a hub"
    town = links("a t p1", "t b p2", "a x p3", "x y p4", "y b p5", places="t")
    assert routes(find_ways(town, A, B)) == ["a-x-y-b"]
    assert routes(find_ways(town, A, B, places=True)) == ["a-t-b", "a-x-y-b"]


def test_hubs_and_places_are_passed_where_nothing_else_connects() -> None:
    found = find_ways(links("a t p1", "t b p2", places="t"), A, B)
    assert (routes(found), found.passing_all, found.needed) == (["a-t-b"], True, ("p1", "p2"))


def test_what_is_not_asserted_is_looked_at_last_and_as_little_as_will_do() -> None:
    known = links("a x p1", "x y p2! q2!", "y b p3", "a z p4!", "z b p5!")
    found = find_ways(known, A, B)
    assert found.ways == ()
    assert found.unless == (("p2!", "q2!"),)
    assert found.conditional is not None
    assert [hop.claims for hop in found.conditional.hops] == [("p1",), (), ("p3",)]
    assert find_ways(links("a x p1", "x b p2", "a b p3!"), A, B).unless == ()


def test_where_nothing_connects_it_is_told_who_is_joined_to_nothing() -> None:
    found = find_ways(links("a x p1"), A, B)
    assert (found.ways, found.unless, found.joined) == ((), (), (True, False))


def test_a_way_has_no_more_hops_than_it_may() -> None:
    known = links("a x p1", "x y p2", "y b p3")
    assert routes(find_ways(known, A, B, longest=3)) == ["a-x-y-b"]
    assert find_ways(known, A, B, longest=2).ways == ()


def test_one_node_is_no_path() -> None:
    with pytest.raises(QueryError, match="both ends"):
        find_ways(links("a x p1"), A, A)


NODES = "abcdefg"
edges = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(1, 3)).filter(
    lambda edge: edge[0] < edge[1]
)


@given(st.lists(edges, max_size=14, unique_by=lambda edge: edge[:2]))
@settings(max_examples=200, deadline=None)
def test_the_best_way_is_the_best_of_all(chosen: list[tuple[str, str, int]]) -> None:
    known = links(*(f"{x} {y} " + " ".join(f"{'pqr'[k]}{i}" for k in range(n)) for i, (x, y, n) in enumerate(chosen)))
    found = find_ways(known, A, B, hub=0, most=9)
    plain = networkx.Graph()
    plain.add_nodes_from("ab")
    plain.add_weighted_edges_from(chosen)
    every = list(networkx.all_simple_paths(plain, "a", "b", cutoff=6))
    graded = [(-min(plain[x][y]["weight"] for x, y in itertools.pairwise(p)), len(p) - 1) for p in every]
    assert bool(found.ways) == bool(every)
    if every:
        best = found.ways[0]
        assert (-best.support, len(best.hops)) == min(graded)
        inner = [hop.target for way in found.ways for hop in way.hops[:-1]]
        assert len(inner) == len(set(inner))
        vital = [
            claims[0]
            for claims in {links_of[y] for x, links_of in known.asserted.items() for y in links_of}
            if len(claims) == 1 and not _still(plain, claims[0], known)
        ]
        assert set(found.needed) == set(vital)
        cut = [n for n in sorted(set(plain) - {"a", "b"}) if all(n in path for path in every)]
        assert sorted(found.passed) == cut


def _still(plain: networkx.Graph, claim: str, known: Links) -> bool:
    """Whether the two are connected without a claim."""
    rest = plain.copy()
    rest.remove_edges_from([(x, y) for x, near in known.asserted.items() for y in near if near[y] == (claim,)])
    return networkx.has_path(rest, "a", "b")


# --- words ------------------------------------------------------------------------------------------------------

DANA, UNION = Ref(f"{ID}dana-ospan", "Dana Ospan"), Ref(f"{ID}miners-union-of-aktas", "Miners' union of Aktas")
DISMISSALS = Ref(f"{ID}dismissals-aktas-2012", "Dismissals at the Aktas salt works, 2012")
MINERS = Ref(f"{ID}miners-of-aktas", "Miners of Aktas")

TOLD = """\
From Dismissals at the Aktas salt works, 2012 (id:dismissals-aktas-2012) to Miners of Aktas (id:miners-of-aktas)
A hop is what asserted claims say of two nodes; its support is how many documents carry it. A path has at most 6 hops.
Not passed: places. (--without-hubs 0, --places)

Best-supported path: 2 hops, 1 document at every hop
  Dismissals at the Aktas salt works, 2012
  │ 1 document, 1 claim
  │ - The dismissals came after the stoppage.
  │   “dismissed after the stoppage”
  │   Dana Ospan; Strike at the Aktas salt works, characters 137–170
  │   claim:steppe-bulletin.004
  │ - [denied] The dismissals were caused by the strike.
  │   “отрицает, что увольнения связаны с забастовкой”
  │   Management of the Aktas salt works; Забастовка в Актасе, characters 68–123
  │   claim:aktas-vestnik.002
  Stoppage at the Aktas salt works, May 2012
  │ 1 document, 1 claim
  │ - Miners of the Aktas salt works took part in the stoppage.
  │   “miners at the Aktas salt works stopped work”
  │   the document itself; Strike at the Aktas salt works, characters 46–89
  │   claim:steppe-bulletin.002
  Miners of Aktas

Every path passes Stoppage at the Aktas salt works, May 2012.
None unless you accept claim:steppe-bulletin.004 and claim:steppe-bulletin.002: under these rules every path rests on
each of them.
"""


def test_a_way_is_told_with_the_words_and_the_speakers_at_each_hop(mini: Graph, mini_root: Root) -> None:
    found = find_ways(read_links(mini.store, mini_root), DISMISSALS, MINERS)
    assert as_text(quoted(mini.store, found, mini_root), width=120) == TOLD


def test_speakers_are_hops_only_when_asked_for(mini: Graph, mini_root: Root) -> None:
    management = Ref(f"{ID}aktas-salt-works-management", "Management of the Aktas salt works")
    found = find_ways(read_links(mini.store, mini_root), management, MINERS)
    told = as_text(quoted(mini.store, found, mini_root), width=120)
    assert (
        "No claim joins Management of the Aktas salt works (id:aktas-salt-works-management) to any other node." in told
    )
    assert "None: no claims, of whatever kind, join the two in 6 hops." in told


def test_a_corpus_that_only_denies_says_what_would_have_to_be_accepted(mini: Graph, mini_root: Root) -> None:
    asserted = read_links(mini.store, mini_root)
    strike = Ref(f"{ID}strike-aktas-2012", "Stoppage at the Aktas salt works, May 2012")
    denied = Links({}, asserted.other, asserted.marks, asserted.documents, asserted.labels)
    found = find_ways(denied, DISMISSALS, strike)
    told = as_text(quoted(mini.store, found, mini_root), width=120)
    assert "None unless you accept claim:aktas-vestnik.002 (denied): nothing that is asserted connects the two." in told
    assert "[denied] The dismissals were caused by the strike." in told


def test_json_has_all_that_the_text_has(mini: Graph, mini_root: Root) -> None:
    found = find_ways(read_links(mini.store, mini_root), DISMISSALS, MINERS)
    told = json.loads(as_json(quoted(mini.store, found, mini_root)))
    hop = told["paths"][0]["hops"][0]
    assert hop["claims"][0]["quote"] == "dismissed after the stoppage"
    assert hop["claims"][0]["speakers"] == [{"iri": DANA.iri, "label": "Dana Ospan"}]
    assert hop["not_asserted"][0]["mark"] == "denied"
    assert [shorten(claim) for claim in told["needed"]] == ["claim:steppe-bulletin.004", "claim:steppe-bulletin.002"]
    assert told["passed"][0]["label"] == "Stoppage at the Aktas salt works, May 2012"


def test_nothing_that_a_terminal_obeys_gets_through(mini: Graph, mini_root: Root) -> None:
    hostile = Ref(DANA.iri, "Dana\x1b[31m Ospan")
    found = find_ways(read_links(mini.store, mini_root), hostile, UNION)
    assert "\x1b" not in as_text(quoted(mini.store, found, mini_root))


def test_in_the_corpus_every_hop_has_its_words(graph: Graph) -> None:
    ends = Ref(f"{ID}vadim-kuramshin", "Vadim Kuramshin"), Ref(f"{ID}european-union", "European Union")
    told = quoted(graph.store, find_ways(read_links(graph.store), *ends))
    assert told.ways.ways
    for way in told.ways.ways:
        assert (way.hops[0].source, way.hops[-1].target) == (ends[0].iri, ends[1].iri)
        for hop in way.hops:
            assert hop.claims
            for claim in hop.claims:
                assert told.claims[claim].quote
