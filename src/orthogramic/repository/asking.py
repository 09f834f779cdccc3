"""SPARQL over a repository: read-only text, and saved queries with typed parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from orthogramic.errors import InvalidParameterError
from orthogramic.metamodel import ParameterType, QueryParameter, SavedQuery
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.store import Dataset, SparqlAnswer
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.evaluator import AnswerBytes, Evaluator, InProcess
from orthogramic.store.isolation.reading import read_answer
from orthogramic.store.question import Formats, Question
from orthogramic.syntax import ResultFormat, refuse
from orthogramic.vocabulary import XSD

Term = NamedNode | Literal

LONGEST_QUERY = 1 << 20
DEEPEST_QUERY = 100

#: What is held to where queries are evaluated in this process.
_AT_HOME = Bounds(text_length=LONGEST_QUERY, nesting=DEEPEST_QUERY)

#: What a person may type for a number or a date: the lexical forms of XML Schema, no exponent.
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Timing:
    """When a question ends that has no answer yet.

    :param seconds: after this time, if that is less than the bound.
    :param cancellation: when somebody says so.
    """

    seconds: float | None = None
    cancellation: Cancellation = field(default_factory=Cancellation)


class Asking:
    """Answers SPARQL queries on one repository."""

    def __init__(self, knowledge: KnowledgeBase, naming: Naming) -> None:
        self._knowledge = knowledge
        self._naming = naming
        self._evaluator: Evaluator | None = None

    def evaluate_with(self, evaluator: Evaluator | None) -> None:
        """Let somebody else evaluate every query from now on; ``None`` for this process."""
        self._evaluator = evaluator

    def sparql(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
    ) -> SparqlAnswer:
        """Evaluate a read-only query.

        :param default_graphs: graphs whose union is the default graph; by default all data and
            what follows from it.
        :param named_graphs: graphs that ``GRAPH`` may reach; by default all, unless
            ``default_graphs`` are given (SPARQL 1.1 Protocol, section 2.1.4).
        :returns: the answer; it may be closed before it was read to its end.
        :raises QueryRefusedError: for an update, SERVICE, or a text too long or too deep.
        :raises QuerySyntaxError: if the text does not parse.
        :raises LimitExceededError: where the evaluator has bounds, and one is passed.
        """
        question = self._question(text, default_graphs, named_graphs, base_iri)
        if self._evaluator:
            return read_answer(self._evaluator.evaluate(question), text)
        snapshot = self._knowledge.snapshot
        answer = question.put_to(self._knowledge.store)
        answer.snapshot = snapshot
        return answer

    def sparql_bytes(
        self,
        text: str,
        formats: Formats,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base_iri: str | None = None,
        timing: Timing | None = None,
    ) -> AnswerBytes:
        """Evaluate a read-only query into the bytes of a format; otherwise as :meth:`sparql`.

        :param timing: how long it may take, and who may stop it.
        :returns: the answer, perhaps while it is still being evaluated; close it.
        :raises NotAcceptableError: if none of the formats is for an answer of its kind.
        """
        question = self._question(text, default_graphs, named_graphs, base_iri)
        return self._bytes(replace(question, formats=formats), timing)

    def _bytes(self, question: Question, timing: Timing | None) -> AnswerBytes:
        wanted = timing or Timing()
        evaluator = self._evaluator or InProcess(
            self._knowledge.store, lambda: self._knowledge.snapshot, _AT_HOME
        )
        return evaluator.evaluate(
            question, seconds=wanted.seconds, cancellation=wanted.cancellation
        )

    def _question(
        self,
        text: str,
        default_graphs: Sequence[str] | None,
        named_graphs: Sequence[str] | None,
        base_iri: str | None,
    ) -> Question:
        require_characters(text, "The SPARQL text")
        bounds = self._evaluator.bounds if self._evaluator else _AT_HOME
        refuse(
            text,
            max_length=bounds.text_length,
            max_depth=bounds.nesting,
            allowed=bounds.allowed,
        )
        return Question(
            text,
            self._dataset(default_graphs, named_graphs),
            prefixes=self._knowledge.metamodel.prefixes,
            base_iri=None if base_iri is None else iri_of(base_iri, "base IRI").value,
        )

    def _dataset(
        self, default_graphs: Sequence[str] | None, named_graphs: Sequence[str] | None
    ) -> Dataset:
        if default_graphs is None and named_graphs is None:
            return Dataset()
        return Dataset(
            default=tuple(graph_name(each) for each in default_graphs or ()),
            named=tuple(graph_name(each) for each in named_graphs or ()),
        )

    def saved(self, query: SavedQuery, values: Mapping[str, str]) -> SavedAnswer:
        """Evaluate a saved query.

        :param values: text by parameter name; an optional parameter that is left out, and has no
            default, stays an ordinary variable.
        :raises InvalidParameterError: for an unknown, missing or ill-typed parameter.
        :raises NamingError: if a parameter names no entity, or several.
        """
        bindings = self.bindings(query, values)
        with closing(self._bytes(Question(query.text, bindings=bindings), None)) as answer:
            return SavedAnswer(
                query=query,
                parameters=bindings,
                variables=answer.head.variables,
                document=b"".join(answer.pieces()),
                snapshot=answer.head.snapshot,
            )

    def saved_bytes(
        self,
        query: SavedQuery,
        values: Mapping[str, str],
        chosen: ResultFormat,
        timing: Timing | None = None,
    ) -> AnswerBytes:
        """Evaluate a saved query into the bytes of a format; otherwise as :meth:`saved`.

        :param timing: how long it may take, and who may stop it.
        :returns: the answer, perhaps while it is still being evaluated; close it.
        """
        formats = Formats(rows=chosen, boolean=chosen)
        question = Question(query.text, bindings=self.bindings(query, values), formats=formats)
        return self._bytes(question, timing)

    def bindings(self, query: SavedQuery, values: Mapping[str, str]) -> dict[str, Term]:
        """Return the terms that stand for parameters; parameters and errors as :meth:`saved`."""
        known = {each.name: each for each in query.parameters}
        for name in values:
            if name not in known:
                offered = ", ".join(known) or "none"
                raise InvalidParameterError(
                    f"The query {query.name} has no parameter {name!r}; it has {offered}."
                )
        bindings: dict[str, Term] = {}
        for name, parameter in known.items():
            text = values.get(name, parameter.default)
            require_characters(text or "", f"The parameter {name}")
            if text is not None:
                bindings[name] = self._term(parameter, text)
            elif parameter.required:
                raise InvalidParameterError(
                    f"The query {query.name} needs the parameter {name}: {parameter.description}"
                )
        return bindings

    def _term(self, parameter: QueryParameter, text: str) -> Term:
        if parameter.type is ParameterType.ENTITY:
            wanted = parameter.entity_class
            term = self._knowledge.metamodel.classes[wanted] if wanted else None
            return NamedNode(self._naming.resolve(text, term).iri)
        if parameter.type is ParameterType.IRI:
            return self._iri(parameter, text)
        return _literal(parameter, text)

    def _iri(self, parameter: QueryParameter, text: str) -> NamedNode:
        found = self._knowledge.metamodel.expand(text)
        if found is None:
            raise InvalidParameterError(f"{parameter.name} must be an IRI, not {text!r}.")
        return found


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """The answer to a saved query; ``document`` is it as SPARQL 1.1 Query Results JSON."""

    query: SavedQuery
    parameters: Mapping[str, Term]
    variables: tuple[str, ...]
    document: bytes
    snapshot: int

    @property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]:
        """The rows, each as long as ``variables``; a gap is ``None``."""
        width = range(len(self.variables))
        return tuple(tuple(row[at] for at in width) for row in self._solutions())

    def _solutions(self) -> QuerySolutions:
        solutions = parse_query_results(self.document, QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)
        return solutions

    def to_dict(self) -> dict[str, Any]:
        """Return the answer in the SPARQL 1.1 Query Results JSON Format."""
        answer: dict[str, Any] = json.loads(self.document)
        return answer

    def serialize(self, result_format: ResultFormat) -> bytes:
        """Return the answer in a SPARQL result format."""
        if result_format is ResultFormat.JSON:
            return self.document
        return cast("bytes", self._solutions().serialize(format=result_format.results_format))


def graph_name(text: str) -> NamedNode:
    """Read the IRI of a graph.

    :raises InvalidParameterError: if it is no absolute IRI.
    """
    return iri_of(text, "IRI of a graph")


def iri_of(text: str, what: str) -> NamedNode:
    """Read an absolute IRI.

    :param what: what it is the IRI of, for the sentence of the error.
    :raises InvalidParameterError: if it is none.
    """
    try:
        return NamedNode(text)
    except ValueError:
        raise InvalidParameterError(f"{text!r} is no {what}.") from None


def require_characters(text: str, what: str) -> None:
    """Refuse text with bytes that no character has: it could not be sent to the engine.

    :raises InvalidParameterError: if there are any.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidParameterError(
            f"{what} has something at position {error.start + 1} that is no character."
        ) from None


def _literal(parameter: QueryParameter, text: str) -> Literal:
    """Read a value of a parameter's type in its canonical form."""
    kind = parameter.type
    try:
        if kind is ParameterType.INTEGER:
            return Literal(str(int(_shaped(_INTEGER, text))), datatype=XSD.integer)
        if kind is ParameterType.DECIMAL:
            return Literal(_plain(Decimal(_shaped(_DECIMAL, text))), datatype=XSD.decimal)
        if kind is ParameterType.DATE:
            return Literal(date.fromisoformat(_shaped(_DATE, text)).isoformat(), datatype=XSD.date)
    except ValueError:
        raise InvalidParameterError(
            f"{parameter.name} must be of type {kind.value}, not {text!r}."
        ) from None
    if kind is ParameterType.BOOLEAN:
        if text not in ("true", "false"):
            raise InvalidParameterError(f"{parameter.name} must be true or false, not {text!r}.")
        return Literal(text, datatype=XSD.boolean)
    return Literal(text)


def _shaped(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
