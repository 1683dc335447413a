"""Files to model: reads graph/ strictly, with every problem of every file at once.

Layout of graph/: ``documents/<slug>.yaml`` (one document each), ``entities/*.yaml``, ``judgements/*.yaml`` (lists
``judgements``, ``conflicts``, ``lineage``), ``reuse/*.yaml`` (written by ``kzgraph reuse``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import judgements, links
from .documents import document
from .errors import CorpusError, Problem
from .fields import Fields, called, did_you_mean, is_url, language
from .model import Corpus, Entity, Name, Vocabulary
from .paths import Root
from .yamlio import load


def read(root: Root, vocabulary: Vocabulary) -> Corpus:
    """Reads all of graph/.

    Raises:
        CorpusError: With every problem of every file, each with its line and what to do.
    """
    problems: list[Problem] = list(_strays(root))
    documents = [document(content, path, problems, vocabulary) for path, content in _files(root, "documents", problems)]
    entities = _listed(root, "entities", problems, vocabulary)
    judged = _listed(root, "judgements", problems, vocabulary)
    corpus = Corpus(
        tuple(sorted(documents, key=lambda each: each.slug)),
        tuple(sorted(entities, key=lambda each: each.slug)),
        tuple(sorted(judged, key=lambda each: each.id)),
        tuple(_listed(root, "reuse", problems, vocabulary)),
    )
    problems += links.problems(corpus)
    if problems:
        raise CorpusError(problems)
    return corpus


FOLDERS = ("documents", "entities", "judgements", "reuse")


def _strays(root: Root) -> Iterator[Problem]:
    """Gives the YAML files that nobody would read."""
    for path in sorted(root.graph.rglob("*.y*ml")):
        if path.suffix != ".yaml":
            yield Problem(root.show(path), 0, "", "only files that end in .yaml are read", "Rename it.")
        elif path.parent.parent != root.graph or path.parent.name not in FOLDERS:
            hint = f"Move it to one of: {', '.join(FOLDERS)}."
            yield Problem(root.show(path), 0, "", "no file is read in this folder", hint)


def _files(root: Root, folder: str, problems: list[Problem]) -> Iterable[tuple[str, Any]]:
    for path in sorted((root.graph / folder).glob("*.yaml")):
        shown = root.show(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(Problem(shown, 0, "", f"cannot be read ({error.strerror})"))
            continue
        content, found = load(data, shown)
        problems += found
        if content is not None:
            yield shown, content
        elif not found:
            problems.append(Problem(shown, 0, "", "the file is empty", "Delete it, or fill it."))


def _listed(root: Root, folder: str, problems: list[Problem], vocabulary: Vocabulary) -> list[Any]:
    """Gives what the lists of a folder's files hold; a file has one or more of the lists of its folder."""
    lists = LISTS[folder]
    found = []
    for path, content in _files(root, folder, problems):
        top = Fields(content, path, "", problems)
        for name, each in lists.items():
            found += [each(item, path, problems, vocabulary) for item in top.maps(name)]
        if not any(name in top.map for name in lists):
            names = " or ".join(f"`{name}:`" for name in lists)
            top.problem(None, f"the list {names} is missing", f"Begin the file with {names}.")
        top.done()
    return found


def _entity(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Entity:
    fields = Fields(item, path, f"entity {called(item, 'slug')}", problems)
    slug = fields.slug("slug", required=True) or ""
    types = fields.texts("type")
    if not types:
        fields.problem("type", "`type` is missing", "Give a class of the ontology.")
    for each in types:
        if each not in vocabulary.classes:
            fields.problem("type", f"the ontology has no class `{each}`", did_you_mean(each, vocabulary.classes))
    entity = Entity(
        slug=slug,
        types=types,
        label=fields.needed("label"),
        names=tuple(_name(each, fields, vocabulary) for each in fields.maps("names")),
        same_as=fields.texts("same_as"),
        described=fields.text("described"),
        note=fields.text("note"),
        path=path,
        line=fields.line,
    )
    for link in entity.same_as:
        if not is_url(link):
            fields.problem("same_as", f"`{link}` is not an IRI", "Write it in full, with http:// or https://.")
    fields.done()
    return entity


def _name(item: Any, entity: Fields, vocabulary: Vocabulary) -> Name:
    fields = Fields(item, entity.path, entity.where, entity.problems, entity.line)
    name = Name(
        text=fields.needed("text"),
        kind=fields.choice("kind", vocabulary.scheme("namekind"), "variant") or "variant",
        lang=language(fields, "lang"),
        printed_in=fields.texts("printed_in"),
        note=fields.text("note"),
    )
    if name.kind == "misspelling" and not name.printed_in:
        fields.problem(None, f"the misspelling `{name.text}` is printed nowhere", "Say where, with printed_in.")
    fields.done()
    return name


LISTS: dict[str, dict[str, Callable[[Any, str, list[Problem], Vocabulary], Any]]] = {
    "entities": {"entities": _entity},
    "judgements": {"judgements": judgements.identity, "conflicts": judgements.conflict, "lineage": judgements.lineage},
    "reuse": {"reuse": judgements.reuse},
}
