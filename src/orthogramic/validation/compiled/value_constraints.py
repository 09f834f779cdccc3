"""Value type, value range and string constraints, ``sh:in`` (SHACL, sections 4.1, 4.3, 4.4, 4.8).

Each judges values one by one; a value that many nodes share is judged once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.validation.compiled.arrays import Flags, Numbers, among, distinct
from orthogramic.validation.compiled.components import ValueTest, component
from orthogramic.validation.compiled.dependencies import Dependency
from orthogramic.validation.compiled.evaluation import Run
from orthogramic.validation.compiled.terms import BLANK, IRI, LITERAL
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path
from orthogramic.vocabulary import RDF, RDFS

#: For a comparison of value with bound: the outcomes (-1, 0, 1) that are accepted.
Outcomes: TypeAlias = frozenset[int]


def _flags(judged: Iterator[bool], count: int) -> Flags:
    return np.fromiter(judged, np.bool_, count)


@dataclass(frozen=True, slots=True)
class ClassTest(ValueTest):
    """``sh:class``: one class that values are instances of."""

    class_: Node

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component("Class")

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        return run.have_class(self.class_, values)

    def dependencies(self, focus: Path | None, values: Path | None) -> Iterator[Dependency]:
        """See :meth:`Constraint.dependencies`."""
        del focus
        yield Dependency(values, RDF.type)
        yield Dependency(None, RDFS.subClassOf, everywhere=True)


@dataclass(frozen=True, slots=True)
class DatatypeTest(ValueTest):
    """``sh:datatype``."""

    datatype: NamedNode

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component("Datatype")

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        judge, datatype = run.literals.has_datatype, self.datatype
        terms = run.graph.terms.terms(values)
        return _flags((judge(each, datatype) for each in terms), len(values))


@dataclass(frozen=True, slots=True)
class NodeKindTest(ValueTest):
    """``sh:nodeKind``: the kinds of term that are allowed."""

    kinds: frozenset[int]

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component("NodeKind")

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        accepted = np.zeros(len(values), np.bool_)
        for kind in self.kinds:
            accepted |= run.graph.terms.are(values, kind)
        return accepted


#: The kinds of term by the name of the node kind.
NODE_KINDS = {
    "IRI": frozenset({IRI}),
    "BlankNode": frozenset({BLANK}),
    "Literal": frozenset({LITERAL}),
    "BlankNodeOrIRI": frozenset({BLANK, IRI}),
    "BlankNodeOrLiteral": frozenset({BLANK, LITERAL}),
    "IRIOrLiteral": frozenset({IRI, LITERAL}),
}


@dataclass(frozen=True, slots=True)
class InTest(ValueTest):
    """``sh:in``: the terms that are allowed."""

    members: frozenset[Node]

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component("In")

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        return among(values, distinct(run.graph.terms.column(list(self.members))))


@dataclass(frozen=True, slots=True)
class RangeTest(ValueTest):
    """``sh:minInclusive`` and its like: one bound, and how values compare with it."""

    name: str
    bound: Literal
    outcomes: Outcomes

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component(self.name)

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        order, bound, outcomes = run.literals.order, self.bound, self.outcomes
        terms = run.graph.terms.terms(values)
        return _flags(
            (isinstance(each, Literal) and order(each, bound) in outcomes for each in terms),
            len(values),
        )


@dataclass(frozen=True, slots=True)
class LengthTest(ValueTest):
    """``sh:minLength`` and ``sh:maxLength``, in characters; blank nodes have no length."""

    name: str
    least: int
    most: float

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component(self.name)

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        least, most = self.least, self.most
        terms = run.graph.terms.terms(values)
        allows_blank = self.name == "MinLength" and least == 0
        return _flags(
            (
                allows_blank if isinstance(each, BlankNode) else least <= len(each.value) <= most
                for each in terms
            ),
            len(values),
        )


@dataclass(frozen=True, slots=True)
class PatternTest(ValueTest):
    """``sh:pattern``: one regular expression, found anywhere in the text of a value."""

    expression: re.Pattern[str]

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component("Pattern")

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        search = self.expression.search
        terms = run.graph.terms.terms(values)
        return _flags(
            (not isinstance(each, BlankNode) and bool(search(each.value)) for each in terms),
            len(values),
        )


@dataclass(frozen=True, slots=True)
class LanguageTest(ValueTest):
    """``sh:languageIn``: tags in lower case, of which a value has the whole or the first part."""

    languages: frozenset[str]

    @property
    def component(self) -> NamedNode:
        """See :attr:`ValueTest.component`."""
        return component("LanguageIn")

    def accepted(self, run: Run, values: Numbers) -> Flags:
        """See :meth:`ValueTest.accepted`."""
        terms = run.graph.terms.terms(values)
        return _flags((self._allows(each) for each in terms), len(values))

    def _allows(self, node: Node) -> bool:
        if not isinstance(node, Literal) or not node.language:
            return False
        tag = node.language.lower()
        return not self.languages.isdisjoint({"*", tag, tag.split("-")[0]})
