"""A question as a whole: what to evaluate, on what, and in which formats to answer.

It is plain data, so that it can be asked in this process or be sent to another one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.errors import NotAcceptableError
from orthogramic.store.answers import SparqlAnswer
from orthogramic.store.protocol import Dataset, QuadStore, Term
from orthogramic.syntax.media import RdfSyntax, ResultFormat


@dataclass(frozen=True, slots=True)
class Formats:
    """The format for each kind of answer; ``None`` where the asker takes none.

    :param rows: for a SELECT.
    :param boolean: for an ASK.
    :param graph: for a CONSTRUCT or DESCRIBE.
    """

    rows: ResultFormat | None = ResultFormat.JSON
    boolean: ResultFormat | None = ResultFormat.JSON
    graph: RdfSyntax | None = RdfSyntax.NTRIPLES

    def of(self, answer: SparqlAnswer) -> ResultFormat | RdfSyntax:
        """Return the format of an answer.

        :raises NotAcceptableError: if the asker takes none for an answer of this kind.
        """
        rows = self.rows if answer.boolean is None else self.boolean
        chosen = self.graph if answer.is_graph else rows
        if chosen is None:
            kind = "a graph" if answer.is_graph else "a table or a yes or no"
            raise NotAcceptableError(f"The answer is {kind}; none of its formats is accepted.")
        return chosen


@dataclass(frozen=True, slots=True)
class Question:
    """One query; see :meth:`QuadStore.query` for what its parts mean."""

    text: str
    dataset: Dataset = field(default_factory=Dataset)
    bindings: Mapping[str, Term] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    base_iri: str | None = None
    formats: Formats = field(default_factory=Formats)

    def put_to(self, store: QuadStore) -> SparqlAnswer:
        """Ask a store; errors as :meth:`QuadStore.query`."""
        return store.query(
            self.text,
            self.dataset,
            bindings=self.bindings,
            prefixes=self.prefixes,
            base_iri=self.base_iri,
        )

    def encode(self) -> bytes:
        """Return the question as bytes."""
        document = {
            "text": self.text,
            "default": _names(self.dataset.default),
            "named": _names(self.dataset.named),
            "bindings": {name: _said(term) for name, term in self.bindings.items()},
            "prefixes": dict(self.prefixes),
            "base": self.base_iri,
            "formats": [
                each.key if each else None
                for each in (self.formats.rows, self.formats.boolean, self.formats.graph)
            ],
        }
        return json.dumps(document).encode()

    @classmethod
    def decode(cls, data: bytes) -> Question:
        """Return what :meth:`encode` wrote."""
        document: dict[str, Any] = json.loads(data)
        rows, boolean, graph = document["formats"]
        return cls(
            text=document["text"],
            dataset=Dataset(_graphs(document["default"]), _graphs(document["named"])),
            bindings={name: _term(said) for name, said in document["bindings"].items()},
            prefixes=document["prefixes"],
            base_iri=document["base"],
            formats=Formats(
                ResultFormat.of_name(rows) if rows else None,
                ResultFormat.of_name(boolean) if boolean else None,
                RdfSyntax.of_name(graph) if graph else None,
            ),
        )


def _names(graphs: tuple[NamedNode, ...] | None) -> list[str] | None:
    return None if graphs is None else [each.value for each in graphs]


def _graphs(names: list[str] | None) -> tuple[NamedNode, ...] | None:
    return None if names is None else tuple(map(NamedNode, names))


def _said(term: Term) -> list[str | None]:
    if isinstance(term, NamedNode):
        return [term.value]
    return [term.value, term.language, None if term.language else term.datatype.value]


def _term(said: list[str | None]) -> Term:
    if len(said) == 1:
        return NamedNode(str(said[0]))
    value, language, datatype = said
    if language:
        return Literal(str(value), language=language)
    return Literal(str(value), datatype=NamedNode(str(datatype)))
