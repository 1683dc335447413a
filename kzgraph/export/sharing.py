"""JSON Lines of shared text: where each passage stands in both documents, by the digests of their texts."""

from __future__ import annotations

import json
from typing import Any

from ..reading import Row, rows
from .jsonl import number
from .layers import Source


def reuse(source: Source) -> bytes:
    """Gives one shared passage a line, by document and place."""
    digests = {row["document"].value: row["sha256"].value for row in rows(source.store, "snapshots", source.root)}
    found = [
        {
            "a": _side(row, "first", digests),
            "b": _side(row, "second", digests),
            "words": int(row["words"].value),
            "similarity": number(row["similarity"].value),
            "kind": row["kind"].value.rpartition("#reuse-")[2],
        }
        for row in rows(source.store, "shared-runs", source.root)
    ]
    return "".join(json.dumps(each) + "\n" for each in found).encode()


def _side(row: Row, side: str, digests: dict[str, str]) -> dict[str, Any]:
    return {
        "document_sha256": digests[row[f"{side}Document"].value],
        "start": int(row[f"{side}Start"].value),
        "end": int(row[f"{side}End"].value),
    }
