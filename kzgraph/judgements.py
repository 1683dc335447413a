"""Judgements and shared text to model: what graph/judgements/ and graph/reuse/ hold, item by item."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from .errors import Problem
from .fields import Fields, called
from .model import ConflictJudgement, Extent, IdentityJudgement, Judgement, LineageJudgement, Reuse, Span, Vocabulary
from .yamlio import Scalar, Seq

_HEX = re.compile(r"[0-9a-f]{64}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


def identity(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Judgement:
    """Gives a decision whether two nodes, or a printed name and a node, are the same."""
    fields = Fields(item, path, f"judgement {called(item, 'id')}", problems)
    judgement = IdentityJudgement(
        **_common(fields, vocabulary, "judgement", "Say same, different or unsure."),
        entities=fields.texts("entities"),
        name=fields.text("name"),
        document=fields.slug("document"),
    )
    if not judgement.entities or (len(judgement.entities) < 2 and judgement.name is None):
        fields.problem("entities", "a judgement compares two things", "Name two entities, or one and a printed name.")
    fields.done()
    return judgement


def conflict(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Judgement:
    """Gives a decision whether and why claims are in conflict."""
    fields = Fields(item, path, f"conflict {called(item, 'id')}", problems)
    judgement = ConflictJudgement(
        **_common(fields, vocabulary, "conflict", "Say figures, denial, characterisation, …"),
        status=fields.choice("status", vocabulary.scheme("conflictstatus")) or "",
        explanation=fields.choice("explanation", vocabulary.scheme("explanation")),
        claims=fields.texts("claims"),
    )
    if not judgement.status:
        fields.problem("status", "`status` is missing", "Say genuine, explained or unresolved.")
    if len(judgement.claims) < 2:
        fields.problem("claims", "a conflict has two sides", "Name at least two claims, such as my-article.014.")
    if (judgement.status == "explained") != (judgement.explanation is not None):
        hint = "Say `status: explained` together with `explanation`, or neither."
        fields.problem("explanation", "`explanation` belongs to what is explained", hint)
    fields.done()
    return judgement


def lineage(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Judgement:
    """Gives a decision that documents, references or claims have one origin."""
    fields = Fields(item, path, f"lineage {called(item, 'id')}", problems)
    judgement = LineageJudgement(
        **_common(fields, vocabulary, "lineage", "Say copied, common, occasion, …"),
        between=fields.texts("between"),
        source=fields.text("source"),
    )
    if len(judgement.between) < 2:
        fields.problem("between", "lineage is between two things", "Name documents, references or claims.")
    if judgement.source is not None and judgement.source not in judgement.between:
        fields.problem("source", "`source` is not among `between`", "Name the one of them that came first.")
    fields.done()
    return judgement


def _common(fields: Fields, vocabulary: Vocabulary, scheme: str, hint: str) -> dict[str, Any]:
    found = {
        "id": fields.slug("id", required=True) or "",
        "kind": fields.choice("kind", vocabulary.scheme(scheme)) or "",
        "reason": fields.needed("reason"),
        "evidence": fields.texts("evidence"),
        "note": fields.text("note"),
        "path": fields.path,
        "line": fields.line,
    }
    if not found["kind"]:
        fields.problem("kind", "`kind` is missing", hint)
    return found


def reuse(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Reuse:
    """Gives text that two documents share, as it was found."""
    fields = Fields(item, path, "reuse", problems)
    found = Reuse(
        a=_extent(fields, "a"),
        b=_extent(fields, "b"),
        words=fields.whole("words"),
        similarity=fields.decimal("similarity") or Decimal(0),
        kind=fields.choice("kind", vocabulary.scheme("reuse")) or "",
        path=path,
        line=fields.line,
    )
    if not 0 < found.similarity <= 1:
        fields.problem("similarity", "`similarity` is not above 0 and at most 1", "Run `kzgraph reuse` again.")
    fields.done()
    return found


def _extent(outer: Fields, key: str) -> Extent:
    fields = Fields(outer.raw(key, required=True), outer.path, outer.where, outer.problems, outer.line)
    value = fields.raw("span", required=True)
    numbers = [int(n) for n in value if isinstance(n, Scalar) and _WHOLE.fullmatch(n)] if isinstance(value, Seq) else []
    if len(numbers) != 2 or numbers[0] >= numbers[1]:
        fields.problem("span", "`span` is not [start, end]", "Run `kzgraph reuse` again.")
        numbers = [0, 0]
    extent = Extent(fields.slug("document", required=True) or "", Span(*numbers), fields.needed("sha256"))
    if not _HEX.fullmatch(extent.sha256):
        fields.problem("sha256", "`sha256` is not 64 hexadecimal digits", "Run `kzgraph reuse` again.")
    fields.done()
    return extent
