"""A shapes graph as the compiler reads it: strictly.

Whatever is not exactly as SHACL writes it is an error here, and left to pySHACL, so that faulty
shapes are judged and reported by one authority only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.errors import UnreadableInputError
from orthogramic.validation.compiled.reasons import NotCompiledError
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path, PathExpression, PathKind
from orthogramic.vocabulary import OWL, RDF, RDFS, SH

_DEEPEST_PATH = 10
RDFS_CLASS = NamedNode(f"{RDFS.base}Class")
_UNARY = MappingProxyType(
    {
        "inversePath": PathKind.INVERSE,
        "zeroOrMorePath": PathKind.ZERO_OR_MORE,
        "oneOrMorePath": PathKind.ONE_OR_MORE,
        "zeroOrOnePath": PathKind.ZERO_OR_ONE,
    }
)
_NO_PROPERTIES: Mapping[str, list[Node]] = MappingProxyType({})


class ShapesSource:
    """The triples of a shapes graph by subject.

    :param triples: the shapes graph.
    :raises UnreadableInputError: if it has triple terms.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._shacl: dict[Node, dict[str, list[Node]]] = {}
        self._other: dict[tuple[Node, NamedNode], list[Node]] = {}
        self._subjects: dict[str, list[tuple[Node, Node]]] = {}
        for subject, predicate, value in dict.fromkeys(triples):
            if isinstance(subject, Triple) or isinstance(value, Triple):
                raise UnreadableInputError(f"Triple terms cannot be validated: {value}.")
            if predicate.value.startswith(SH.base):
                name = predicate.value[len(SH.base) :]
                self._shacl.setdefault(subject, {}).setdefault(name, []).append(value)
                self._subjects.setdefault(name, []).append((subject, value))
            else:
                self._other.setdefault((subject, predicate), []).append(value)
                if predicate in (RDF.type, RDFS.subClassOf):
                    self._subjects.setdefault(predicate.value, []).append((subject, value))

    def statements(self, name: str) -> list[tuple[Node, Node]]:
        """Return subject and object of each triple with a property of SHACL, by its local name."""
        return self._subjects.get(name, [])

    def instances(self, class_: NamedNode) -> list[Node]:
        """Return the nodes of which a type is stated."""
        return [each for each, type_ in self.statements(RDF.type.value) if type_ == class_]

    def subclasses(self, class_: NamedNode) -> list[Node]:
        """Return the classes that are stated to be direct subclasses of one."""
        pairs = self.statements(RDFS.subClassOf.value)
        return [each for each, superclass in pairs if superclass == class_]

    def types(self, node: Node) -> list[Node]:
        """Return the stated types of a node."""
        return self._other.get((node, RDF.type), [])

    def of(self, node: Node) -> Mapping[str, list[Node]]:
        """Return what SHACL properties say of a node, by their local names."""
        return self._shacl.get(node, _NO_PROPERTIES)

    def members(self, head: Node) -> list[Node]:
        """Return the members of a list.

        :raises NotCompiledError: if it is not well formed.
        """
        found: list[Node] = []
        seen: set[Node] = set()
        while head != RDF.nil:
            first, rest = (self._other.get((head, each), []) for each in (RDF.first, RDF.rest))
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise NotCompiledError("a list is not well formed")
            seen.add(head)
            found += first
            head = rest[0]
        return found

    @cached_property
    def metaclasses(self) -> frozenset[Node]:
        """The types that make a shape a class, and so its own target."""
        return frozenset((RDFS_CLASS, OWL.Class, *self.subclasses(RDFS_CLASS)))

    # -- paths ---------------------------------------------------------------------------------

    def path(self, head: Node, depth: int = 0, *, inverse: bool = False) -> Path:
        """Read a path.

        :param head: the value of ``sh:path``.
        :param depth: how deep pySHACL would be in its recursion.
        :param inverse: whether the path is gone backwards.
        :raises NotCompiledError: if it is not well formed, deeper than pySHACL goes, or the inverse
            of a sequence, which pySHACL goes in another order than SPARQL does.
        """
        if isinstance(head, NamedNode) and head != RDF.nil:
            return head
        if not isinstance(head, BlankNode) or depth >= _DEEPEST_PATH:
            raise NotCompiledError("a path is not well formed, or too deep")
        stated = {
            name: values
            for name, values in self.of(head).items()
            if name in _UNARY or name == "alternativePath"
        }
        if (head, RDF.first) in self._other:
            if stated or inverse:
                raise NotCompiledError("a path is two things at once, or an inverse sequence")
            return self._sequence(head, depth)
        if len(stated) != 1:
            raise NotCompiledError("a path is not exactly one thing")
        [(name, values)] = stated.items()
        if len(values) != 1:
            raise NotCompiledError("a path leads two ways")
        if name == "alternativePath":
            parts = tuple(
                self.path(each, depth + 1, inverse=inverse) for each in self.members(values[0])
            )
            return _several(PathKind.ALTERNATIVE, parts)
        turned = inverse != (name == "inversePath")
        return PathExpression(_UNARY[name], (self.path(values[0], depth + 1, inverse=turned),))

    def _sequence(self, head: Node, depth: int) -> Path:
        members = self.members(head)
        if depth + len(members) > _DEEPEST_PATH:
            raise NotCompiledError("a path is longer than pySHACL goes")
        parts = tuple(
            self.path(each, depth + position + 1) for position, each in enumerate(members)
        )
        return _several(PathKind.SEQUENCE, parts)


def _several(kind: PathKind, parts: tuple[Path, ...]) -> PathExpression:
    if len(parts) < 2:  # noqa: PLR2004 - SHACL asks for two
        raise NotCompiledError("a path joins fewer than two")
    return PathExpression(kind, parts)
