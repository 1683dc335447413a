"""The sources belong to others: no run of 13 words of theirs stands in the repository."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from kzgraph import evidence
from kzgraph.build import Graph
from kzgraph.model import Corpus

TOP = Path(__file__).resolve().parents[1]
LONGEST = 12  # words
WORD = re.compile(r"\w+")
ADDRESS = re.compile(r"https?://[^\s,\"]+")  # where a thing is to be found is no text of it


def titles(corpus: Corpus) -> list[str]:
    """Gives the titles of works and laws that the graph lists: names, not text, as long as their makers wrote them."""
    found = [work.title for document in corpus.documents for work in (document, *document.references)]
    laws = [entity for entity in corpus.entities if Path(entity.path).stem == "instruments"]
    found += [name.text for entity in laws for name in entity.names]
    return sorted({" ".join(words(title)) for title in found if len(words(title)) > 2}, key=len, reverse=True)


def words(text: str) -> list[str]:
    return [match[0].casefold() for match in WORD.finditer(ADDRESS.sub(" ", text))]


def files() -> list[Path]:
    """Gives the repository's files, tracked or not yet; without git, what lies in its folders."""
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=TOP, capture_output=True)
    if listed.returncode == 0:
        found = [TOP / name for name in listed.stdout.decode().split("\0") if name]
    else:
        folders = ("kzgraph", "ontology", "graph", "queries", "tests", "docs")
        found = [path for folder in folders for path in (TOP / folder).rglob("*")] + list(TOP.glob("*.*"))
    return sorted(path for path in set(found) if path.is_file())


def runs(texts: list[str]) -> dict[tuple[str, ...], int]:
    """Gives every run of 13 words of the texts, by its words."""
    found: dict[tuple[str, ...], int] = {}
    for number, text in enumerate(texts):
        each = words(text)
        found.update({tuple(each[at : at + LONGEST + 1]): number for at in range(len(each) - LONGEST)})
    return found


def copied(text: str, known: dict[tuple[str, ...], int], titles: list[str] = []) -> list[str]:  # noqa: B006
    """Gives the runs of a source that stand in a text, apart from titles."""
    joined = f" {' '.join(words(text))} "
    for title in titles:
        joined = joined.replace(f" {title} ", " ¶ ")
    each = joined.split()
    return [" ".join(run) for at in range(len(each) - LONGEST) if (run := tuple(each[at : at + LONGEST + 1])) in known]


@pytest.fixture(scope="module")
def known(sources: Path) -> dict[tuple[str, ...], int]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(sources.iterdir()) if path.is_file()]
    assert texts
    return runs(texts)


def test_a_copied_run_would_be_found(known: dict[tuple[str, ...], int]) -> None:
    run = next(iter(known))
    assert copied("Before: " + ",\n  ".join(run).upper() + " after.", known) == [" ".join(run)]
    assert copied(" ".join(run[:-1]), known) == []


def test_no_text_of_a_source_stands_in_the_repository(known: dict[tuple[str, ...], int], graph: Graph) -> None:
    listed = titles(graph.corpus)
    found = defaultdict(list)
    for path in files():
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        found[path.relative_to(TOP).as_posix()] = copied(text, known, listed)
    assert {path: len(each) for path, each in found.items() if each} == {}


def test_no_source_stands_in_the_repository(sources: Path) -> None:
    digests = {evidence.sha256(path.read_bytes()) for path in sources.iterdir() if path.is_file()}
    assert [path for path in files() if evidence.sha256(path.read_bytes()) in digests] == []


def test_no_file_of_the_graph_holds_exact_words() -> None:
    paths = sorted((TOP / "graph").rglob("*.yaml"))
    assert paths
    assert [
        path.name for path in paths if re.search(r"^\s*(?:- )?exact:", path.read_text(encoding="utf-8"), re.MULTILINE)
    ] == []


def test_no_quote_is_longer_than_twelve_words() -> None:
    for path in sorted((TOP / "graph" / "documents").glob("*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"\s*quote: (.*)", line):
                assert len(match[1].split()) <= LONGEST, f"{path.name}: {line}"
