"""What is kept up to date change by change is what judging everything finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.errors import InvalidShapesError
from orthogramic.validation import (
    ChangeValidator,
    CompiledShapes,
    GraphChange,
    Judgement,
    compile_shapes,
)
from orthogramic.validation.findings import Finding
from tests.properties.validation.oracle import by_pyshacl, row, rows
from tests.properties.validation.strategies import GRAPHS, STATEMENTS, Term, shapes_graphs

#: What comes and what goes, as far as it is not there, or there.
CHANGES = st.tuples(st.lists(STATEMENTS, max_size=4), st.lists(STATEMENTS, max_size=4))


class Kept:
    """A graph, and the findings about it, kept up to date."""

    def __init__(self, compiled: CompiledShapes, data: list[Triple]) -> None:
        self.triples = dict.fromkeys(data)
        self._validator = ChangeValidator(compiled, self._lookup)
        self.findings = list(self._validator.judge_all(data).findings)

    def _lookup(
        self, subject: NamedNode | BlankNode | None, predicate: NamedNode | None, value: Term | None
    ) -> Iterator[Triple]:
        for each in self.triples:
            asked = ((subject, each.subject), (predicate, each.predicate), (value, each.object))
            if all(wanted in (None, found) for wanted, found in asked):
                yield each

    def change(self, coming: list[Triple], going: list[Triple]) -> None:
        came = tuple(each for each in dict.fromkeys(coming) if each not in self.triples)
        went = tuple(each for each in dict.fromkeys(going) if each in self.triples)
        after = {each: None for each in (*self.triples, *came) if each not in went}
        change = GraphChange(came, went, lambda: after)
        roots = ((each.root_node, each.root_shape) for each in self.findings)
        anew = {shape for node, shape in roots if node is None and shape is not None}
        judgement = self._validator.judge(change, anew=anew)
        if judgement.reach is not None:
            within = self._validator.reach(change)
            judged = judgement.reach
            assert all(judged.get(each, nodes) in (None, nodes) for each, nodes in within.items())
        self.findings = [*self._standing(judgement), *judgement.findings]
        self.triples = after

    def _standing(self, judgement: Judgement) -> Iterator[Finding]:
        reach: Mapping[Any, frozenset[Term] | None] = judgement.reach or {}
        for each in self.findings if judgement.reach is not None else ():
            judged = reach.get(each.root_shape, frozenset())
            if judged is not None and each.root_node not in judged:
                yield each


@settings(deadline=None, max_examples=60)
@given(data=GRAPHS, shapes=shapes_graphs(), changes=st.lists(CHANGES, min_size=1, max_size=4))
def test_findings_kept_up_to_date_are_those_of_pyshacl(
    data: list[Triple], shapes: list[Triple], changes: list[tuple[list[Triple], list[Triple]]]
) -> None:
    try:
        kept = Kept(compile_shapes(shapes), data)
        for coming, going in changes:
            kept.change(coming, going)
    except InvalidShapesError:
        return
    whole = by_pyshacl(list(kept.triples), shapes)
    assert Counter(row(each) for each in kept.findings) == rows(whole)
