"""Files to model: reads graph/ strictly, with every problem of every file at once.

Layout of graph/: ``documents/<slug>.yaml`` (one document each), ``entities/*.yaml``, ``judgements/*.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import links
from .documents import document
from .errors import CorpusError, Problem
from .fields import Fields, called, did_you_mean, is_url, language
from .model import Corpus, Entity, Judgement, Name, Vocabulary
from .paths import Root
from .yamlio import load


def read(root: Root, vocabulary: Vocabulary) -> Corpus:
    """Reads all of graph/.

    Raises:
        CorpusError: With every problem of every file, each with its line and what to do.
    """
    problems: list[Problem] = list(_strays(root))
    documents = [document(content, path, problems, vocabulary) for path, content in _files(root, "documents", problems)]
    entities = _listed(root, "entities", problems, lambda item, path, found: _entity(item, path, found, vocabulary))
    judgements = _listed(
        root, "judgements", problems, lambda item, path, found: _judgement(item, path, found, vocabulary)
    )
    corpus = Corpus(
        tuple(sorted(documents, key=lambda each: each.slug)),
        tuple(sorted(entities, key=lambda each: each.slug)),
        tuple(sorted(judgements, key=lambda each: each.id)),
    )
    problems += links.problems(corpus)
    if problems:
        raise CorpusError(problems)
    return corpus


FOLDERS = ("documents", "entities", "judgements")


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


def _listed(root: Root, folder: str, problems: list[Problem], each: Callable[..., Any]) -> list[Any]:
    found = []
    for path, content in _files(root, folder, problems):
        top = Fields(content, path, "", problems)
        found += [each(item, path, problems) for item in top.maps(folder)]
        if folder not in top.map:
            top.problem(None, f"the list `{folder}:` is missing", f"Begin the file with `{folder}:`.")
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


def _judgement(item: Any, path: str, problems: list[Problem], vocabulary: Vocabulary) -> Judgement:
    fields = Fields(item, path, f"judgement {called(item, 'id')}", problems)
    judgement = Judgement(
        id=fields.slug("id", required=True) or "",
        kind=fields.choice("kind", vocabulary.scheme("judgement")) or "",
        entities=fields.texts("entities"),
        reason=fields.needed("reason"),
        name=fields.text("name"),
        document=fields.slug("document"),
        evidence=fields.texts("evidence"),
        note=fields.text("note"),
        path=path,
        line=fields.line,
    )
    if not judgement.kind:
        fields.problem("kind", "`kind` is missing", "Say same, different or unsure.")
    if not judgement.entities or (len(judgement.entities) < 2 and judgement.name is None):
        fields.problem("entities", "a judgement compares two things", "Name two entities, or one and a printed name.")
    fields.done()
    return judgement
