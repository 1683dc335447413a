"""JSON Lines of what follows from the claims: conflicts with their rule and status, origins with each fold."""

from __future__ import annotations

from typing import Any

from ..analysis import disagreement, rivals
from .jsonl import lines
from .layers import Source

Json = dict[str, Any]


def conflicts(source: Source) -> bytes:
    """Gives one conflict a line, by IRI; several rules that found one conflict are separated by a space."""
    return lines(
        {
            "conflict": each.iri,
            "kind": each.kind,
            "status": each.status,
            "explanation": each.explanation,
            "rule": " ".join(each.rules),
            "claims": list(each.claims),
            "reason": each.reason,
            "judgement": each.judgement,
        }
        for each in disagreement.stored(source.store, source.root)
    )


def origins(source: Source) -> bytes:
    """Gives one proposition a line, by IRI, with the bounds of its independent origins."""
    found = sorted(rivals.supported(source.store, root=source.root), key=lambda each: each.proposition)
    return lines(
        {
            "proposition": each.proposition,
            "statement": each.statement,
            "mentions": each.count.mentions,
            "documents": each.count.documents,
            "publishers": each.count.publishers,
            "origins_low": each.count.low,
            "origins_high": each.count.high,
            "claims": [claim.iri for claim in each.claims],
            "folds": [
                {"claim": fold.claim, "into": fold.into, "reason": fold.reason, "strength": fold.strength}
                for fold in each.count.folds
            ],
        }
        for each in found
    )
