"""How two nodes are connected by claims: the best-supported ways, and what they cannot do without.

A hop joins the subject and the object of claims, whichever way they point. The best way is the one whose weakest hop
has the most support, then the shorter one, then the one with more support and more claims in all. Only what is
asserted makes a hop, until nothing else connects the two. Nor are hubs and places passed until then, unless it is
wished: that two have to do with one country, or with towns that lie near each other, connects them little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from ..errors import QueryError
from ..records import Ref
from .linkage import Links, Support, documents_of

#: How many hops a way may have, and how many neighbours a node that it passes.
LONGEST, HUB = 6, 40


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: from a node to the next, the claims that carry it, those that speak of it otherwise, its support."""

    source: str
    target: str
    claims: tuple[str, ...]
    other: tuple[str, ...]
    support: int
    weakest: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way; the nodes it passes are the ends of its hops."""

    hops: tuple[Hop, ...]

    @property
    def support(self) -> int:
        """The support of the weakest hop."""
        return min(hop.support for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways between two nodes, and the rules under which they were looked for.

    ``avoided`` are the hubs that are not passed, with how many neighbours each has, and ``places`` tells whether places
    are; ``passing_all`` tells that the ways pass such after all, since no other way is there, and ``apart`` in how many
    hops the two would be connected by passing all. ``needed`` are claims on which every way rests, ``passed``
    nodes that every way passes. ``conditional`` is, where there is no way, one with hops that nothing asserted
    carries. ``joined`` tells of each end whether any claim joins it to another node.
    """

    start: Ref
    end: Ref
    ways: tuple[Way, ...]
    hub: int
    longest: int
    avoided: Mapping[str, int] = field(default_factory=dict)
    places: bool = False
    passing_all: bool = False
    apart: int | None = None
    needed: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    conditional: Way | None = None
    joined: tuple[bool, bool] = (True, True)
    labels: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def unless(self) -> tuple[tuple[str, ...], ...]:
        """The claims of which one would have to be accepted for there to be a way, hop by hop."""
        return tuple(hop.other for hop in self.conditional.hops if not hop.claims) if self.conditional else ()


def find_ways(
    links: Links,
    start: Ref,
    end: Ref,
    *,
    most: int = 3,
    hub: int = HUB,
    longest: int = LONGEST,
    places: bool = False,
    support: Support | None = None,
) -> Ways:
    """Gives the best-supported ways from one node to another.

    The further ways pass no node that an earlier one passes. Where nothing asserted connects the two without hubs
    and places, these are passed; where nothing does even so, what is not asserted is looked at, as little of it as
    will do.

    Args:
        links: What claims join.
        start: The one end.
        end: The other.
        most: How many ways at most.
        hub: A node with more neighbours is not passed; 0 lets all be passed.
        longest: How many hops a way may have.
        places: Whether places may be passed.
        support: How well some claims support a hop; without it, how many documents report them.

    Raises:
        QueryError: The two ends are one.
    """
    if start.iri == end.iri:
        raise QueryError(f"`{start.label}` is both ends of the path.", hint="Name two nodes.")
    ends = {start.iri, end.iri}
    avoided = {node: len(near) for node, near in links.asserted.items() if hub and len(near) > hub and node not in ends}
    search = _Search(links, start.iri, end.iri, longest, support or documents_of(links))
    nothing: frozenset[str] = frozenset()
    closed = frozenset(avoided) | (nothing if places else links.places)
    ways = search.ways(most, closed)
    anyhow = () if ways else search.ways(most, nothing)
    shown, open_to = (ways, closed) if ways else (anyhow, nothing)
    known = links.asserted.keys() | links.other.keys()
    return Ways(
        start=start,
        end=end,
        ways=shown,
        hub=hub,
        longest=longest,
        avoided=avoided,
        places=places,
        passing_all=bool(anyhow),
        apart=search.apart(),
        needed=search.needed(shown[0], open_to) if shown else (),
        passed=search.passed(shown[0], open_to) if shown else (),
        conditional=None if shown else search.conditional(closed) or search.conditional(nothing),
        joined=(start.iri in known, end.iri in known),
        labels=links.labels,
        marks=links.marks,
    )


@dataclass(frozen=True, slots=True)
class _Barred:
    """What a search leaves out: nodes that are not passed, one claim, and whether the direct hop."""

    nodes: frozenset[str]
    claim: str | None = None
    direct: bool = False


class _Search:
    """Looks for ways between two nodes."""

    def __init__(self, links: Links, start: str, end: str, longest: int, support: Support) -> None:
        self._links, self._start, self._end, self._longest = links, start, end, longest
        self._support = cache(support)

    def ways(self, most: int, closed: frozenset[str]) -> tuple[Way, ...]:
        """Gives the best ways, each without the nodes that those before it pass."""
        found: list[Way] = []
        barred = _Barred(closed)
        while len(found) < most and (path := self._best(barred)):
            found.append(self._way(path))
            barred = _Barred(barred.nodes | set(path[1:-1]), direct=barred.direct or len(path) == 2)
        return tuple(found)

    def needed(self, way: Way, closed: frozenset[str]) -> tuple[str, ...]:
        """Gives the claims without each of which there is no way; all of them are the only ones of a hop."""
        alone = [hop.claims[0] for hop in way.hops if len(hop.claims) == 1]
        return tuple(claim for claim in dict.fromkeys(alone) if not self._seek(_Barred(closed, claim)))

    def passed(self, way: Way, closed: frozenset[str]) -> tuple[str, ...]:
        """Gives the nodes that every way passes."""
        inner = [hop.target for hop in way.hops[:-1]]
        return tuple(node for node in inner if not self._seek(_Barred(closed | {node})))

    def apart(self) -> int | None:
        """Gives how many hops the shortest way has that may pass any node."""
        path = self._seek(_Barred(frozenset()))
        return len(path) - 1 if path else None

    def conditional(self, closed: frozenset[str]) -> Way | None:
        """Gives the way with the fewest hops that nothing asserted carries."""
        path = self._seek(_Barred(closed), any_claims=True)
        return self._way(path) if path else None

    def _best(self, barred: _Barred) -> tuple[str, ...] | None:
        """Gives the way whose weakest hop has the most support, by halving the levels of support."""
        near = self._links.asserted
        levels = sorted({self._support(claims) for others in near.values() for claims in others.values()})
        best, low, high = None, 0, len(levels)
        while low < high:
            middle = (low + high) // 2
            path = self._seek(barred, floor=levels[middle])
            best, low, high = (path, middle + 1, high) if path else (best, low, middle)
        return best

    def _seek(self, barred: _Barred, *, floor: int = 0, any_claims: bool = False) -> tuple[str, ...] | None:
        """Gives the way with the fewest hops that are not asserted, then the fewest hops, then the most support.

        Goes out from the start hop by hop; of the ways to one node with equally many hops the best is kept, and only
        if it is better than every shorter one.
        """
        border: dict[str, _Cost] = {self._start: (0, 0, 0, (self._start,))}
        least = {self._start: 0}
        arrived: list[tuple[int, int, _Cost]] = []
        for hops in range(1, self._longest + 1):
            reached: dict[str, _Cost] = {}
            for node in sorted(border):
                weak, total, claims, path = border[node]
                for other, cost in self._steps(node, barred, floor, any_claims):
                    new = (weak + cost[0], total - cost[1], claims - cost[2], (*path, other))
                    if new[0] < least.get(other, len(path) + 1) and (other not in reached or new < reached[other]):
                        reached[other] = new
            least |= {node: cost[0] for node, cost in reached.items()}
            if self._end in reached:
                arrived.append((reached[self._end][0], hops, reached.pop(self._end)))
                if not arrived[-1][0]:
                    break
            border = reached
        return min(arrived)[2][3] if arrived else None

    def _steps(
        self, node: str, barred: _Barred, floor: int, any_claims: bool
    ) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """Gives where one may go from a node: whether nothing asserted leads there, with what support and claims."""
        asserted, other = self._links.asserted.get(node, {}), self._links.other.get(node, {}) if any_claims else {}
        for target in sorted({*asserted, *other}) if other else asserted:
            if target in barred.nodes and target != self._end:
                continue
            if barred.direct and node == self._start and target == self._end:
                continue
            claims = asserted.get(target, ())
            if barred.claim in claims:
                claims = tuple(claim for claim in claims if claim != barred.claim)
            support = self._support(claims) if claims else 0
            if claims and support >= floor:
                yield target, (0, support, len(claims))
            elif target in other:
                yield target, (1, 0, len(other[target]))

    def _way(self, path: tuple[str, ...]) -> Way:
        asserted, other = self._links.asserted, self._links.other
        steps = [(a, b, asserted.get(a, {}).get(b, ()), other.get(a, {}).get(b, ())) for a, b in pairwise(path)]
        weights = [(self._support(claims) if claims else 0, len(claims)) for _, _, claims, _ in steps]
        least = min(weights)
        weak = len(set(weights)) > 1
        hops = (Hop(*step, weight[0], weak and weight == least) for step, weight in zip(steps, weights, strict=True))
        return Way(tuple(hops))


#: Hops that nothing asserted carries, and, negative so that less is better, support and claims; then the nodes.
_Cost = tuple[int, int, int, tuple[str, ...]]
