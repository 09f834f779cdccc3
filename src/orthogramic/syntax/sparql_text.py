"""What can be said about SPARQL text without evaluating it, and what is refused beforehand.

The embedded engine has no switch for SERVICE and LOAD, no limit on the shape of a query and no
way to cancel one; it parses and evaluates by recursion, and where the stack ends, the process
ends.  Measured with pyoxigraph 0.5.13 in a thread with a stack of 8 MiB, an overflow happens at

* nested group graph patterns ``{ … }``: between 1,600 and 3,200 levels, whether well formed or
  not, subqueries and FILTER EXISTS included;
* nested function calls: between 800 and 1,600 levels; parentheses in expressions and triple terms:
  between 3,200 and 6,400; parentheses in property paths: from 6,400;
* chains of BIND, MINUS and ``(… AS ?v)``: between 1,600 and 3,200 links; of ``!``, ``+``, ``*``,
  ``&&``, ``||``, path alternatives, UNION and FILTER: between 6,400 and 20,000.

Far below these sizes, a basic graph pattern of more than some 200 triples (nested brackets, lists,
object lists and annotations among them) or a property path of some 400 steps keeps the planner
busy for longer than ten seconds; no rule here covers that.  The limits on length, depth and chains
are set well below the measured sizes.

This module reads text only; it never evaluates anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from orthogramic.errors import QueryRefusedError
from orthogramic.syntax.allowed_addresses import NOWHERE, AllowedAddresses
from orthogramic.syntax.sparql_tokens import CLOSING, OPENING, Token, tokens

Form: TypeAlias = Literal["select", "ask", "construct", "describe", "update", "unknown"]

MAX_CHAIN = 1000

_QUERY_FORMS: tuple[Form, ...] = ("select", "ask", "construct", "describe")
_UPDATE_WORDS = tuple("insert delete load clear drop create add move copy with".split(" "))
_CHAINING = {"!", "+", "-", "*", "/", "|", "||", "&&", "^", "=", "!=", "<", ">", "<=", ">="}
_CHAINING_WORDS = ("union", "minus", "optional", "filter", "bind", "lateral", "as")


@dataclass(frozen=True)
class SparqlText:
    """What a SPARQL text asks for.

    :param form: the query form, ``update``, or ``unknown`` where the text begins with neither.
    :param services: the endpoint of each SERVICE clause; ``None`` where it is not an IRI that is
        written out in full, between the plain keyword and a group.
    :param uses_load: whether a LOAD operation occurs.
    :param uses_from: whether a FROM or FROM NAMED clause occurs.
    :param depth: the greatest nesting of brackets of any kind.
    :param chain: how many operators, path steps, UNIONs, BINDs and the like occur.
    :param length: length in characters.
    :param variables: names of the variables, without their sign.
    """

    form: Form
    services: tuple[str | None, ...]
    uses_load: bool
    uses_from: bool
    depth: int
    chain: int
    length: int
    variables: frozenset[str]

    @property
    def uses_service(self) -> bool:
        """Whether a SERVICE clause occurs."""
        return bool(self.services)

    @classmethod
    def of(cls, text: str) -> SparqlText:
        """Look at a text.

        :param text: SPARQL 1.1 or 1.2, well formed or not.
        :returns: what it asks for; never raises.
        """
        sequence = list(tokens(text))
        start, prefixes = _prologue(sequence)
        form = _form(sequence[start] if start < len(sequence) else None)
        levels = _levels(sequence)
        return cls(
            form=form,
            services=tuple(_services(sequence, prefixes)),
            uses_load=form == "update" and _uses_load(sequence, levels, prefixes),
            uses_from=_uses_from(sequence[start:], levels[start:]),
            depth=max(levels, default=0),
            chain=sum(map(_is_link, sequence)),
            length=len(text),
            variables=frozenset(each.text[1:] for each in sequence if each.kind == "variable"),
        )


def _prologue(sequence: Sequence[Token]) -> tuple[int, frozenset[str]]:
    """Return where the prologue of a text ends, and the prefixes declared in it or later on."""
    prefixes = {
        second.prefix
        for first, second in pairwise(sequence)
        if first.prefix == "prefix" and second.kind == "name"
    }
    place = 0
    while place < len(sequence):
        word = sequence[place].prefix
        if word == "prefix":
            place += 3
        elif word in {"base", "version"} or word.startswith("prefix"):
            place += 2
        else:
            break
    return place, frozenset(prefixes)


def _form(first: Token | None) -> Form:
    word = first.prefix if first is not None else ""
    for form in _QUERY_FORMS:
        if word.startswith(form):
            return form
    return "update" if word.startswith(_UPDATE_WORDS) else "unknown"


def _levels(sequence: Iterable[Token]) -> list[int]:
    """Return how many brackets are open after each token."""
    level = 0
    levels = []
    for token in sequence:
        if token.kind == "sign":
            if token.text in OPENING:
                level += 1
            elif token.text in CLOSING:
                level = max(0, level - 1)
        levels.append(level)
    return levels


def _is_link(token: Token) -> bool:
    """Say whether a token is a link of a chain that the engine follows by recursion."""
    if token.kind == "sign":
        return token.text in _CHAINING
    if token.kind == "word":
        return token.prefix.endswith(_CHAINING_WORDS)
    return token.prefix.startswith("filter")


def _services(sequence: Sequence[Token], prefixes: frozenset[str]) -> Iterator[str | None]:
    """Find the keyword SERVICE, also where it is glued to its neighbours; yield each endpoint.

    A declared prefix that contains the word is left alone, unless a group follows its name: that
    is how a SERVICE clause looks (GRAPH clauses apart).
    """
    before = ""
    for place, token in enumerate(sequence):
        word = token.prefix
        if "service" in word:
            is_group = place + 1 < len(sequence) and sequence[place + 1].text == "{"
            if token.kind == "word":
                yield _endpoint(sequence[place : place + 4]) if word == "service" else None
            elif (word not in prefixes and before != "prefix") or (
                is_group and not before.endswith("graph")
            ):
                yield None
        before = word


def _endpoint(clause: Sequence[Token]) -> str | None:
    """Return the IRI of a clause that says it plainly."""
    after = [each for each in clause[1:] if each.prefix != "silent"]
    match after:
        case [name, opening, *_] if name.kind == "iri" and opening.text == "{":
            return name.text[1:-1]
    return None


def _uses_load(sequence: Sequence[Token], levels: Sequence[int], prefixes: frozenset[str]) -> bool:
    """Find the keyword LOAD, also where it is glued to the name of what is loaded."""
    before = ""
    for token, level in zip(sequence, levels, strict=True):
        word = token.prefix
        if "load" in word and before != "prefix":
            if token.kind == "word" or word not in prefixes:
                return True
            if level == 0 and word.startswith("load"):
                return True
        before = word
    return False


def _uses_from(sequence: Sequence[Token], levels: Sequence[int]) -> bool:
    """Find the keyword FROM outside of brackets, also where it is glued to its neighbours."""
    return any(
        level == 0 and "from" in token.prefix for token, level in zip(sequence, levels, strict=True)
    )


def refuse(
    text: str,
    *,
    max_length: int,
    max_depth: int,
    allow_update: bool = False,
    allowed: AllowedAddresses = NOWHERE,
) -> SparqlText:
    """Refuse a text that may not be evaluated here, with a stable reason.

    :param text: SPARQL text, well formed or not.
    :param max_length: the greatest length in characters.
    :param max_depth: the greatest nesting of brackets.
    :param allow_update: whether an update may be evaluated.
    :param allowed: endpoints that SERVICE may ask, if they are named plainly.
    :returns: what a text that was not refused asks for.
    :raises QueryRefusedError: with ``reason`` ``query-too-long``, ``query-too-deep``,
        ``service-not-allowed``, ``load-not-allowed`` or ``update-not-allowed``.
    """
    if len(text) > max_length:
        raise QueryRefusedError(
            f"The query is longer than {max_length:,} characters.", reason="query-too-long"
        )
    found = SparqlText.of(text)
    if found.depth > max_depth:
        raise QueryRefusedError(
            f"The query nests brackets {found.depth:,} levels deep; at most {max_depth:,} are "
            "allowed.",
            reason="query-too-deep",
        )
    if found.chain > MAX_CHAIN:
        raise QueryRefusedError(
            f"The query chains {found.chain:,} operators or clauses; at most {MAX_CHAIN:,} are "
            "allowed.",
            reason="query-too-deep",
        )
    if not all(map(allowed.allow, found.services)):
        raise QueryRefusedError(
            "SERVICE is not allowed: no other endpoint is asked from here"
            f"{' than those that are allowed' if allowed.beginnings else ''}.",
            reason="service-not-allowed",
        )
    if found.uses_load:
        raise QueryRefusedError(
            "LOAD is not allowed: nothing is fetched from the network.", reason="load-not-allowed"
        )
    if found.form == "update" and not allow_update:
        raise QueryRefusedError(
            "This is an update, and only queries are allowed here.", reason="update-not-allowed"
        )
    return found
