"""Ways between two nodes in words or JSON: at each hop who says it, in which words, and where.

Text from the graph never reaches a terminal raw; what a terminal would obey is written as an escape.
"""

from __future__ import annotations

import json
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..namespaces import shorten
from ..plaintext import printable
from ..reading import Reader, rows
from ..records import Ref
from .ways import Hop, Way, Ways

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

SHOWN = 3  # claims of a hop that are told whole
NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim as a hop shows it; ``mark`` is empty where it is asserted."""

    iri: str
    statement: str
    quote: str
    speakers: tuple[Ref, ...]  # outermost first
    document: Ref
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Itinerary:
    """Ways with the claims that their hops rest on, and what their support counts."""

    ways: Ways
    claims: Mapping[str, Quoted]
    unit: str = "document"


def quoted(store: Store, ways: Ways, root: Root | None = None, *, unit: str = "document") -> Itinerary:
    """Gives ways with the words of their claims, read from the store; ``unit`` is what their support counts."""
    every = [*ways.ways, *([ways.conditional] if ways.conditional else [])]
    wanted = tuple(sorted({claim for way in every for hop in way.hops for claim in (*hop.claims, *hop.other)}))
    if not wanted:
        return Itinerary(ways, {}, unit)
    reader = Reader(store, root)
    chains: dict[str, list[Ref]] = defaultdict(list)
    speakers = rows(store, "claim-speakers", root, only=("claim", wanted))
    for row in sorted(speakers, key=lambda row: (row["claim"].value, int(row["position"].value))):
        chains[row["claim"].value].append(reader.ref(row["speaker"].value))
    claims = {}
    for row in rows(store, "claims", root, only=("claim", wanted)):
        iri = row["claim"].value
        claims[iri] = Quoted(
            iri=iri,
            statement=row["statement"].value,
            quote=row["quote"].value,
            speakers=tuple(chains[iri]),
            document=reader.ref(row["document"].value),
            start=int(row["start"].value),
            end=int(row["end"].value),
            mark=ways.marks.get(iri, ""),
        )
    return Itinerary(ways, claims, unit)


# --- JSON -----------------------------------------------------------------------------------------------------


def as_json(told: Itinerary) -> str:
    """Gives an itinerary as JSON; nodes and claims are IRIs with labels and words beside them."""
    ways = told.ways
    content = {
        "from": _node(ways, ways.start.iri),
        "to": _node(ways, ways.end.iri),
        "rules": {
            "longest": ways.longest,
            "hub": ways.hub,
            "avoided": [_node(ways, node) | {"neighbours": count} for node, count in _largest(ways.avoided)],
            "places": ways.places,
            "passing_all": ways.passing_all,
            "apart": ways.apart,
        },
        "paths": [_way_json(told, way) for way in ways.ways],
        "needed": list(ways.needed),
        "passed": [_node(ways, node) for node in ways.passed],
        "unless": [list(claims) for claims in ways.unless],
        "conditional": _way_json(told, ways.conditional) if ways.conditional else None,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _node(ways: Ways, node: str) -> dict[str, object]:
    return {"iri": node, "label": _label(ways, node)}


def _way_json(told: Itinerary, way: Way) -> dict[str, object]:
    return {"support": way.support, "hops": [_hop_json(told, hop) for hop in way.hops]}


def _hop_json(told: Itinerary, hop: Hop) -> dict[str, object]:
    return {
        "from": _node(told.ways, hop.source),
        "to": _node(told.ways, hop.target),
        "support": hop.support,
        "weakest": hop.weakest,
        "claims": [_claim_json(told.claims[claim]) for claim in hop.claims],
        "not_asserted": [_claim_json(told.claims[claim]) for claim in hop.other],
    }


def _claim_json(claim: Quoted) -> dict[str, object]:
    return {
        "iri": claim.iri,
        "statement": claim.statement,
        "quote": claim.quote,
        "speakers": [{"iri": speaker.iri, "label": speaker.label} for speaker in claim.speakers],
        "document": {"iri": claim.document.iri, "label": claim.document.label},
        "start": claim.start,
        "end": claim.end,
        "mark": claim.mark or "asserted",
    }


# --- text -----------------------------------------------------------------------------------------------------


def as_text(told: Itinerary, *, width: int = 100) -> str:
    """Gives an itinerary as plain text, wrapped to a width."""
    return "".join(f"{line}\n" for line in _lines(told, max(width, NARROWEST)))


def _lines(told: Itinerary, width: int) -> Iterator[str]:
    ways = told.ways
    yield from _wrap(f"From {_named(ways, ways.start.iri)} to {_named(ways, ways.end.iri)}", width)
    for sentence in _rules(told):
        yield from _wrap(sentence, width)
    for number, way in enumerate(ways.ways, 1):
        yield ""
        yield from _wrap(_heading(told, number, way), width)
        yield from _hops(told, way, width)
    yield ""
    for sentence in _verdict(told):
        yield from _wrap(sentence, width)
    if ways.conditional:
        yield ""
        yield from _wrap(f"The path there would be, {_hop_count(ways.conditional)}:", width)
        yield from _hops(told, ways.conditional, width)


def _rules(told: Itinerary) -> Iterator[str]:
    ways = told.ways
    yield (
        f"A hop is what asserted claims say of two nodes; its support is how many {told.unit}s carry it. "
        f"A path has at most {ways.longest} hops."
    )
    kinds = []
    if ways.avoided:
        first = _largest(ways.avoided)[:5]
        hubs = ", ".join(f"{_label(ways, node)} ({count})" for node, count in first)
        more = f" and {len(ways.avoided) - len(first)} more" if len(ways.avoided) > len(first) else ""
        kinds.append(f"nodes with more than {ways.hub} neighbours, {hubs}{more}")
    if not ways.places:
        kinds.append("places")
    if kinds and ways.passing_all:
        yield f"No path does without passing hubs or places, so they are passed here: {'; '.join(kinds)}."
    elif kinds:
        apart = f" Passing them, {_count(ways.apart, 'hop')} would do." if ways.apart else ""
        yield f"Not passed: {'; '.join(kinds)}.{apart if _shorter(ways) else ''} (--without-hubs 0, --places)"


def _shorter(ways: Ways) -> bool:
    """Tells whether a path that passes anything is shorter than those told."""
    return ways.apart is not None and all(ways.apart < len(way.hops) for way in ways.ways)


def _heading(told: Itinerary, number: int, way: Way) -> str:
    sets = "" if number == 1 else "; it passes no node of those above"
    name = "Best-supported path" if number == 1 else f"Path {number}"
    where = "the weakest hop" if any(hop.weakest for hop in way.hops) else "every hop"
    weakest = f"{_count(way.support, told.unit)} at {where}"
    return f"{name}: {_hop_count(way)}, {weakest}{sets}"


def _hops(told: Itinerary, way: Way, width: int) -> Iterator[str]:
    ways = told.ways
    yield from _wrap(_label(ways, way.hops[0].source), width, indent=2)
    for hop in way.hops:
        yield f"  │ {_strength(told, hop)}"
        for claim in _first(told, hop.claims):
            yield from _claim(claim, width)
        if len(hop.claims) > SHOWN:
            rest = [claim for claim in hop.claims if claim not in {each.iri for each in _first(told, hop.claims)}]
            yield from _wrap(f"and {', '.join(map(shorten, rest))}", width, lead="  │ ")
        for claim in _first(told, hop.other):
            yield from _claim(claim, width)
        yield from _wrap(_label(ways, hop.target), width, indent=2)


def _strength(told: Itinerary, hop: Hop) -> str:
    if not hop.claims:
        return "nothing asserted joins these two"
    weakest = " — the weakest hop" if hop.weakest else ""
    return f"{_count(hop.support, told.unit)}, {_count(len(hop.claims), 'claim')}{weakest}"


def _first(told: Itinerary, claims: Iterable[str]) -> list[Quoted]:
    """Gives the claims of a hop that are told whole: of each document the first, then the others."""
    every = sorted(map(told.claims.__getitem__, claims), key=lambda each: (each.document.iri, each.start, each.iri))
    firsts = list({claim.document.iri: claim for claim in reversed(every)}.values())[::-1]
    rest = [claim for claim in every if claim not in firsts]
    return [*firsts, *rest][:SHOWN]


def _claim(claim: Quoted, width: int) -> Iterator[str]:
    mark = f"[{claim.mark}] " if claim.mark else ""
    chain = " → ".join(speaker.label for speaker in claim.speakers) or "the document itself"
    yield from _wrap(f"{mark}{claim.statement}", width, lead="  │ ", first="- ")
    yield from _wrap(f"“{claim.quote}”", width, lead="  │   ")
    yield from _wrap(f"{chain}; {claim.document.label}, characters {claim.start}–{claim.end}", width, lead="  │   ")
    yield from _wrap(shorten(claim.iri), width, lead="  │   ")


def _verdict(told: Itinerary) -> Iterator[str]:
    """Gives what the answer rests on, in whole sentences."""
    ways = told.ways
    if ways.ways:
        if ways.passed:
            yield f"Every path passes {'; '.join(_label(ways, node) for node in ways.passed)}."
        if ways.needed:
            each = "it" if len(ways.needed) == 1 else "each of them"
            accept = _listed(map(shorten, ways.needed))
            yield f"None unless you accept {accept}: under these rules every path rests on {each}."
        else:
            yield "No single claim carries every path."
        return
    lonely = [end for end, joined in zip((ways.start, ways.end), ways.joined, strict=True) if not joined]
    for end in lonely:
        yield f"No claim joins {_named(ways, end.iri)} to any other node."
    if ways.conditional is None:
        yield f"None: no claims, of whatever kind, join the two in {ways.longest} hops."
        return
    hops = (
        _listed((f"{shorten(claim)} ({told.claims[claim].mark})" for claim in claims), last="or")
        for claims in ways.unless
    )
    yield f"None unless you accept {_listed(hops)}: nothing that is asserted connects the two."


# --- words ----------------------------------------------------------------------------------------------------


def _wrap(text: str, width: int, *, indent: int = 0, lead: str = "", first: str = "") -> list[str]:
    before = " " * indent + lead
    return textwrap.wrap(
        printable(text),
        width=width,
        initial_indent=before + first,
        subsequent_indent=before + " " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _label(ways: Ways, node: str) -> str:
    for end in (ways.start, ways.end):
        if node == end.iri:
            return end.label
    return ways.labels.get(node) or shorten(node)


def _named(ways: Ways, node: str) -> str:
    return f"{_label(ways, node)} ({shorten(node)})"


def _largest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _hop_count(way: Way) -> str:
    return _count(len(way.hops), "hop")


def _listed(items: Iterable[str], *, last: str = "and") -> str:
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end
