"""What falls if a source is withdrawn: a document, a speaker or, if asked, a cited work.

A claim falls with the document that reports it and with every speaker of its chain; with a work that it cites only if
that is asked, since what is cited is not always what a claim rests on. A proposition is lost when everything that
supports it falls, a plain edge when every claim that asserts it does. So nothing is computed anew for each source: who
is behind all the claims of a proposition is what their sources have in common.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from ..networks import measures
from ..networks.projections import Projection, project
from ..paths import find_root
from ..reading import rows
from ..terms import Term
from . import disagreement, mentions, origins
from .mentions import Evidence, Mention
from .origins import Support
from .remainder import Standing

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store
    from .disagreement import Conflict

#: The network whose rankings are looked at, and by which measures.
NETWORK, MEASURES = "claims-as-links", ("degree", "betweenness")
#: How many of the first ranks are looked at.
TOP = 20

DOCUMENT, SPEAKER, WORK = "document", "speaker", "cited work"

Edge = tuple[str, str, Term]


@dataclass(frozen=True, slots=True)
class Holding:
    """What the claims of a graph hold up, read once."""

    evidence: Evidence
    supports: tuple[Support, ...]
    edges: Mapping[Edge, frozenset[str]]  # with the claims that assert them
    conflicts: tuple[Conflict, ...]
    standing: Standing
    links: Projection


@dataclass(frozen=True, slots=True)
class Change:
    """A proposition that keeps support, with the bounds of its independent origins before and after."""

    proposition: str
    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """A node whose rank by a measure is another; ``after`` is None where it is tied to nobody any more."""

    measure: str
    node: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What falls with some claims. Everything is sorted."""

    claims: tuple[str, ...] = ()
    propositions: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    edges: tuple[Edge, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Reliance:
    """How much rests on one source: what its withdrawal would take away.

    ``shift`` is the largest number of ranks by which one of the first nodes would move, and ``shifted`` that node.
    """

    source: str
    kind: str  # document, speaker, cited work
    claims: int
    propositions: int
    edges: int
    conflicts: int
    shift: int = 0
    shifted: str | None = None


def withdraw(
    store: Store, sources: Iterable[str], *, cited: bool = False, top: int = TOP, root: Root | None = None
) -> Loss:
    """Gives what falls if some sources are withdrawn together. The store is not changed.

    Args:
        store: Any store or endpoint.
        sources: IRIs of documents and speakers and, with ``cited``, of works.
        cited: Whether claims fall with a work that they cite or, in a list of references, describe.
        top: How many of the first ranks of the network are looked at.
        root: Where the rules and queries lie.
    """
    holding = read(store, root)
    return loss(holding, fallen(holding.evidence.mentions, sources, cited=cited), top=top)


def every(store: Store, *, cited: bool = False, root: Root | None = None) -> tuple[Reliance, ...]:
    """Gives what rests on each source by itself; those with which most is lost come first."""
    return reliances(read(store, root), cited=cited)


def read(store: Store, root: Root | None = None) -> Holding:
    """Reads what the claims of a graph hold up."""
    root = root or find_root()
    evidence = mentions.read(store, root)
    edges: dict[Edge, set[str]] = defaultdict(set)
    for row in rows(store, "stated-by", root):
        edges[row["subject"].value, row["predicate"].value, row["object"]].add(row["claim"].value)
    return Holding(
        evidence,
        origins.origins(evidence),
        {edge: frozenset(claims) for edge, claims in edges.items()},
        disagreement.stored(store, root),
        Standing(store, root, evidence),
        project(store, NETWORK, root),
    )


def sources_of(mention: Mention, *, cited: bool = False) -> dict[str, str]:
    """Gives the sources with which a claim falls, by IRI, each with its kind."""
    found = dict.fromkeys(mention.works, WORK) if cited else {}
    return found | dict.fromkeys(mention.speakers, SPEAKER) | {mention.document: DOCUMENT}


def fallen(mentions: Iterable[Mention], sources: Iterable[str], *, cited: bool = False) -> frozenset[str]:
    """Gives the claims that fall with some sources."""
    gone = frozenset(sources)
    return frozenset(each.claim for each in mentions if not gone.isdisjoint(sources_of(each, cited=cited)))


# --- some sources, in detail ----------------------------------------------------------------------------------


def loss(holding: Holding, claims: frozenset[str], *, top: int = TOP) -> Loss:
    """Gives what falls with some claims."""
    lost, changed = [], []
    mentions = {mention.claim: mention for mention in holding.evidence.mentions}
    for support in holding.supports:
        left = [mentions[claim] for claim in support.mentions if claim not in claims]
        if not left:
            lost.append(support.proposition)
        elif len(left) < len(support.mentions):
            after = origins.support(support.proposition, left, holding.evidence.keys)
            if (support.low, support.high) != (after.low, after.high):
                changed.append(Change(support.proposition, (support.low, support.high), (after.low, after.high)))
    return Loss(
        tuple(sorted(claims)),
        tuple(lost),
        tuple(changed),
        tuple(sorted((edge for edge, by in holding.edges.items() if by <= claims), key=str)),
        tuple(each for each in holding.conflicts if _dissolves(holding, each, claims)),
        tuple(move for name in MEASURES for move in _moves(holding.links, name, claims, top)),
    )


def _dissolves(holding: Holding, conflict: Conflict, claims: Collection[str]) -> bool:
    return any(claim in claims for claim in conflict.claims) and not holding.standing.stands(conflict.claims, claims)


def _moves(links: Projection, name: str, claims: frozenset[str], top: int) -> Iterator[Move]:
    """Gives the nodes of the first ranks, before or after, whose rank is another after."""
    left = replace(links, rows=tuple(row for row in links.rows if claims.isdisjoint(row.claims)))
    if len(left.rows) == len(links.rows):
        return
    before, after = (measures.ranking(each, name).ranks for each in (links, left))
    first = {node for ranks in (before, after) for node, rank in ranks.items() if rank <= top}
    for node in sorted(first, key=lambda node: (before.get(node, len(before) + 1), node)):
        if before.get(node) != after.get(node):
            yield Move(name, node, before.get(node), after.get(node))


# --- every source by itself -----------------------------------------------------------------------------------


def reliances(holding: Holding, *, cited: bool = False) -> tuple[Reliance, ...]:
    """Gives what rests on each source; the time grows with the claims, and with the conflicts' claims and sources."""
    kinds: dict[str, str] = {}
    behind: dict[str, frozenset[str]] = {}
    for mention in holding.evidence.mentions:
        sources = sources_of(mention, cited=cited)
        behind[mention.claim] = frozenset(sources)
        for source, kind in sources.items():
            kinds[source] = min(kind, kinds.get(source, kind), key=(DOCUMENT, SPEAKER, WORK).index)
    claims = Counter(source for sources in behind.values() for source in sources)
    propositions = Counter(source for each in holding.supports for source in _common(each.mentions, behind))
    edges = Counter(source for by in holding.edges.values() for source in _common(by, behind))
    conflicts = Counter(source for each in holding.conflicts for source in _dissolvers(holding, each, behind))
    shifts = _shifts(holding.links, behind)
    found = [
        Reliance(
            source,
            kinds[source],
            claims[source],
            propositions[source],
            edges[source],
            conflicts[source],
            *shifts.get(source, (0, None)),
        )
        for source in kinds
    ]
    return tuple(sorted(found, key=lambda each: (-each.propositions, -each.claims, each.source)))


def _common(claims: Iterable[str], behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Gives the sources that are behind all of some claims."""
    return reduce(frozenset.intersection, (behind[claim] for claim in claims))


def _dissolvers(holding: Holding, conflict: Conflict, behind: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Gives the sources without which a conflict does not stand."""
    by_source: dict[str, set[str]] = defaultdict(set)
    for claim in conflict.claims:
        for source in behind[claim]:
            by_source[source].add(claim)
    known: dict[frozenset[str], bool] = {}  # several sources often take the same claims away
    for source, claims in by_source.items():
        gone = frozenset(claims)
        if gone not in known:
            known[gone] = holding.standing.stands(conflict.claims, gone)
        if not known[gone]:
            yield source


def _shifts(links: Projection, behind: Mapping[str, frozenset[str]]) -> dict[str, tuple[int, str]]:
    """Gives, for each source, the largest move of one of the first nodes by degree, and that node."""
    degrees, lost = _degrees(links, behind)
    ordered = sorted(degrees.values())
    ranks = measures.ranks({node: float(degree) for node, degree in degrees.items()})
    first = sorted(ranks, key=lambda node: (ranks[node], node))[:TOP]  # nodes of one rank may be very many
    found = {}
    for source, losing in lost.items():
        moves = [(abs(_rank_without(losing, node, degrees, ordered) - ranks[node]), node) for node in first]
        shift, node = min(moves, key=lambda move: (-move[0], ranks[move[1]], move[1]))
        if shift:
            found[source] = shift, node
    return found


def _degrees(links: Projection, behind: Mapping[str, frozenset[str]]) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Gives with how many others each node is tied, and how many of these ties fall with each source."""
    ties: dict[tuple[str, str], frozenset[str]] = {}
    for row in links.rows:
        pair = (min(row.ends), max(row.ends))
        sources = frozenset[str]().union(*(behind[claim] for claim in row.claims))
        ties[pair] = ties[pair] & sources if pair in ties else sources
    degrees: Counter[str] = Counter()
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, sources in ties.items():
        if pair[0] != pair[1]:
            degrees.update(pair)
            for source in sources:
                lost[source].update(pair)
    return degrees, lost


def _rank_without(losing: Mapping[str, int], node: str, degrees: Mapping[str, int], ordered: list[int]) -> int:
    """Gives a node's rank when some nodes lose ties: one more than how many have more ties than it.

    Only the nodes that lose ties are counted anew, against all degrees in order.
    """
    mine = degrees[node] - losing.get(node, 0)
    above = len(ordered) - bisect_right(ordered, mine)
    for other, ties in losing.items():
        above += (degrees[other] - ties > mine) - (degrees[other] > mine)
    return above + 1
