"""Tiny corpora, made from a few lines: each claim is a sentence of its own, so that every offset is right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kzgraph.build import Graph, build
from kzgraph.paths import find_root

#: What a slug stands for, by how it begins.
TYPES = {
    "strike": "Event",
    "shooting": "Event",
    "clash": "Event",
    "town": "Place",
    "person": "Person",
    "body": "Organisation",
    "crowd": "DescribedGroup",
    "index": "Index",
    "rank": "Observation",
}

Claim = dict[str, Any]


def figure(lower: float | None, upper: float | None, approximation: str = "exact", unit: str = "person") -> Claim:
    """The object of a claim that gives a figure."""
    bounds = {"lower": lower, "upper": upper, "approximation": approximation, "unit": unit}
    quantity = {key: value for key, value in bounds.items() if value is not None}
    return {"quantity": quantity, "words": "so many"}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write(
    folder: Path,
    documents: Mapping[str, Iterable[Claim]],
    *,
    publishers: Mapping[str, str] | None = None,
    judgements: Mapping[str, Any] | None = None,
    reuse: Iterable[tuple[str, str]] = (),
    kind: str = "verbatim",
) -> Path:
    """Writes a graph/ folder.

    Args:
        folder: Where.
        documents: The claims of each document, in reading order; each has at least subject, predicate and object.
        publishers: Slugs of bodies by document.
        judgements: What graph/judgements/ holds.
        reuse: Pairs of claims, such as ``("a.001", "b.001")``, whose sentences are the same text.
        kind: Whether that text is ``verbatim`` or ``edited``.
    """
    spans: dict[str, tuple[int, int, str]] = {}
    slugs: set[str] = set()
    for slug, claims in documents.items():
        _write(folder / f"documents/{slug}.yaml", _document(slug, list(claims), spans, slugs, publishers or {}))
    shared = [
        {"a": _extent(a, spans), "b": _extent(b, spans), "words": 9, "similarity": 1, "kind": kind} for a, b in reuse
    ]
    slugs |= set((publishers or {}).values())
    entities = [
        {"slug": slug, "type": TYPES[slug.partition("-")[0]], "label": f"{slug}, 2011"} for slug in sorted(slugs)
    ]
    _write(folder / "entities/all.yaml", {"entities": entities})
    if judgements:
        _write(folder / "judgements/all.yaml", judgements)
    if shared:
        _write(folder / "reuse/reuse.yaml", {"reuse": shared})
    return folder


def graph(folder: Path, documents: Mapping[str, Iterable[Claim]], **more: Any) -> Graph:
    """Builds a tiny corpus, without the checks of style."""
    write(folder / "graph", documents, **more)
    return build(find_root(folder), strict=False)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def _document(
    slug: str,
    claims: list[Claim],
    spans: dict[str, tuple[int, int, str]],
    slugs: set[str],
    publishers: Mapping[str, str],
) -> Claim:
    text, passages, digests = "", [], {}
    for number, claim in enumerate(claims, start=1):
        key = f"{number:03}"
        sentence = f"Sentence {key} of {slug}. "
        start, end = len(text), len(text) + len(sentence)
        text += sentence
        spans[f"{slug}.{key}"] = (start, end, digest(sentence))
        digests[f"{start}-{end}"] = digest(sentence)
        full = {"id": key, "span": [start, end], "quote": sentence.strip(), "statement": f"{slug} says {key}.", **claim}
        passages.append({"id": f"p{key}", "span": [start, end], "claims": [full]})
        slugs.update([claim["subject"], *claim.get("speakers", ())])
        slugs.update([claim["object"]] if isinstance(claim["object"], str) else [])
    source = {"file": f"{slug}.txt", "sha256": digest(text), "characters": len(text)}
    head = {"slug": slug, "type": "WebPage", "title": slug, "source": source}
    if slug in publishers:
        head["publisher"] = publishers[slug]
    return {"document": head, "passages": passages, "digests": digests}


def _extent(key: str, spans: dict[str, tuple[int, int, str]]) -> Claim:
    start, end, sha256 = spans[key]
    return {"document": key.partition(".")[0], "span": [start, end], "sha256": sha256}
