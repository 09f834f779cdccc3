"""Finds and reads a bundle: the folders ``ontology/``, ``shapes/`` and ``queries/``.

The shipped bundle lies inside the installed package, or at the top of a source checkout. The
system vocabulary and the shapes about it belong to the engine: they go with every bundle, so a
foreign one need not bring its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from orthogramic.errors import InputNotFoundError
from orthogramic.metamodel import (
    Document,
    Metamodel,
    TargetNotation,
    bundle_digest,
    read_metamodel,
)

#: The name by which the shipped bundle is asked for beside another one.
SHIPPED = "default"

#: Parts of the shipped bundle that belong to the engine and go with every bundle.
_SYSTEM_VOCABULARY = "ontology/core/repository.ttl"
_SYSTEM_SHAPES = "shapes/core/repository.ttl"


def shipped_root() -> Path:
    """Return the folder that holds the shipped bundle and reference data."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "bundle"
    return installed if installed.is_dir() else package.parent.parent


def reference_datasets() -> tuple[Path, ...]:
    """Return the folders of the shipped datasets, sorted by name."""
    return tuple(sorted(each.parent for each in (shipped_root() / "data").glob("*/dataset.ttl")))


def read_bundle(
    folders: Sequence[str | Path] = (),
    notations: Callable[[], Mapping[str, TargetNotation]] | None = None,
    sound: str = "",
) -> Metamodel:
    """Read a bundle from its folders.

    :param folders: bundle folders, read together; ``"default"`` stands for the shipped bundle,
        which is also what an empty sequence means.
    :param notations: gives what mappings may say, by the name of the format that they lead to.
    :param sound: digest of a bundle that is known to have no fault: of this one only what is
        needed is read, and not all is looked at again.
    :returns: the metamodel.
    :raises InputNotFoundError: if a folder is not there or holds no ontology.
    :raises BundleError: with every fault of the bundle.
    """
    roots = [_root(each) for each in folders or (SHIPPED,)]
    for root in roots:
        if not (root / "ontology").is_dir():
            raise InputNotFoundError(f"{root} is no bundle: it has no ontology folder.")
    ontology = [_system(_SYSTEM_VOCABULARY)]
    shapes = [_system(_SYSTEM_SHAPES)]
    queries: list[Document] = []
    for root in roots:
        ontology += _documents(root, "ontology", ".ttl")
        shapes += (each for each in _documents(root, "shapes", ".ttl") if not _is_meta(each))
        queries += _documents(root, "queries", ".rq")
    if sound and sound == bundle_digest([*ontology, *shapes, *queries]):
        return read_metamodel(ontology, shapes, queries, sound=True)
    words = notations() if notations else None
    return read_metamodel(ontology, shapes, queries, notations=words)


def _is_meta(document: Document) -> bool:
    """Tell whether a document is about the ontology and shapes themselves, not about data."""
    return "/shapes/meta/" in f"/{document.source}"


def _root(folder: str | Path) -> Path:
    return shipped_root() if str(folder) == SHIPPED else Path(folder)


def _system(name: str) -> Document:
    return Document(name, _text(shipped_root() / name))


def _documents(root: Path, folder: str, suffix: str) -> Iterator[Document]:
    shipped = root == shipped_root()
    for path in sorted((root / folder).rglob(f"*{suffix}")):
        relative = path.relative_to(root).as_posix()
        if shipped and relative in (_SYSTEM_VOCABULARY, _SYSTEM_SHAPES):
            continue
        yield Document(relative if shipped else path.as_posix(), _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputNotFoundError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputNotFoundError(f"{path} is no UTF-8 text.") from error
