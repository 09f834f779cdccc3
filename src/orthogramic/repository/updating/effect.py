"""The effect of a SPARQL Update on a store, worked out without touching it.

An update is a sequence of operations, each of which sees what those before it have done (SPARQL 1.1
Update, section 3). The engine evaluates the patterns and makes the statements of the templates;
what is kept here is the account: which quads go and which come in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import (
    InvalidParameterError,
    QueryRefusedError,
    UnreadableInputError,
    UnsupportedMediaTypeError,
)
from orthogramic.repository.updating.graph_operations import carry_out
from orthogramic.repository.updating.modifying import Modification, RequestDataset, modified
from orthogramic.repository.updating.net_change import NetChange
from orthogramic.repository.updating.notes import REMEMBERED, missed
from orthogramic.repository.updating.overlay import Overlay
from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.repository.updating.templates import Maker
from orthogramic.store import QuadStore
from orthogramic.syntax.sparql_operation import Operation
from orthogramic.syntax.sparql_update import UpdateText
from orthogramic.syntax.sparql_update_reading import names_in, read_update, source_of

_GRAPH_WORDS = frozenset({"DEFAULT", "NAMED", "ALL"})


@dataclass(frozen=True, slots=True)
class OperationEffect:
    """What one operation does.

    :param kind: e.g. ``insert-data`` or ``modify``.
    :param matched: how many solutions its pattern has; ``None`` if it has no pattern.
    :param removed: how many quads it removes.
    :param added: how many quads it adds, which it does not remove.
    """

    kind: str
    matched: int | None
    removed: int
    added: int


@dataclass(frozen=True, slots=True)
class UpdateEffect:
    """What an update does in the end.

    :param removed: quads that are in the store and go.
    :param added: quads that are not in the store and come.
    :param operations: what each operation does.
    :param notes: what a person should know about it, a sentence each.
    """

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]
    operations: tuple[OperationEffect, ...]
    notes: tuple[str, ...]


def effect_of(
    text: str,
    store: QuadStore,
    settings: UpdateSettings,
    *,
    using: Sequence[str] | None = None,
    using_named: Sequence[str] | None = None,
    limit: int = 1_000_000,
) -> UpdateEffect:
    """Work out what an update does to a store; nobody may write to it meanwhile.

    :param text: one or more operations of SPARQL 1.1 Update.
    :param using: graphs that the request puts together as default graph for every pattern.
    :param using_named: graphs that the request lets every pattern reach by GRAPH.
    :param limit: how many quads the update may change, and each operation on its way.
    :returns: the quads that go and those that come, literals in the form of the store.
    :raises QuerySyntaxError: if the text does not parse.
    :raises QueryRefusedError: if it holds what may not be evaluated here.
    :raises InvalidParameterError: if the text and the request both name a dataset.
    :raises ProtectedGraphError: if it would change a system graph.
    :raises UnknownGraphError: if it speaks of a graph that is not there, and is not silent.
    :raises WriteRefusedError: if it makes a graph that is there, likewise.
    :raises ChangeTooLargeError: if it changes too much.
    :raises LimitExceededError: where the evaluation has bounds, and one is passed.
    """
    update = read_update(
        text,
        max_depth=settings.max_depth,
        prefixes=settings.prefixes,
        base_iri=settings.base_iri,
        allowed=settings.evaluation.allowed,
    )
    dataset: RequestDataset | None = None
    if using is not None or using_named is not None:
        _refuse_two_datasets(update)
        dataset = (_iris(using or ()), _iris(using_named or ()))
    change = NetChange(store, settings, limit)
    with Overlay(store, change, settings) as overlay:
        run = _Run(update, change, overlay, settings, dataset)
        effects = tuple(run.effects())
        notes = tuple(dict.fromkeys(run.notes))
    total = change.total()
    return UpdateEffect(total.removed, total.added, effects, notes)


def _refuse_two_datasets(update: UpdateText) -> None:
    if any(each.using or each.with_graph for each in update.operations):
        raise InvalidParameterError(
            "The update names its dataset in its text (WITH, USING) and in the request; "
            "it may do one of them."
        )


def _iris(names: Sequence[str]) -> tuple[NamedNode, ...]:
    try:
        return tuple(NamedNode(each) for each in names)
    except ValueError as error:
        raise InvalidParameterError(f"The name of a graph is no IRI: {error}.") from error


class _Run:
    """Carries out operations on an account of what they change.

    :param dataset: the graphs of ``using`` and of ``using_named``, if the request names any.
    """

    def __init__(
        self,
        update: UpdateText,
        change: NetChange,
        overlay: Overlay,
        settings: UpdateSettings,
        dataset: RequestDataset | None,
    ) -> None:
        self._update = update
        self._change = change
        self._overlay = overlay
        self._settings = settings
        self._dataset = dataset
        self._maker = Maker(settings)
        self.notes: list[str] = []

    def effects(self) -> Iterator[OperationEffect]:
        """Carry out one operation after another, and yield what each does."""
        for number, operation in enumerate(self._update.operations, 1):
            self._settings.evaluation.check()
            matched = None
            if operation.kind in {"insert-data", "delete-data"}:
                counts = self._data(number, operation)
            elif operation.kind in {"delete-where", "modify"}:
                matched, counts = self._modify(number, operation)
            elif operation.kind == "load":
                counts = self._load(number, operation)
            else:
                names = self._names(operation, operation.graphs)
                counts = carry_out(operation, self._change, names, self._settings.unnamed)
            yield OperationEffect(operation.kind, matched, *counts)

    def _data(self, number: int, operation: Operation) -> tuple[int, int]:
        assert operation.data is not None
        quads = self._maker.data(
            self._update.prologue(operation),
            operation.data.of(self._update.text),
            self._settings.unnamed,
        )
        if operation.kind == "insert-data":
            return self._change.apply((), quads)
        going: list[Quad] = []
        absent: list[Quad] = []
        for quad in quads:
            (going if self._change.has(quad) else absent).append(quad)
        self.notes += missed(number, absent[:REMEMBERED], self._change, self._settings)
        return self._change.apply(going)

    def _load(self, number: int, operation: Operation) -> tuple[int, int]:
        """Add what is at an address; one that is silent may fail (section 3.1.4)."""
        evaluation = self._settings.evaluation
        address = source_of(operation)
        if address is None or not evaluation.allowed.allow(address):
            # One that is not silent was refused.
            self.notes.append(f"Operation {number} was left out: nothing is fetched from here.")
            return 0, 0
        from orthogramic.repository.fetching import fetch  # noqa: PLC0415 - slow, and rarely needed

        try:
            triples = fetch(address, evaluation.allowed, evaluation.check)
        except (QueryRefusedError, UnreadableInputError, UnsupportedMediaTypeError) as error:
            if not operation.silent:
                raise
            self.notes.append(f"Operation {number} was left out: {error.detail}")
            return 0, 0
        target = operation.graphs[1] if operation.graphs[1:] else ""
        graph = self._names(operation, (target,)).get(target, self._settings.unnamed)
        return self._change.apply((), self._maker.loaded(triples, graph))

    def _modify(self, number: int, operation: Operation) -> tuple[int, tuple[int, int]]:
        graphs = (operation.with_graph, *(name for _, name in operation.using))
        modification = Modification.of(
            operation, self._update, self._names(operation, graphs), self._dataset, self._settings
        )
        present = self._overlay.present()
        found = modified(modification, self._change, present, self._maker, self._settings)
        self.notes += missed(number, found.absent, self._change, self._settings)
        return found.matched, self._change.apply(found.removed, found.added)

    def _names(self, operation: Operation, written: Iterable[str]) -> dict[str, NamedNode]:
        """Return the IRIs of graphs as they were written; words that are none apart."""
        return names_in(
            [each for each in written if each and each not in _GRAPH_WORDS],
            self._update.prologue(operation),
            prefixes=self._settings.prefixes,
            base_iri=self._settings.base_iri,
        )
