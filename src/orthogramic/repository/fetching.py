"""Fetches a document that an update loads, from an address that somebody allowed.

SPARQL 1.1 Update, section 3.1.4. Other writes wait meanwhile, so time and size are bounded, and no
address is asked that is not allowed, whatever a server says about where to look.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, Queue

import httpx
from pyoxigraph import DefaultGraph, Triple

from orthogramic.errors import (
    InputNotFoundError,
    OrthogramicError,
    QueryRefusedError,
    RdfSyntaxError,
    UnreadableInputError,
)
from orthogramic.syntax import RdfSyntax, read_quads
from orthogramic.syntax.allowed_addresses import AllowedAddresses

_LARGEST = 1 << 26
_REDIRECTS = 5
#: Seconds without a byte; the whole is bounded by whoever asks, who looks that often.
_SILENCE, _TICK = 10.0, 0.05
_ACCEPT = ", ".join(
    each.media_type for each in (RdfSyntax.TURTLE, RdfSyntax.NTRIPLES, RdfSyntax.RDFXML)
)


@dataclass(frozen=True, slots=True)
class _Fetched:
    address: str
    media_type: str
    content: bytes


def fetch(address: str, allowed: AllowedAddresses, check: Callable[[], None]) -> list[Triple]:
    """Fetch a document and read it; blank nodes get labels that nobody else has.

    :param allowed: the addresses that may be asked.
    :param check: called again and again; raises when there is no more time.
    :raises QueryRefusedError: if the document is elsewhere, where nothing may be asked.
    :raises InputNotFoundError: if it cannot be had.
    :raises UnreadableInputError: if it is too long, or no RDF graph.
    :raises UnsupportedMediaTypeError: if it is not said to be RDF.
    """
    found = _checked(lambda: _fetched(address, allowed), check)
    quads = read_quads(
        found.content,
        RdfSyntax.of_media_type(found.media_type),
        base_iri=found.address,
        source=found.address,
        rename_blank_nodes=True,
        allow_empty=True,
    )
    triples: list[Triple] = []
    for each in quads:
        if not isinstance(each.graph_name, DefaultGraph):
            raise RdfSyntaxError("The document names graphs; a graph is loaded.", source=address)
        triples.append(each.triple)
    return triples


def _checked(work: Callable[[], _Fetched], check: Callable[[], None]) -> _Fetched:
    """Do some work on a thread of its own, which is left alone when there is no more time.

    A server that sends a byte now and then could hold back any single step for ever.
    """
    done: Queue[_Fetched | OrthogramicError] = Queue(1)

    def run() -> None:
        try:
            done.put(work())
        except OrthogramicError as error:
            done.put(error)

    threading.Thread(target=run, name="fetching", daemon=True).start()
    while True:
        check()
        try:
            found = done.get(timeout=_TICK)
        except Empty:
            continue
        if isinstance(found, OrthogramicError):
            raise found
        return found


def _fetched(address: str, allowed: AllowedAddresses) -> _Fetched:
    fields = {"Accept": _ACCEPT}
    try:
        # Settings of the machine, such as a proxy, would lead elsewhere.
        with httpx.Client(trust_env=False, timeout=_SILENCE, headers=fields) as client:
            for _ in range(_REDIRECTS + 1):
                if not allowed.allow(address):
                    raise QueryRefusedError(
                        f"The document is at <{address}>, and nothing may be loaded from there.",
                        reason="load-not-allowed",
                    )
                with client.stream("GET", address) as answer:
                    if answer.next_request is None:
                        return _read(answer, address)
                    address = str(answer.next_request.url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputNotFoundError(f"<{address}> cannot be fetched: {error}.") from None
    raise InputNotFoundError(f"<{address}> is the last of too many places to look.")


def _read(answer: httpx.Response, address: str) -> _Fetched:
    if not answer.is_success:
        raise InputNotFoundError(f"<{address}> answers with {answer.status_code}.")
    content = bytearray()
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > _LARGEST:
            raise UnreadableInputError(f"<{address}> is longer than {_LARGEST >> 20} MiB.")
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return _Fetched(address, media_type, bytes(content))
