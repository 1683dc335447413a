"""Imports go down only, and every heavy dependency has one home."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "kzgraph"

#: From low to high: a module imports from its own layer and those before it.
LAYERS = {
    "base": "errors paths namespaces iris terms dates yamlio guard plaintext",
    "model": "model fields documents judgements links corpus evidence canonical anchor figures reuse reuse.*",
    "rdf": "mapping shapes store remote ontology turtle",
    "ask": "build cache derived queries results records remarks names coverage reading "
    "analysis analysis.comparisons analysis.disagreement analysis.mentions analysis.origins",
    "use": "network networks networks.* analysis.* plot plot.* prose views page page.* show brief sheet sheet.* "
    "export export.*",
    "surfaces": "verbs verbs.* cli __main__ __init__",
}
RANK = {module: rank for rank, modules in enumerate(LAYERS.values()) for module in modules.split()}

HOMES = {
    "pyoxigraph": {"store"},
    "shacl": {"shapes"},
    "pyvis": {"views"},
    "jinja2": {"views", "sheet.page"},
    "networkx": {"network", "networks.projections", "networks.centrality", "networks.measures", "export.graphml"},
    "rustworkx": {"networks.centrality"},
    "crategraph_forceatlas2": {"network"},
    "SPARQLWrapper": {"remote"},
    "yaml": {"yamlio"},
    "edtf": {"dates"},
    "click": {"cli", "verbs.*"},
    "rapidfuzz": {"names", "reuse.alignment"},
    "anyascii": {"names"},
}

#: A module of values whose one function opens, when called, the module that makes them.
DOORS = [("records", "reading")]

MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
EAGER = {
    "click": {"cli", *(module for module in MODULES if module.startswith("verbs"))}
}  # what may be imported at the top of a module


def rank(module: str) -> int | None:
    return RANK.get(module, RANK.get(f"{module.split('.')[0]}.*"))


def under_type_checking(tree: ast.Module) -> set[ast.AST]:
    blocks = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
    ]
    return {inner for block in blocks for statement in block.body for inner in ast.walk(statement)}


def imports(module: str) -> Iterator[tuple[str, bool]]:
    """Gives what a module imports, by absolute name, and whether at its top."""
    path = MODULES[module]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = under_type_checking(tree)
    inner = {
        node for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.Lambda) for node in ast.walk(each)
    }
    package = (
        ["kzgraph", *module.split(".")]
        if path.name == "__init__.py" and module != "__init__"
        else ["kzgraph", *module.split(".")[:-1]]
    )
    for node in ast.walk(tree):
        if node in typing:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node not in inner
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield start, node not in inner
            for alias in node.names:
                yield f"{start}.{alias.name}", node not in inner


def own(name: str) -> str | None:
    """Gives the module of kzgraph that a name stands for."""
    local = name.removeprefix("kzgraph.")
    return local if name.startswith("kzgraph.") and local in MODULES else None


def test_every_module_has_its_layer() -> None:
    assert [module for module in MODULES if rank(module) is None] == [], "name it in LAYERS, as low as it can be"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    upward = {used for name, _ in imports(module) if (used := own(name)) and (rank(used) or 0) > (rank(module) or 0)}
    assert not upward, f"{module} imports {', '.join(sorted(upward))}, which lie higher"


def test_no_imports_go_round() -> None:
    uses = {
        module: {used for name, _ in imports(module) if (used := own(name)) and used != module} for module in MODULES
    }
    for door, room in DOORS:
        uses[door].remove(room)
    assert len(list(TopologicalSorter(uses).static_order())) == len(MODULES)


@pytest.mark.parametrize("dependency", HOMES)
def test_a_heavy_dependency_has_one_home(dependency: str) -> None:
    homes = {module for module in MODULES for name, _ in imports(module) if name.split(".")[0] == dependency}
    assert {home for home in homes if f"{home.split('.')[0]}.*" not in HOMES[dependency]} <= HOMES[dependency]


@pytest.mark.parametrize("module", MODULES)
def test_heavy_dependencies_are_imported_when_they_are_needed(module: str) -> None:
    eager = {name.split(".")[0] for name, top in imports(module) if top} & {
        *HOMES,
        "rdflib",
        "numpy",
        "scipy",
        "pandas",
        "IPython",
    }
    assert eager <= {name for name in EAGER if module in EAGER[name]}


def test_importing_the_base_loads_nothing_heavy() -> None:
    names = [
        f"kzgraph.{module}" for module in MODULES if (rank(module) or 0) < RANK["network"] and module != "__main__"
    ]
    code = f"import sys\nfor name in {names!r}: __import__(name)\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {*HOMES, "rdflib", "numpy"} & set(loaded)


def test_the_map_of_the_house_shows_every_module() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = text[text.index("```") : text.index("```", text.index("```") + 3)]
    shown = set(re.findall(r"[a-z]+", picture))
    for layer, modules in LAYERS.items():
        named = {module for module in modules.split() if module.isalpha()}
        assert {layer, *named} <= shown, f"{layer}: {sorted(named - shown)}"
