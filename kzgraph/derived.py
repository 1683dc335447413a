"""The derived layers: what follows from the source layers by rules; deleted and built again, they are the same bytes.

::

    propositions, stated    one CONSTRUCT each, in queries/derive/
    lineage                 origins of propositions, and the shared text in which claims lie
    conflicts               candidates of the rules in queries/conflicts/, as they were judged
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from . import iris
from .analysis import disagreement, mentions, origins
from .namespaces import KZ
from .terms import Triples, integer, iri, literal, name

if TYPE_CHECKING:
    from .paths import Root
    from .store import Oxigraph

#: The layers that are one CONSTRUCT, in the order in which they are made: each may use those before it.
CONSTRUCTED = ("propositions", "stated")

Triple = tuple[str, str, str]
_TYPE = name("rdf:type")


def derive(root: Root, store: Oxigraph) -> tuple[set[str], tuple[disagreement.Conflict, ...]]:
    """Adds the derived layers to a store of the source layers.

    Returns:
        The layers as N-Quads lines, and the conflicts.
    """
    lines: set[str] = set()
    for layer in CONSTRUCTED:
        answer = store.query((root.queries / "derive" / f"{layer}.rq").read_text(encoding="utf-8"))
        assert isinstance(answer, Triples)
        lines |= _added(store, layer, answer.triples)
    evidence = mentions.read(store, root)
    lines |= _added(store, "lineage", _lineage(evidence))
    found = disagreement.conflicts(store, root)
    lines |= _added(store, "conflicts", _conflicts(found, evidence))
    return lines, found


def _added(store: Oxigraph, layer: str, triples: Iterable[Triple]) -> set[str]:
    home = iri(iris.graph(layer))
    lines = {f"{s} {p} {o} {home} .\n" for s, p, o in triples}
    store.add("".join(sorted(lines)).encode())
    return lines


def _kz(local: str) -> str:
    return iri(KZ + local)


def _lineage(evidence: mentions.Evidence) -> Iterator[Triple]:
    for claim, reuses in evidence.reuse.items():
        for reuse in reuses:
            yield iri(claim), _kz("inReuse"), iri(reuse)
    for support in origins.origins(evidence):
        subject = iri(support.proposition)
        counts = {
            "mentions": len(support.mentions),
            "documents": len(support.documents),
            "publishers": len(support.publishers),
            "originsLow": support.low,
            "originsHigh": support.high,
        }
        for local, count in counts.items():
            yield subject, _kz(local), integer(count)
        for group in support.origins:
            origin = iri(iris.origin(iris.digest(group[0])))
            yield origin, _TYPE, _kz("Origin")
            for claim in group:
                yield iri(claim), _kz("hasOrigin"), origin
        for fold in support.folds:
            yield from _fold(fold)


def _fold(fold: origins.Fold) -> Iterator[Triple]:
    subject = iri(iris.fold(iris.digest(fold.claim, fold.into)))
    yield subject, _TYPE, _kz("Fold")
    yield subject, _kz("foldedClaim"), iri(fold.claim)
    yield subject, _kz("foldedInto"), iri(fold.into)
    yield subject, _kz("foldStrength"), _kz(f"fold-{fold.strength}")
    yield subject, _kz("reason"), literal(fold.reason, lang="en")


def _conflicts(conflicts: Iterable[disagreement.Conflict], evidence: mentions.Evidence) -> Iterator[Triple]:
    propositions = {mention.claim: mention.proposition for mention in evidence.mentions}
    for conflict in conflicts:
        subject = iri(conflict.iri)
        yield subject, _TYPE, _kz("Conflict")
        yield subject, _kz("conflictKind"), _kz(f"conflict-{conflict.kind}")
        yield subject, _kz("conflictStatus"), _kz(f"conflictstatus-{conflict.status}")
        yield subject, _kz("reason"), literal(conflict.reason, lang="en")
        if conflict.explanation:
            yield subject, _kz("explanation"), _kz(f"explanation-{conflict.explanation}")
        for rule in conflict.rules:
            yield subject, _kz("conflictRule"), literal(rule)
        if conflict.judgement:
            yield subject, _kz("judgedIn"), iri(conflict.judgement)
        for claim in conflict.claims:
            yield subject, _kz("conflictingClaim"), iri(claim)
            yield subject, _kz("conflicting"), iri(propositions[claim])
