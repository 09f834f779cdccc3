"""From the bytes of a document to its members, strictly: nothing is dropped, rounded or guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

from orthogramic.errors import InvalidDocumentError, RdfSyntaxError
from orthogramic.repository.documents.faults import below, shown
from orthogramic.syntax.json_documents import refuse_deep_nesting

#: Objects and arrays in each other; parts have parts, but not so many.
DEEPEST = 64
#: Digits of a number; what is longer is no number that anybody measured.
_LONGEST_NUMBER = 400


def read_json_object(data: bytes) -> dict[str, Any]:
    """Read one JSON object; numbers with a point become decimals of the same digits.

    :param data: UTF-8 (RFC 8259, section 8.1).
    :raises InvalidDocumentError: if it is no JSON object, a member stands in it twice, or it is
        nested too deep.
    """
    try:
        refuse_deep_nesting(data, "the document")
        document = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_no_number,
        )
    except RdfSyntaxError as error:
        raise InvalidDocumentError(error.detail) from None
    except UnicodeDecodeError:
        raise InvalidDocumentError("The document is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InvalidDocumentError(
            f"The document is no JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except RecursionError:
        raise InvalidDocumentError("The document is nested too deep.") from None
    if not isinstance(document, dict):
        raise InvalidDocumentError(f"The document must be an object, not {shown(document)}.")
    check_document(document)
    return document


def check_document(document: Any) -> None:
    """Refuse what is no JSON object of reasonable depth, whoever made it.

    :raises InvalidDocumentError: naming the place.
    """
    if not isinstance(document, Mapping):
        raise InvalidDocumentError(f"The document must be an object, not {shown(document)}.")
    waiting: list[tuple[Any, str, int]] = [(document, "", 1)]
    while waiting:
        value, pointer, depth = waiting.pop()
        if depth > DEEPEST:
            raise InvalidDocumentError(
                f"The document is nested more than {DEEPEST} levels deep.", pointer=pointer
            )
        if isinstance(value, Mapping):
            for name, each in value.items():
                if not isinstance(name, str):
                    raise InvalidDocumentError(
                        f"The name of a member is text, not {shown(name)}.", pointer=pointer
                    )
                waiting.append((each, below(pointer, name), depth + 1))
        elif isinstance(value, list | tuple):
            waiting += [(each, below(pointer, n), depth + 1) for n, each in enumerate(value)]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise InvalidDocumentError(
                f"The member {shown(name)} stands twice in one object; say it once.",
                pointer=below("", name),
            )
        members[name] = value
    return members


def _integer(text: str) -> int:
    _refuse_long(text)
    return int(text)


def _decimal(text: str) -> Decimal:
    _refuse_long(text)
    return Decimal(text)


def _refuse_long(text: str) -> None:
    if len(text) > _LONGEST_NUMBER:
        raise InvalidDocumentError(
            f"A number of the document has {len(text)} characters; at most {_LONGEST_NUMBER} "
            "are read."
        )


def _no_number(text: str) -> NoReturn:
    raise InvalidDocumentError(f"{text} is no number in JSON.")
