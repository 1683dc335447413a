"""What is ours about a node, besides its claims: the record of a work, our notes, and our decisions on identity.

None of it is a claim of a document. Everything is read with SPARQL, from any store or endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .queries import with_prefixes
from .terms import Table, iri

if TYPE_CHECKING:
    from .store import Store

_WORK = """
SELECT ?publisher ?author ?issued ?url WHERE {
  VALUES ?node { %s }
  ?node dcterms:title ?title .
  OPTIONAL { ?node dcterms:publisher ?by . ?by rdfs:label ?publisher . FILTER(LANG(?publisher) = "en") }
  OPTIONAL { ?node dcterms:creator ?who . ?who rdfs:label ?author . FILTER(LANG(?author) = "en") }
  OPTIONAL { ?node dcterms:issued ?issued }
  OPTIONAL { ?node kz:url ?url }
} ORDER BY ?publisher ?author ?issued ?url
"""
_NOTES = """
SELECT DISTINCT ?name ?note WHERE {
  VALUES ?node { %s }
  { ?node kz:note ?note } UNION { ?node kz:name ?each . ?each kz:text ?name ; kz:note ?note }
} ORDER BY ?name ?note
"""
_DECISIONS = """
SELECT ?judgement ?decision ?printed ?reason ?other ?label WHERE {
  VALUES ?node { %s }
  ?judgement a kz:IdentityJudgement ; kz:judges ?node ; kz:decision ?concept ; kz:reason ?reason .
  BIND(STRAFTER(STR(?concept), "judgement-") AS ?decision)
  OPTIONAL { ?judgement kz:printedName ?printed }
  OPTIONAL {
    ?judgement kz:judges ?other .
    ?other rdfs:label ?label .
    FILTER(?other != ?node && LANG(?label) = "en")
  }
} ORDER BY ?judgement ?printed ?label ?other
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on identity: what was decided and why, on which name as printed, and on what besides the node."""

    iri: str
    decision: str  # same, different, unsure
    reason: str
    printed: str | None = None
    others: tuple[tuple[str, str], ...] = ()  # label and IRI


@dataclass(frozen=True, slots=True)
class Remarks:
    """The bibliographic record of a work, by field; our notes, with the name that they are on; our decisions."""

    record: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str | None, str], ...] = ()
    decisions: tuple[Decision, ...] = ()


def remarks(store: Store, node: str) -> Remarks:
    """Gives what is ours about a node.

    Args:
        store: Any store or endpoint.
        node: Its IRI.
    """
    return Remarks(
        tuple(_record(_rows(store, _WORK, node))),
        tuple((row.get("name"), row["note"]) for row in _rows(store, _NOTES, node)),
        tuple(_decisions(_rows(store, _DECISIONS, node))),
    )


def _rows(store: Store, text: str, node: str) -> list[dict[str, str]]:
    table = store.query(with_prefixes(text % iri(node)))
    assert isinstance(table, Table)
    return list(table.records())


def _record(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Gives each field once with its values, several separated by commas."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for field, value in row.items():
            found.setdefault(field, {})[value] = None
    return [(field, ", ".join(values)) for field, values in found.items()]


def _decisions(rows: list[dict[str, str]]) -> list[Decision]:
    found: dict[str, Decision] = {}
    for row in rows:
        known = found.get(row["judgement"])
        others = known.others if known else ()
        if "other" in row:
            others = (*others, (row["label"], row["other"]))
        decision = Decision(row["judgement"], row["decision"], row["reason"], row.get("printed"), others)
        found[decision.iri] = decision
    return list(found.values())
