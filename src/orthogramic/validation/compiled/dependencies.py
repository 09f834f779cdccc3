"""On which triples the outcome of a shape depends: what incremental validation is built on.

For a changed triple (s, p, o), a shape need only be judged again for the focus nodes from which
one of its dependencies with predicate p (or any predicate) reaches s, or o where the dependency
says so; reached in the data before or after the change.  That set is found by going the way of
the dependency backwards from s or o.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.validation.paths import Path, PathExpression, PathKind


@dataclass(frozen=True, slots=True)
class Dependency:
    """Triples that can change the outcome of a shape for a node.

    :param way: the path from the node to one end of the triple; ``None`` if the node is that end.
    :param predicate: the predicate of the triple; ``None`` for any.
    :param of_object: whether the way ends at the object of the triple, not at its subject.
    :param everywhere: whether a triple with this predicate matters wherever it stands, as
        ``rdfs:subClassOf`` does.
    """

    way: Path | None
    predicate: NamedNode | None
    of_object: bool = False
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class TargetDependency:
    """Triples that can make their subject (or object) a target of a shape, or stop it being one.

    :param predicate: the predicate of the triple.
    :param of_object: whether its object is the target, not its subject.
    :param everywhere: whether it can matter for nodes that it does not mention.
    """

    predicate: NamedNode
    of_object: bool = False
    everywhere: bool = False


def joined(first: Path | None, second: Path | None) -> Path | None:
    """Return the path that goes both ways one after the other; ``None`` leads nowhere else."""
    if first is None or second is None:
        return first if second is None else second
    return PathExpression(PathKind.SEQUENCE, (*_steps(first), *_steps(second)))


def _steps(path: Path) -> tuple[Path, ...]:
    if isinstance(path, PathExpression) and path.kind is PathKind.SEQUENCE:
        return path.parts
    return (path,)


def along(start: Path | None, path: Path, *, inverse: bool = False) -> Iterator[Dependency]:
    """Yield the triples that decide where a path leads.

    :param start: the way to where the path begins.
    :param path: the path.
    :param inverse: whether it is gone from its end to its beginning.
    """
    if isinstance(path, NamedNode):
        yield Dependency(start, path, of_object=inverse)
    elif path.kind is PathKind.INVERSE:
        yield from along(start, path.parts[0], inverse=not inverse)
    elif path.kind is PathKind.SEQUENCE:
        for part in reversed(path.parts) if inverse else path.parts:
            yield from along(start, part, inverse=inverse)
            start = joined(start, _turned(part, inverse))
    elif path.kind is PathKind.ALTERNATIVE:
        for part in path.parts:
            yield from along(start, part, inverse=inverse)
    elif path.kind is PathKind.ZERO_OR_ONE:
        yield from along(start, path.parts[0], inverse=inverse)
    else:
        again = PathExpression(PathKind.ZERO_OR_MORE, (_turned(path.parts[0], inverse),))
        yield from along(joined(start, again), path.parts[0], inverse=inverse)


def _turned(path: Path, inverse: bool) -> Path:
    return PathExpression(PathKind.INVERSE, (path,)) if inverse else path
