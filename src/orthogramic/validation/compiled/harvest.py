"""From columns of failures to findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.arrays import Numbers
from orthogramic.validation.compiled.batches import Batch, Details
from orthogramic.validation.compiled.plan import ShapeNode
from orthogramic.validation.compiled.terms import TermTable
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.paths import Path


def harvested(
    batches: list[Batch], terms: TermTable, shape: ShapeNode, nodes: Numbers
) -> Iterator[Finding]:
    """Yield the findings of a shape that was evaluated for its targets.

    :param batches: what failed.
    :param terms: the numbers of terms.
    :param shape: the shape.
    :param nodes: the targets.
    """
    for batch in batches:
        roots = terms.terms(nodes[batch.rows])
        for _, finding in _findings(batch, terms, shape, roots):
            yield finding


def _findings(
    batch: Batch, terms: TermTable, shape: ShapeNode | None, roots: list[Node] | None
) -> Iterator[tuple[int, Finding]]:
    """Yield row and finding for each failure of a batch."""
    count = len(batch.rows)
    rows = batch.rows.tolist()
    focus = terms.terms(batch.focus)
    values: list[Node | None] = [None] * count
    if batch.values is not None:
        values = [*terms.terms(batch.values)]
    paths = _paths(batch, terms)
    messages = _messages(batch, terms, focus)
    details = _details(batch.details, terms) if batch.details else [()] * count
    for each in range(count):
        yield (
            rows[each],
            Finding(
                focus=focus[each],
                path=paths[each],
                value=values[each],
                component=batch.component,
                severity=batch.shape.severity,
                source_shape=batch.shape.node,
                messages=messages[each],
                constraint=batch.constraint,
                details=details[each],
                root_shape=shape,
                root_node=roots[each] if roots is not None else None,
            ),
        )


def _paths(batch: Batch, terms: TermTable) -> list[Path | None]:
    if batch.predicates is None:
        return [batch.shape.path] * len(batch.rows)
    predicates = terms.terms(batch.predicates)
    return [each if isinstance(each, NamedNode) else None for each in predicates]


def _details(details: Details, terms: TermTable) -> list[tuple[Finding, ...]]:
    """Return the findings behind each failure."""
    by_row: dict[int, list[Finding]] = {}
    for batch in details.batches:
        for row, finding in _findings(batch, terms, None, None):
            by_row.setdefault(row, []).append(finding)
    return [tuple(by_row.get(each, ())) for each in details.positions.tolist()]


def _messages(batch: Batch, terms: TermTable, focus: list[Node]) -> list[tuple[Literal, ...]]:
    if batch.bindings is None:
        return [batch.shape.messages] * len(focus)
    columns = {name: terms.terms(column) for name, column in batch.bindings.items()}
    return [
        tuple(
            _filled(template, {name: column[row] for name, column in columns.items()})
            for template in batch.templates
        )
        for row in range(len(focus))
    ]


def _filled(template: Literal, values: Mapping[str, Node]) -> Literal:
    """Put the values of variables into a message (SHACL, section 5.3.2)."""
    text = template.value
    for name, value in values.items():
        for sign in "?$":
            text = text.replace(f"{{{sign}{name}}}", value.value)
    return Literal(text)
