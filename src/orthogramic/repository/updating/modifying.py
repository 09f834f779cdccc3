"""DELETE and INSERT with a pattern (SPARQL 1.1 Update, sections 3.1.3 and 3.1.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic.repository.updating.net_change import NetChange
from orthogramic.repository.updating.notes import REMEMBERED
from orthogramic.repository.updating.patterns import Pattern, solutions
from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.repository.updating.templates import Maker, Solution, Template
from orthogramic.store import QuadStore
from orthogramic.syntax.sparql_operation import Operation, Span
from orthogramic.syntax.sparql_update import UpdateText

#: The default graphs and the named graphs that a request gives every pattern.
RequestDataset: TypeAlias = tuple[tuple[NamedNode, ...], tuple[NamedNode, ...]]

_IN_A_BATCH = 10_000
#: Characters after which a batch ends: its values are written as text several times.
_LONG = 1 << 23


@dataclass(frozen=True, slots=True)
class Modification:
    """An operation with a pattern, its names resolved.

    :param delete: the template of what goes, if any.
    :param insert: the template of what comes, if any.
    """

    pattern: Pattern
    delete: Template | None
    insert: Template | None

    @classmethod
    def of(
        cls,
        operation: Operation,
        update: UpdateText,
        names: Mapping[str, NamedNode],
        dataset: RequestDataset | None,
        settings: UpdateSettings,
    ) -> Modification:
        """Read an operation.

        :param names: the IRIs of the graphs that it names.
        :param dataset: what the request gives it, if anything.
        """
        prologue = update.prologue(operation)
        graph = names.get(operation.with_graph)

        def template(span: Span | None) -> Template | None:
            if span is None:
                return None
            return Template.of(prologue, span.of(update.text), graph or settings.unnamed)

        default, named = _dataset(operation, names, dataset)
        where = operation.where or operation.data
        assert where is not None
        return cls(
            Pattern(prologue, where.of(update.text), default, named),
            template(operation.delete or operation.data),
            template(operation.insert),
        )

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables of the templates."""
        both = [each.variables for each in (self.delete, self.insert) if each]
        return tuple(dict.fromkeys(name for names in both for name in names))


def _dataset(
    operation: Operation, names: Mapping[str, NamedNode], dataset: RequestDataset | None
) -> tuple[tuple[NamedNode, ...] | None, tuple[NamedNode, ...] | None]:
    """Return the graphs of the default graph and the named ones, ``None`` where none are said."""
    if dataset is not None:
        return dataset
    if operation.using:
        default = tuple(names[name] for named, name in operation.using if not named)
        return default, tuple(names[name] for named, name in operation.using if named)
    return ((names[operation.with_graph],) if operation.with_graph else None), None


@dataclass(frozen=True, slots=True)
class Modified:
    """What a modification comes to.

    :param matched: how many solutions its pattern has.
    :param removed: quads that are there and go, those apart that come again.
    :param added: quads that come.
    :param absent: some of the quads that were to go and are not there.
    """

    matched: int
    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    absent: tuple[Quad, ...]


def modified(
    modification: Modification,
    change: NetChange,
    present: QuadStore,
    maker: Maker,
    settings: UpdateSettings,
) -> Modified:
    """Work out what a modification comes to; nothing is changed.

    All statements are made before any is removed or added, and never more are kept than may be
    changed.

    :param change: what is there now, and how much of it may change.
    :param present: a store that holds what is there now.
    :raises ChangeTooLargeError: if too many quads go or come.
    """
    going: dict[Quad, None] = {}
    coming: dict[Quad, None] = {}
    absent: dict[Quad, None] = {}
    matched = 0
    for batch in _batches(modification, present, change, settings):
        matched += len(batch)
        for quad in _made(modification.delete, modification, batch, maker):
            if change.has(quad):
                going[quad] = None
            elif len(absent) < REMEMBERED:
                absent[quad] = None
        for quad in _made(modification.insert, modification, batch, maker):
            # What is there comes only if it goes, and that may turn out later.
            if modification.delete or not change.has(quad):
                coming[quad] = None
        change.bound(len(going) + len(coming))
    removed = tuple(each for each in going if each not in coming)
    return Modified(matched, removed, tuple(coming), tuple(absent))


def _batches(
    modification: Modification, present: QuadStore, change: NetChange, settings: UpdateSettings
) -> Iterator[Sequence[Solution]]:
    found = solutions(
        modification.pattern, modification.variables, present, change.data_graphs, settings
    )
    templates = [each for each in (modification.delete, modification.insert) if each]
    size = max(1, _IN_A_BATCH // max(each.length for each in templates))
    while batch := list(_some(found, size)):
        settings.evaluation.check()
        yield batch


def _some(found: Iterator[Solution], most: int) -> Iterator[Solution]:
    """Yield the next solutions: fewer where their values are long."""
    length = 0
    for solution in islice(found, most):
        yield solution
        length += sum(len(each.value) for each in solution[1] if isinstance(each, Literal))
        if length > _LONG:
            return


def _made(
    template: Template | None, modification: Modification, batch: Sequence[Solution], maker: Maker
) -> Iterable[Quad]:
    if template is None:
        return ()
    places = {name: at for at, name in enumerate(modification.variables)}
    return maker.statements(template, [places[each] for each in template.variables], batch)
