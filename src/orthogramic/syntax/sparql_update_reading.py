"""Read an update: refuse what may not be carried out, explain what does not parse.

The engine says what parses.  It is handed the whole update behind an operation that always fails,
so nothing of it is carried out.  It knows no declarations behind the first operation, where the
grammar has them (SPARQL 1.1, rule 29): they are moved to the front for this, while each operation
is carried out under those before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate
from typing import cast

from pyoxigraph import NamedNode, QuerySolutions, Store

from orthogramic.errors import QueryRefusedError
from orthogramic.syntax.allowed_addresses import NOWHERE, AllowedAddresses
from orthogramic.syntax.sparql_certainty import certain
from orthogramic.syntax.sparql_errors import explain_syntax_error
from orthogramic.syntax.sparql_operation import Operation, Span
from orthogramic.syntax.sparql_text import refuse
from orthogramic.syntax.sparql_update import UpdateText

#: An operation that parses, and fails before anything after it is begun.
_FAILS = "MOVE <urn:x-graph-that-is-nowhere> TO <urn:x-graph-of-nothing> ;\n"
#: Characters of declarations that all operations together may repeat.
_MOST_DECLARED = 50_000_000
_LINE = re.compile(r"error at (\d+):")
_INK = re.compile(r"[^\r\n]")


def read_update(
    text: str,
    *,
    max_depth: int,
    prefixes: Mapping[str, str] | None = None,
    base_iri: str | None = None,
    allowed: AllowedAddresses = NOWHERE,
) -> UpdateText:
    """Take an update apart that may be carried out.

    :param text: an update, well formed or not.
    :param max_depth: the greatest nesting of brackets.
    :param prefixes: prefixes that it may use without declaring them.
    :param allowed: what SERVICE may ask and LOAD may fetch.
    :returns: the parts of a text that means the same, and has no other reading.
    :raises QuerySyntaxError: if it does not parse.
    :raises QueryRefusedError: as :func:`refuse`: with SERVICE, LOAD that is not silent, or too
        deep.
    """
    update = UpdateText.of(certain(text), prefixes or {})
    if update.depth > max_depth:
        raise QueryRefusedError(
            f"The update nests brackets {update.depth:,} levels deep; at most {max_depth:,} are "
            "allowed.",
            reason="query-too-deep",
        )
    if _declared(update) > _MOST_DECLARED:
        raise QueryRefusedError(
            "The update has too many declarations for its many operations.",
            reason="query-too-long",
        )
    _check(update, prefixes, base_iri)
    for operation in update.operations:
        _refuse(update, operation, max_depth, allowed)
    return update


def names_in(
    names: Collection[str],
    prologue: str,
    *,
    prefixes: Mapping[str, str] | None = None,
    base_iri: str | None = None,
) -> dict[str, NamedNode]:
    """Return the IRIs that names stand for.

    :param names: IRIs in angle brackets and prefixed names, as they were written.
    :param prologue: the declarations that hold there.
    """
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    columns = " ".join(f"({name} AS ?name{place})" for place, name in enumerate(wanted))
    text = f"{prologue}SELECT {columns} {{}}"
    answer = Store().query(text, prefixes=_given(prefixes), base_iri=base_iri)
    (found,) = cast("QuerySolutions", answer)
    return dict(zip(wanted, cast("Iterable[NamedNode]", found), strict=True))


def _declared(update: UpdateText) -> int:
    """Return how many characters of declarations are read if each operation is read with its."""
    lengths = [0, *accumulate(each.end - each.start for each in update.declarations)]
    return sum(lengths[each.declared] for each in update.operations)


def _refuse(
    update: UpdateText, operation: Operation, max_depth: int, allowed: AllowedAddresses
) -> None:
    if operation.kind == "load" and not (operation.silent or allowed.allow(source_of(operation))):
        raise QueryRefusedError(
            "LOAD is not allowed: nothing is fetched from the network.", reason="load-not-allowed"
        )
    pattern = operation.data if operation.kind == "delete-where" else operation.where
    if pattern is not None:
        text = f"{update.prologue(operation)}ASK {pattern.of(update.text)}"
        refuse(text, max_length=len(text), max_depth=max_depth, allowed=allowed)


def source_of(operation: Operation) -> str | None:
    """Return the address that a LOAD names, if it is written out."""
    name = operation.graphs[0]
    return name[1:-1] if name.startswith("<") else None


# -- syntax ------------------------------------------------------------------------------------


def _check(update: UpdateText, prefixes: Mapping[str, str] | None, base_iri: str | None) -> None:
    """Find out whether an update parses.

    :raises QuerySyntaxError: if it does not, at the first operation that does not.
    """
    whole = ";\n".join(each.span.of(update.text) for each in update.operations)
    error = _complaint(f"{update.prologue()}{_FAILS}{whole}", prefixes, base_iri)
    if error is None and update.lost_at is None:
        return
    places = [(each.span, each.declared) for each in update.operations]
    if update.lost_at is not None:
        places.append((Span(update.lost_at, len(update.text)), len(update.declarations)))
    for span, declared in places:
        _check_operation(update, span, declared, prefixes, base_iri)
    # What is wrong is not in one of the operations, but between them.
    at = _line_and_column(update.text, update.lost_at or 0)
    raise explain_syntax_error(error or SyntaxError(f"error at {at}: "), update.text)


def _check_operation(
    update: UpdateText,
    span: Span,
    declared: int,
    prefixes: Mapping[str, str] | None,
    base_iri: str | None,
) -> None:
    head = "".join(f"{each.of(update.text)}\n" for each in update.declarations[:declared]) + _FAILS
    error = _complaint(head + span.of(update.text), prefixes, base_iri)
    if error is None:
        return
    # Where the operation stands in the whole text: everything else is left out, line by line.
    alone = _only(update.text, [span])
    error = _complaint(head + alone, prefixes, base_iri) or error
    lines = head.count("\n")
    message = _LINE.sub(lambda found: f"error at {int(found[1]) - lines}:", str(error), count=1)
    shown = _only(update.text, [*update.declarations[:declared], span])
    raise explain_syntax_error(SyntaxError(message), shown)


def _complaint(
    text: str, prefixes: Mapping[str, str] | None, base_iri: str | None
) -> SyntaxError | None:
    """Return what the engine has against a text that begins with what fails."""
    try:
        Store().update(text, prefixes=_given(prefixes), base_iri=base_iri)
    except SyntaxError as error:
        return error
    except RuntimeError:
        return None
    raise AssertionError("an operation that fails did not")


def _given(prefixes: Mapping[str, str] | None) -> dict[str, str] | None:
    return dict(prefixes) if prefixes else None


def _only(text: str, spans: Collection[Span]) -> str:
    """Return a text of the same lines and columns with nothing but some of its parts."""
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += [_INK.sub(" ", text[at : span.start]), span.of(text)]
        at = span.end
    return "".join(pieces)


def _line_and_column(text: str, place: int) -> str:
    return f"{text.count(chr(10), 0, place) + 1}:{place - text.rfind(chr(10), 0, place)}"
