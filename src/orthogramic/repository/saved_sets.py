"""Saved sets: the entities that a saved query finds, named where a question wants entities.

A set is written ``query:NAME``, with the parameters of the query behind ``?`` and, where its
answer speaks of several kinds of thing, the column that is meant behind ``#``::

    query:NAME?parameter=value&other=value#column

Values are percent-decoded, and bound as terms when the query is asked; no text is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from pyoxigraph import NamedNode

from orthogramic.errors import InvalidParameterError, ServiceBusyError
from orthogramic.graph import EntityGraph
from orthogramic.metamodel import Metamodel
from orthogramic.repository.asking import Asking, SavedAnswer
from orthogramic.repository.catalogue import Catalogue

PREFIX = "query:"

#: How often sets and graph are looked at anew because somebody wrote in between.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SetName:
    """The name of a saved set, taken apart.

    :param query: name of the saved query.
    :param values: text by parameter name.
    :param column: the column that holds the entities; ``None`` for the first that does.
    """

    query: str
    values: Mapping[str, str]
    column: str | None = None


@dataclass(frozen=True, slots=True)
class SavedSet:
    """The entities of a saved set at one snapshot.

    :param query: name of the saved query.
    :param parameters: lexical form or IRI of what was bound, by parameter name.
    :param column: the column that held the entities; ``None`` if the answer had no row.
    :param entities: without repeats, in the order of the answer.
    :param snapshot: number of the commit that the query saw.
    """

    query: str
    parameters: Mapping[str, str]
    column: str | None
    entities: tuple[NamedNode, ...]
    snapshot: int

    def to_dict(self) -> dict[str, Any]:
        """Return what names the set in the normal form of a question; its entities follow."""
        return {
            "query": self.query,
            "parameters": dict(sorted(self.parameters.items())),
            "column": self.column,
        }


def names_a_set(text: str) -> bool:
    """Tell whether a text is meant as the name of a saved set."""
    return text.startswith(PREFIX)


def read_set_name(text: str) -> SetName:
    """Take the name of a saved set apart.

    :raises InvalidParameterError: if it is not written as one.
    """
    rest, hash_sign, column = text.removeprefix(PREFIX).partition("#")
    name, _, pairs = rest.partition("?")
    if not names_a_set(text) or not name or (hash_sign and not column):
        raise InvalidParameterError(
            f"A saved set is written {PREFIX}NAME?parameter=value#column, not {text!r}."
        )
    values: dict[str, str] = {}
    for pair in filter(None, pairs.split("&")):
        key, equals, value = pair.partition("=")
        key = unquote(key)
        if not equals or not key:
            raise InvalidParameterError(
                f"A parameter of a saved set is written NAME=VALUE, not {pair!r}."
            )
        if key in values:
            raise InvalidParameterError(f"{text!r} has two values for {key}.")
        values[key] = unquote(value)
    return SetName(name, values, unquote(column) or None)


class SavedSets:
    """Finds the entities of saved sets in one repository."""

    def __init__(self, asking: Asking, metamodel: Metamodel, catalogue: Catalogue) -> None:
        self._asking = asking
        self._metamodel = metamodel
        self._catalogue = catalogue

    def find(self, text: str, values: Mapping[str, str] | None = None) -> SavedSet:
        """Ask the query of a saved set.

        :param text: the name of the set.
        :param values: further parameters of the query, by name; they go before those of the name.
        :returns: its entities: those of the column that is named, or of the first column with
            entities that are not themselves a value that the question gave. A query that finds
            nothing gives an empty set.
        :raises InvalidParameterError: if the name is not written as one, the query has no such
            parameter or column, or its answer has rows but no entities.
        :raises UnknownQueryError: if there is no such query.
        :raises NamingError: if a parameter names no entity, or several.
        """
        name = read_set_name(text)
        given = {**name.values, **(values or {})}
        answer = self._asking.saved(self._metamodel.query(name.query), given)
        column, entities = self._entities(answer, name.column, frozenset(given))
        return SavedSet(
            query=name.query,
            parameters={key: term.value for key, term in answer.parameters.items()},
            column=column,
            entities=entities,
            snapshot=answer.snapshot,
        )

    def beside(
        self, names: Iterable[str], graph: Callable[[], tuple[int, EntityGraph]]
    ) -> tuple[dict[str, SavedSet], int, EntityGraph]:
        """Find some sets and take a graph, all of one snapshot.

        :param names: texts; those that name no set are left out.
        :param graph: gives the snapshot and the graph of it.
        :returns: the sets by name, the snapshot, and the graph.
        :raises ServiceBusyError: if others write so often that no two looks agree.
        """
        wanted = [each for each in dict.fromkeys(names) if names_a_set(each)]
        for _ in range(_ATTEMPTS):
            found = {each: self.find(each) for each in wanted}
            snapshot, taken = graph()
            if all(each.snapshot == snapshot for each in found.values()):
                return found, snapshot, taken
        raise ServiceBusyError(
            "The data changes faster than saved sets can be found in it. Ask again in a moment."
        )

    def _entities(
        self, answer: SavedAnswer, wanted: str | None, given: frozenset[str]
    ) -> tuple[str | None, tuple[NamedNode, ...]]:
        rows = answer.rows
        for at in _places(answer, wanted, given):
            found = self._known(row[at] for row in rows)
            if found:
                return answer.variables[at], found
        if rows:
            where = f"the column {wanted}" if wanted else "any of its columns"
            raise InvalidParameterError(
                f"The query {answer.query.name} cannot stand for a set: it has no entities in "
                f"{where}."
            )
        return wanted, ()

    def _known(self, terms: Iterable[object]) -> tuple[NamedNode, ...]:
        """Return the entities among some terms, without repeats."""
        return tuple(
            each
            for each in dict.fromkeys(terms)
            if isinstance(each, NamedNode) and self._catalogue.by_iri(each.value) is not None
        )


def _places(answer: SavedAnswer, wanted: str | None, given: frozenset[str]) -> list[int]:
    """Return the columns to look for entities in, by preference.

    A query selects its parameters, too; what the question gave is not what it asks for.
    """
    if wanted is None:
        return sorted(range(len(answer.variables)), key=lambda at: answer.variables[at] in given)
    if wanted not in answer.variables:
        offered = ", ".join(answer.variables)
        raise InvalidParameterError(
            f"The query {answer.query.name} has no column {wanted!r}; it has {offered}."
        )
    return [answer.variables.index(wanted)]
