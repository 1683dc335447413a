"""Prints what kzgraph costs over what it is made of: start-up, building, asking, growth.

Each figure is the ratio of two things measured in turns in this run, so that a busy machine slows both. It ends
with 1 if a ratio misses its criterion.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from kzgraph.build import build
from kzgraph.paths import find_root
from kzgraph.queries import catalogue

from . import analysis, networks, reuse, withdrawal
from .corpus import synthetic

Action = Callable[[], object]
LIBRARIES = "import click, edtf, pyoxigraph, rapidfuzz, shacl, yaml"  # what `kzgraph build` needs
MISSED: list[str] = []


def seconds(action: Action, clock: Callable[[], float] = time.perf_counter) -> float:
    """Times one call."""
    start = clock()
    action()
    return clock() - start


def compare(
    ours: Action, theirs: Action, *, times: int, clock: Callable[[], float] = time.perf_counter
) -> tuple[float, float]:
    """Gives the medians of two actions that take turns; the first turn only warms up."""
    pairs = [(seconds(ours, clock), seconds(theirs, clock)) for _ in range(times + 1)][1:]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def line(name: str, ours: float, theirs: float, *, most: float | None = None, plus: float = 0.0) -> None:
    """Prints one comparison, and remembers it if it misses ``ours <= most * theirs + plus`` (seconds)."""
    missed = most is not None and ours > most * theirs + plus
    criterion = "" if most is None else f"<= {most:g}x" + (f" + {plus * 1000:g} ms" if plus else "")
    print(f"{name:<34} {ours * 1000:>10.2f} {theirs * 1000:>10.2f} {ours / theirs:>8.2f}  {criterion}", end="")
    print("  MISSED" if missed else "")
    if missed:
        MISSED.append(name)


def title(text: str, ours: str, theirs: str) -> None:
    """Prints the head of a table."""
    print(f"\n{text:<34} {ours:>10} {theirs:>10} {'ratio':>8}  criterion")


def command(*arguments: str) -> Action:
    """Gives an action that runs this Python, from its start to its end."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def start_up() -> None:
    """A command from a cold start, over Python and the libraries."""
    title("start (ms)", "kzgraph", "python")
    line(
        "--help / pass",
        *compare(command("-m", "kzgraph", "--help"), command("-c", "pass"), times=15),
        most=1.5,
        plus=0.06,
    )
    with tempfile.TemporaryDirectory() as folder:
        ours = command("-m", "kzgraph", "build", "--out", folder)
        line("build / importing its libraries", *compare(ours, command("-c", LIBRARIES), times=5), most=2, plus=1)


def questions() -> None:
    """Each named query through a store of kzgraph, over the same text straight to pyoxigraph and to rdflib."""
    import pyoxigraph as ox
    import rdflib

    graph = build(strict=False)
    bare = ox.Store()
    bare.bulk_load(graph.nquads, ox.RdfFormat.N_QUADS)
    other = rdflib.Graph().parse(data="".join(_triples(graph.nquads)), format="nt")
    title("queries (CPU ms)", "kzgraph", "pyoxigraph")
    slow = []
    for query in catalogue(find_root()):

        def ours(text: str = query.text) -> object:
            return graph.store.query(text)

        def theirs(text: str = query.text) -> object:
            return [tuple(row) for row in bare.query(text, use_default_graph_as_union=True)]

        once = seconds(theirs)
        mine, their = compare(ours, theirs, times=max(9, min(200, int(1 / max(once, 0.001)))), clock=time.process_time)
        line(query.name, mine, their, most=1.1)
        slow.append((query.name, mine, seconds(lambda text=query.text: list(other.query(text)), time.process_time)))  # type: ignore[misc]
    title("queries (CPU ms)", "rdflib", "kzgraph")
    for name, mine, their in slow:
        line(name, their, mine)


def _triples(nquads: bytes) -> list[str]:
    return [each[: each.rindex("<")] + ".\n" for each in nquads.decode().splitlines()]


def growth() -> None:
    """Mapping and loading a made-up corpus, ten and a hundred times larger: a claim costs about the same.

    Not quite: the store's indexes are trees, whose depth grows with the logarithm of their size.
    """
    title("growth (CPU ms for 1,000 claims)", "claims", "1,000")
    least = min(_cost_of_a_claim(1_000) for _ in range(7))
    for claims, times in ((10_000, 3), (100_000, 1)):
        cost = min(_cost_of_a_claim(claims) for _ in range(times))
        line(f"mapping and loading {claims:,}", cost, least, most=2)


def _cost_of_a_claim(claims: int) -> float:
    """Gives CPU seconds for a thousand claims of a corpus of this size."""
    from kzgraph import mapping, store

    corpus = synthetic(claims)
    start = time.process_time()
    store.in_memory("".join(quad.line() for quad in mapping.quads(corpus)).encode())
    return (time.process_time() - start) * 1_000 / claims


def disagreements() -> None:
    """Conflicts and origins of claims that disagree and copy, ten times larger: a claim costs about the same."""
    title("analysis (CPU ms for 1,000 claims)", f"{analysis.LARGE:,}", f"{analysis.SMALL:,}")
    small, large = analysis.costs(analysis.SMALL), analysis.costs(analysis.LARGE)
    for name, cost in large.items():
        line(name, cost, small[name], most=2)


def ties() -> None:
    """Networks of made-up claims, ten times larger: a claim costs about the same, but for betweenness.

    That grows with nodes times ties, so it is set against NetworkX instead. Power iterations and communities take
    more rounds in a larger network.
    """
    title("networks (CPU ms for 1,000 claims)", f"{networks.LARGE:,}", f"{networks.SMALL:,}")
    small, large = networks.costs(networks.SMALL), networks.costs(networks.LARGE)
    for name, cost in large.items():
        line(name, cost, small[name], most=3)
    title("betweenness, 2,000 nodes (ms)", "rustworkx", "networkx")
    line("betweenness", *networks.engines(), most=0.2)


def shared_text() -> None:
    """Text that made-up documents share, ten times more of them: a document costs about the same."""
    title("reuse (CPU ms for 1,000 documents)", f"{reuse.LARGE:,}", f"{reuse.SMALL:,}")
    line("finding shared text", reuse.cost(reuse.LARGE), reuse.cost(reuse.SMALL), most=2)


def withdrawals() -> None:
    """Two clocks and what falls with each source, ten times larger: a claim costs about the same."""
    title("withdrawal (CPU ms for 1,000 claims)", f"{withdrawal.LARGE:,}", f"{withdrawal.SMALL:,}")
    small, large = withdrawal.costs(withdrawal.SMALL), withdrawal.costs(withdrawal.LARGE)
    for name, cost in large.items():
        line(name, cost, small[name], most=2)


def main() -> None:
    """Prints all tables."""
    print(f"Python {sys.version.split()[0]}, {Path(sys.prefix)}")
    start_up()
    questions()
    growth()
    disagreements()
    withdrawals()
    ties()
    shared_text()
    print(f"\n{len(MISSED)} missed: {', '.join(MISSED)}." if MISSED else "\nAll criteria are met.")
    sys.exit(bool(MISSED))


if __name__ == "__main__":
    main()
