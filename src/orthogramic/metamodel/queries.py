"""Saved queries: SPARQL text with a YAML header in ``#+`` lines.

The header follows the convention of grlc (``summary``, ``description``, ``tags``, ``params``) with
a ``display`` hint of ours. A parameter is the SPARQL variable of the same name; it is bound as a
term when the query runs and stays an ordinary variable when it is not given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml
from pyoxigraph import NamedNode, QuerySolutions, Store, Variable

from orthogramic.errors import Fault, QueryRefusedError, QuerySyntaxError
from orthogramic.metamodel.documents import Document
from orthogramic.metamodel.model import Display, ParameterType, QueryParameter, SavedQuery
from orthogramic.metamodel.saved_queries import ClassLookup
from orthogramic.syntax import explain_syntax_error, refuse

#: The same loader twice, in C where the library has it: a start reads every header.
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Greatest length in characters, and nesting of brackets, of a saved query.
_LONGEST, _DEEPEST = 100_000, 50

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_HEADER_KEYS = {"summary", "description", "tags", "params", "display"}
_PARAMETER_KEYS = {"type", "class", "required", "default", "description"}

#: The fewest columns that can be drawn: something and its number; two sides and a number.
_LEAST_COLUMNS = {Display.BARS: 2, Display.MATRIX: 3}


class _HeaderError(Exception):
    """A fault within the header of one query."""


def read_queries(
    documents: list[Document], find_class: ClassLookup
) -> tuple[dict[str, SavedQuery], list[Fault]]:
    """Read every saved query.

    :param find_class: gives the class of a local name or IRI, or ``None``.
    :returns: the queries by name, sorted, and the faults found.
    """
    found: dict[str, SavedQuery] = {}
    faults: list[Fault] = []
    for document in sorted(documents, key=lambda each: each.source):
        try:
            query = _read_query(document, find_class)
            if query.name in found:
                raise _HeaderError(f"another query is called {query.name}")
            found[query.name] = query
        except (_HeaderError, QueryRefusedError) as error:
            faults.append(Fault(document.source, 1, str(error)))
        except QuerySyntaxError as error:
            faults.append(Fault(document.source, error.line or 1, error.detail))
    return dict(sorted(found.items())), faults


def _read_query(document: Document, find_class: ClassLookup) -> SavedQuery:
    name = PurePosixPath(document.source).stem
    if not _NAME.fullmatch(name):
        raise _HeaderError("the file name must be lower case words joined by hyphens")
    header = _header(document.text)
    text = refuse(document.text, max_length=_LONGEST, max_depth=_DEEPEST, allow_update=True)
    if text.form not in ("select", "unknown"):
        raise _HeaderError("a saved query must be SELECT: its answer is a table")
    parameters = tuple(
        _parameter(key, value, find_class) for key, value in (header.get("params") or {}).items()
    )
    for each in parameters:
        if each.name not in text.variables:
            raise _HeaderError(f"parameter {each.name} is no variable of the query")
    display = _member(Display, header.get("display", "table"), "display")
    _check_display(display, _try_out(document, parameters))
    return SavedQuery(
        name=name,
        summary=_required_text(header, "summary"),
        description=str(header.get("description") or "").strip(),
        tags=tuple(str(each) for each in header.get("tags") or ()),
        parameters=parameters,
        display=display,
        text=document.text,
        source=document.source,
    )


def _try_out(document: Document, parameters: tuple[QueryParameter, ...]) -> list[str]:
    """Ask the query of an empty store, so that what it lacks shows now and not at its first use.

    :returns: the names of its columns.
    :raises QuerySyntaxError: if it does not parse.
    """
    anything = NamedNode("urn:anything")
    try:
        answer = Store().query(
            document.text, substitutions={Variable(each.name): anything for each in parameters}
        )
    except SyntaxError as error:
        raise explain_syntax_error(error, document.text) from None
    except RuntimeError:
        names = ", ".join(f"${each.name}" for each in parameters)
        raise _HeaderError(f"the query must SELECT each of its parameters: {names}") from None
    if not isinstance(answer, QuerySolutions):
        raise _HeaderError("a saved query must be SELECT: its answer is a table")
    return [each.value for each in answer.variables]


def _check_display(display: Display, columns: list[str]) -> None:
    """Refuse a hint that no answer of the query could follow."""
    shown = [each for each in columns if each.removesuffix("Label") not in {*columns} - {each}]
    least = _LEAST_COLUMNS.get(display, 1)
    if len(shown) < least:
        raise _HeaderError(
            f"display {display.value} needs at least {least} columns beside those of labels; "
            f"the query has {len(shown)}"
        )


def _header(text: str) -> dict[str, Any]:
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        header = yaml.load("\n".join(lines), Loader=_SAFE_LOADER)  # noqa: S506 - it is safe
    except yaml.YAMLError as error:
        raise _HeaderError(f"the header is no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(header, dict):
        raise _HeaderError("the query has no #+ header")
    _only(header, _HEADER_KEYS, "the header")
    if not isinstance(header.get("params") or {}, dict):
        raise _HeaderError("params must map names to their properties")
    return header


def _parameter(name: str, value: Any, find_class: ClassLookup) -> QueryParameter:
    if not isinstance(value, dict):
        raise _HeaderError(f"parameter {name} must say at least its type")
    _only(value, _PARAMETER_KEYS, f"parameter {name}")
    kind = _member(ParameterType, value.get("type"), f"type of parameter {name}")
    entity_class = None
    if value.get("class") is not None:
        entity_class = find_class(str(value["class"]))
        if entity_class is None:
            raise _HeaderError(f"parameter {name} wants the unknown class {value['class']}")
    default = value.get("default")
    return QueryParameter(
        name=name,
        type=kind,
        description=_required_text(value, "description").strip(),
        required=bool(value.get("required", False)),
        default=None if default is None else _default_text(default),
        entity_class=entity_class,
    )


def _default_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _required_text(values: Mapping[str, Any], key: str) -> str:
    text = values.get(key)
    if not isinstance(text, str) or not text.strip():
        raise _HeaderError(f"{key} is missing")
    return text.strip()


def _member(choices: Any, value: Any, what: str) -> Any:
    try:
        return choices(value)
    except ValueError:
        allowed = ", ".join(each.value for each in choices)
        raise _HeaderError(f"{what} must be one of {allowed}") from None


def _only(values: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(values) - allowed)
    if unknown:
        raise _HeaderError(f"{where} has the unknown key {unknown[0]}")
