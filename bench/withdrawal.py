"""What the two clocks and the withdrawal of every source cost as claims grow."""

from __future__ import annotations

import time

from kzgraph import derived, mapping
from kzgraph.analysis import clocks, withdrawal
from kzgraph.paths import find_root
from kzgraph.store import in_memory

from .analysis import rivals

SMALL, LARGE = 2_000, 20_000


def costs(claims: int) -> dict[str, float]:
    """Gives CPU seconds for a thousand claims, by step; sources grow with the claims."""
    root = find_root()
    store = in_memory("".join(quad.line() for quad in mapping.quads(rivals(claims))).encode())
    derived.derive(root, store)
    found: dict[str, float] = {}
    start = time.process_time()
    holding = withdrawal.read(store, root)
    found["reading what holds what"] = time.process_time() - start
    start = time.process_time()
    sources = withdrawal.reliances(holding)
    found["withdrawing every source"] = time.process_time() - start
    start = time.process_time()
    _, left = clocks.restrict(store, root, said_by="2012", as_of="2012")
    found["restricting to two dates"] = time.process_time() - start
    assert len(sources) > claims / 8
    assert left.kept == claims
    return {name: cost * 1_000 / claims for name, cost in found.items()}
