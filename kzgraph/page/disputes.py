"""Who says otherwise, and how independently, as the page's scripts read it: conflicts with their sides, and origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..analysis import disagreement, origins
from ..analysis.disagreement import EXPLAINED, GENUINE, UNRESOLVED, Conflict
from ..analysis.origins import Count, Fold
from ..analysis.standing import heading, ranked
from ..namespaces import BASE
from ..records import ClaimRecord, Records
from ..sheet.gather import affirms
from .payload import filled

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

#: How a claim stands that has part in a conflict of a status, in a table of claims.
_STANDINGS = {
    GENUINE: "in a genuine conflict",
    UNRESOLVED: "in an unresolved conflict",
    EXPLAINED: "only looks like a conflict",
}


@dataclass(frozen=True, slots=True)
class Disputes:
    """What a whole graph holds on who says otherwise, whatever part of it a page shows.

    ``claims`` are the records of all claims by IRI, so that a side that is not on the page can be told there.
    """

    conflicts: tuple[Conflict, ...] = ()
    counts: Mapping[str, Count] = field(default_factory=dict)
    claims: Mapping[str, ClaimRecord] = field(default_factory=dict)


def read(store: Store, records: Records, root: Root | None = None) -> Disputes:
    """Gives the conflicts and origins that a graph holds, with all its records."""
    claims = {claim.iri: claim for claim in records.claims}
    return Disputes(disagreement.stored(store, root), origins.stored(store, root), claims)


def conflicts(found: Disputes, number: Mapping[str, int], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Gives the conflicts in which a claim of the page has a side, the genuine first.

    Args:
        found: What the graph holds.
        number: The place of each claim of the page among its claims, by IRI; other claims are given in words.
        titles: What the page calls the documents, by IRI.
    """
    here = [conflict for conflict in found.conflicts if any(claim in number for claim in conflict.claims)]
    return [
        {
            "status": conflict.status,
            "kind": conflict.kind,
            "head": heading(conflict),
            "reason": conflict.reason,
            "sides": [
                number[iri] if iri in number else _elsewhere(found.claims[iri], titles)
                for iri in conflict.claims
                if iri in number or iri in found.claims
            ],
        }
        for conflict in ranked(here)
    ]


def supports(found: Disputes, number: Mapping[str, int]) -> list[dict[str, Any]]:
    """Gives each proposition of the page that several claims of the graph express: mentions, origins and folds."""
    often = Counter(claim.proposition for claim in found.claims.values())
    members: dict[str, list[int]] = {}
    affirmed = {claim.proposition for claim in found.claims.values() if affirms(claim)}
    for iri in sorted(number, key=number.__getitem__):
        claim = found.claims.get(iri)
        if claim and often[claim.proposition] > 1 and claim.proposition in found.counts:
            members.setdefault(claim.proposition, []).append(number[iri])
    return [
        filled(
            {
                "id": _key(proposition),
                "claims": claims,
                "mentions": found.counts[proposition].mentions,
                "documents": found.counts[proposition].documents,
                "low": found.counts[proposition].low,
                "high": found.counts[proposition].high,
                "unaffirmed": proposition not in affirmed,
                "folds": [_fold(fold) for fold in found.counts[proposition].folds],
            }
        )
        for proposition, claims in members.items()
    ]


def standings(told: list[dict[str, Any]], claims: list[dict[str, Any]]) -> dict[str, str]:
    """Gives how each claim of the page stands that has part in a conflict, by its id."""
    found: dict[str, str] = {}
    for conflict in told:  # the genuine come first
        for side in conflict["sides"]:
            if isinstance(side, int):
                found.setdefault(claims[side]["id"], _STANDINGS[conflict["status"]])
    return found


def _fold(fold: Fold) -> list[str | int]:
    """Gives which claim adds no origin to which, why, and 1 if that is certain."""
    return [_key(fold.claim), _key(fold.into), fold.reason, int(fold.strength == origins.CERTAIN)]


def _elsewhere(claim: ClaimRecord, titles: Mapping[str, str]) -> dict[str, Any]:
    """Gives a side that is not on the page, in words."""
    return filled(
        {
            "id": _key(claim.iri),
            "text": claim.statement,
            "quote": claim.quote,
            "title": titles.get(claim.document.iri, claim.document.label),
            "speakers": [speaker.label for speaker in claim.speakers],
            "at": [claim.start, claim.end],
            "when": claim.when,
            "negative": claim.polarity == "negative",
            "modality": claim.modality if claim.modality != "asserted" else None,
            "same": _key(claim.proposition),
        }
    )


def _key(iri: str) -> str:
    return iri.removeprefix(BASE).partition("/")[2]
