"""Where things lie: the root with ontology/, graph/ and queries/, the source texts, and safe writing."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .errors import KzgraphError, NotFound

PARTS = ("ontology", "graph", "queries")


@dataclass(frozen=True, slots=True)
class Root:
    """The three data folders of a corpus.

    A folder that the chosen root does not have is taken from the package, so a corpus of
    one's own needs only a ``graph/`` folder.
    """

    ontology: Path
    graph: Path
    queries: Path

    def show(self, path: Path) -> str:
        """Gives ``path`` as people name it: below the root, such as ``graph/entities/persons.yaml``."""
        for folder in (self.graph, self.ontology, self.queries):
            if path.is_relative_to(folder):
                return f"{folder.name}/{path.relative_to(folder).as_posix()}"
        return str(path)


def shipped() -> Path:
    """Gives the folder with the data that comes with kzgraph, in a wheel or in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "_data"
    return inside if inside.is_dir() else package.parent


def find_root(given: str | os.PathLike[str] | None = None) -> Root:
    """Gives the data folders: ``given``, else ``KZGRAPH_ROOT``, else those that come with kzgraph.

    Raises:
        NotFound: The folder does not exist or holds no ``graph/`` folder.
    """
    chosen = given or os.environ.get("KZGRAPH_ROOT")
    base = Path(chosen) if chosen else shipped()
    if not (base / "graph").is_dir():
        raise NotFound(
            "there is no graph/ folder here.",
            where=str(base),
            hint="Point --root (or KZGRAPH_ROOT) at a folder that holds graph/.",
        )
    home = shipped()
    folders = {part: base / part if (base / part).is_dir() else home / part for part in PARTS}
    return Root(**folders)


def find_sources(given: str | os.PathLike[str] | None = None) -> Path | None:
    """Gives the folder of source texts: ``given``, else ``KZGRAPH_SOURCES``, else ``sources/``; None if absent.

    Raises:
        NotFound: A folder was named, but is not there.
    """
    chosen = given or os.environ.get("KZGRAPH_SOURCES")
    if chosen:
        if not Path(chosen).is_dir():
            raise NotFound("there is no such folder of source texts.", where=str(chosen))
        return Path(chosen)
    return Path("sources") if Path("sources").is_dir() else None


def write_atomically(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Writes a whole file or nothing: into a neighbour first, then by one rename."""
    target = Path(path)
    content = data.encode("utf-8") if isinstance(data, str) else data
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise KzgraphError(f"cannot be written ({error.strerror}).", where=str(target)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise KzgraphError(f"cannot be written ({error.strerror}).", where=str(target)) from error
        raise
