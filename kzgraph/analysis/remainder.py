"""What is left of a graph without some of its claims: their source layers go, the derived layers are made anew.

With a claim go the nodes that are parts of it (``<claim>.speaker-1``), and figures that no other claim gives. What
has been decided about the claim goes where nothing is left to decide: a judgement on lineage that is left with one
claim or work, and a judgement on a conflict that does not stand any more. Entities, documents and passages stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from .. import iris
from ..derived import CONSTRUCTED, derive
from ..export.layers import Source
from ..reading import rows
from ..store import Oxigraph, in_memory
from ..terms import iri
from . import disagreement, mentions
from .comparisons import COMPARISONS, Side

if TYPE_CHECKING:
    from ..paths import Root
    from ..store import Store

#: The named graphs that ``derive`` makes.
DERIVED = frozenset((*CONSTRUCTED, "lineage", "conflicts"))

_QUANTITY = f"<{iris.quantity('')}"


def without(store: Store, root: Root, claims: Collection[str]) -> Oxigraph:
    """Gives a store in memory that holds a graph without some claims, with the layers derived from what is left.

    Args:
        store: Any store or endpoint; it is not changed.
        root: Where the rules and queries lie.
        claims: IRIs of claims.
    """
    left, _ = split(store, root, claims)
    found = in_memory("".join(left).encode())
    derive(root, found)
    return found


def split(store: Store, root: Root, claims: Collection[str]) -> tuple[list[str], list[str]]:
    """Gives the source layers of a graph as lines of N-Quads: what is left without some claims, and what goes."""
    lines = source_lines(store, root)
    if not claims:
        return lines, []
    gone = {iri(claim) for claim in claims}
    with_parts = gone | {iri(judgement) for judgement in _judgements(store, root, frozenset(claims))}
    left, fallen, used = [], [], set()
    for line in lines:
        subject, _, rest = line.split(" ", 2)
        value = rest[: rest.rindex(" <")]
        if subject in with_parts or value in with_parts or f"{subject.rpartition('.')[0]}>" in gone:
            fallen.append(line)
        else:
            left.append(line)
            if value.startswith(_QUANTITY):
                used.add(value)
    kept = [line for line in left if not line.startswith(_QUANTITY) or line.partition(" ")[0] in used]
    return kept, fallen + [line for line in left if line.startswith(_QUANTITY) and line.partition(" ")[0] not in used]


def _judgements(store: Store, root: Root, claims: frozenset[str]) -> Iterator[str]:
    """Gives the judgements that say nothing any more without some claims."""
    judged: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "lineage-judgements", root):
        judged[row["judgement"].value].add(row["thing"].value)
    for judgement, things in judged.items():
        if not things.isdisjoint(claims) and len(things - claims) < 2:
            yield judgement
    hit = [each for each in disagreement.stored(store, root) if not claims.isdisjoint(each.claims) and each.judgement]
    standing = Standing(store, root) if hit else None
    for conflict in hit:
        assert standing is not None
        assert conflict.judgement is not None
        if not standing.stands(conflict.claims, claims):
            yield conflict.judgement


def source_lines(store: Store, root: Root) -> list[str]:
    """Gives the source layers of a graph as sorted lines of N-Quads, without what is derived.

    A store without named graphs gives one layer, from which goes what can be derived from it.
    """
    if isinstance(store, Oxigraph) and store.query("ASK { GRAPH ?graph { ?s ?p ?o } }"):
        lines: Iterable[str] = store.dump().decode().splitlines(keepends=True)
    else:
        source = Source(store, root)
        whole = [layer for layer in source.layers if layer.iri is None]
        lines = [
            f"{s} {p} {o} {iri(layer.iri or iris.graph(layer.name))} .\n"
            for layer in source.layers
            for s, p, o in layer.triples
        ]
        if whole:
            return _underived(lines, root)
    derived = tuple(f" {iri(iris.graph(layer))} .\n" for layer in sorted(DERIVED))
    return sorted(line for line in lines if not line.endswith(derived))


def _underived(lines: list[str], root: Root) -> list[str]:
    derived, _ = derive(root, in_memory("".join(lines).encode()))
    triples = {line[: line.rindex(" <")] for line in derived}
    return sorted(line for line in lines if line[: line.rindex(" <")] not in triples)


class Standing:
    """Tells whether a conflict stands when some of its claims fall."""

    def __init__(self, store: Store, root: Root, evidence: mentions.Evidence | None = None) -> None:
        evidence = evidence or mentions.read(store, root)
        self._says = {mention.claim: (mention.content, mention.denies) for mention in evidence.mentions}
        self._voices = {mention.claim: mention.innermost or mention.document for mention in evidence.mentions}
        self._sides: dict[str, list[tuple[tuple[str, int], Side]]] = defaultdict(list)
        self._compare = {}
        for rule in disagreement.rules(root):
            self._compare[rule.name] = COMPARISONS[rule.compare]
            for number, group in enumerate(disagreement.groups(store, rule)):
                if len(group) > 1:
                    for side in group:
                        self._sides[side.claim].append(((rule.name, number), side))

    def stands(self, claims: Collection[str], fallen: Collection[str]) -> bool:
        """Tells whether, of the claims of a conflict, any two that are left still disagree.

        They do where a rule says so. Where a person added one of those that are left to what the rules had found, the
        judgement does not tell who stands against whom: two voices that say different things then still disagree.
        """
        left = [claim for claim in claims if claim not in fallen]
        if self._disagreeing(left):
            return True
        if self._disagreeing(claims).issuperset(left):
            return False
        return all(len({of.get(claim) for claim in left}) > 1 for of in (self._says, self._voices))

    def _disagreeing(self, claims: Collection[str]) -> set[str]:
        """Gives the claims that a rule finds to disagree with others of these claims."""
        groups: dict[tuple[str, int], list[Side]] = defaultdict(list)
        for claim in claims:
            for group, side in self._sides.get(claim, ()):
                groups[group].append(side)
        found: set[str] = set()
        for (rule, _), sides in groups.items():
            if len(sides) > 1:
                found |= self._compare[rule](sides)
        return found
