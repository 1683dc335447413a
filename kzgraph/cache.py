"""A built graph is kept, so that the next question need not build it again.

What is kept is a store on disk under the digest of everything it was built from: graph/, ontology/, the queries that
derive, and kzgraph's own code. A changed byte anywhere is another digest, so nothing kept is ever out of date. The
folder is ``KZGRAPH_CACHE``, else ``kzgraph`` in the user's cache folder; ``KZGRAPH_CACHE=`` (empty) keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from . import store as stores
from .build import build
from .errors import StoreError
from .paths import Root, shipped

KEPT = 4  # graphs; the others are removed, those longest unused first
_DERIVING = ("conflicts", "derive", "records")


def opened(root: Root) -> stores.Oxigraph:
    """Gives the graph of a root: the one that is kept, or built now and kept from now on.

    A cache that cannot be read or written is as good as none.

    Raises:
        CorpusError: The graph cannot be built.
    """
    home = _home()
    if home is None:
        return build(root, strict=False).store
    folder = home / key(root)
    if folder.is_dir():
        with contextlib.suppress(StoreError, OSError):
            store = stores.on_disk(folder)
            os.utime(folder)
            return store
    built = build(root, strict=False)
    with contextlib.suppress(StoreError, OSError):
        _keep(home, folder, built.nquads, built.digest)
    return built.store


def key(root: Root) -> str:
    """Gives the digest of all that a graph is built from."""
    whole = hashlib.sha256()
    for name, path in _inputs(root):
        data = path.read_bytes()
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()[:32]


def _inputs(root: Root) -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parent
    folders = [("ontology", root.ontology, "*.ttl"), ("graph", root.graph, "**/*.y*ml"), ("code", package, "**/*.py")]
    for family in _DERIVING:
        for queries in (root.queries, shipped() / "queries"):
            folders.append((f"queries/{family}", queries / family, "*.rq"))
    for name, folder, pattern in folders:
        for path in sorted(folder.glob(pattern)):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _home() -> Path | None:
    given = os.environ.get("KZGRAPH_CACHE")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME")
    with contextlib.suppress(RuntimeError):  # nobody's home
        return (Path(base) if base else Path.home() / ".cache") / "kzgraph"
    return None


def _keep(home: Path, folder: Path, nquads: bytes, digest: str) -> None:
    """Writes a store aside and puts it in its place by one rename; who comes second finds it there."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = home / f".{folder.name}.{os.getpid()}"
    try:
        stores.write(aside, nquads, digest)
        with contextlib.suppress(OSError):
            aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    kept = sorted((path for path in home.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)
    for path in kept[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
