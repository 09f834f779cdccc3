"""Asks for the solutions of a pattern, in the dataset that an update means.

``USING`` and ``USING NAMED``, or the dataset of the request, are the dataset; else ``WITH`` is the
default graph; else the pattern reads what a query reads (SPARQL 1.1 Update, section 3.1.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.repository.updating.templates import Solution
from orthogramic.store import Dataset, QuadStore
from orthogramic.syntax.sparql_tokens import Token, tokens
from orthogramic.syntax.sparql_update_reading import names_in

_GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class Pattern:
    """The pattern of an operation.

    :param prologue: the declarations that hold for it.
    :param group: its text, with braces.
    :param default: the graphs of its default graph; ``None`` for what a query reads.
    :param named: the graphs that GRAPH reaches; ``None`` for all that hold data.
    """

    prologue: str
    group: str
    default: tuple[NamedNode, ...] | None
    named: tuple[NamedNode, ...] | None


def solutions(
    pattern: Pattern,
    variables: Sequence[str],
    store: QuadStore,
    data_graphs: Callable[[], Sequence[NamedNode]],
    settings: UpdateSettings,
) -> Iterator[Solution]:
    """Yield the solutions of a pattern.

    :param variables: names of the variables that are wanted.
    :param data_graphs: gives what GRAPH reaches where nothing else is said.
    """
    columns = " ".join(f"?{each}" for each in variables) or "*"
    answer = store.query(
        f"{pattern.prologue}SELECT {columns} WHERE {pattern.group}",
        _dataset(pattern, data_graphs, settings),
        prefixes=settings.prefixes,
        base_iri=settings.base_iri,
    )
    return enumerate(answer.rows())


def _dataset(
    pattern: Pattern, data_graphs: Callable[[], Sequence[NamedNode]], settings: UpdateSettings
) -> Dataset:
    default, named = pattern.default, pattern.named
    if default is None and settings.plain:
        default = (settings.unnamed,)
    if named is None:
        found = list(tokens(pattern.group))
        # Without the word GRAPH no named graph is reached, however many there are.
        if any(_GRAPH in each.prefix for each in found):
            hidden = settings.unnamed if settings.plain else None
            reached = [each for each in data_graphs() if each != hidden]
            named = tuple(dict.fromkeys([*reached, *_spoken_of(pattern, found, settings)]))
    return Dataset(default, named)


def _spoken_of(
    pattern: Pattern, found: Sequence[Token], settings: UpdateSettings
) -> Iterator[NamedNode]:
    """Yield the graphs that a pattern reaches by name: those that a variable does not reach too."""
    before = ""
    for token in found:
        if token.kind in {"iri", "name"} and before.endswith(_GRAPH):
            yield from _named(token.text, pattern, settings)
        elif token.kind == "name" and _GRAPH in token.prefix:
            # The word may be glued to the name.
            name = token.text[token.prefix.rindex(_GRAPH) + len(_GRAPH) :]
            yield from _named(name, pattern, settings)
        before = token.prefix


def _named(name: str, pattern: Pattern, settings: UpdateSettings) -> set[NamedNode]:
    try:
        found = names_in(
            [name], pattern.prologue, prefixes=settings.prefixes, base_iri=settings.base_iri
        )
    except SyntaxError:
        return set()
    return set(found.values())
