"""Answers from a service over HTTP, by the interface contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import httpx

from orthogramic.cli.backend import Document
from orthogramic.errors import OrthogramicError, ServiceUnreachableError, UsageError
from orthogramic.exchange.exported import SUMMARY_FIELD, Exported
from orthogramic.exchange.matrices import matrix_format
from orthogramic.repository.paging import LONGEST_PAGE
from orthogramic.repository.uploading import UploadedFile
from orthogramic.syntax import RdfSyntax, ResultFormat

_JSON = "application/json"
_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
#: A write takes as long as its judgement does.
_PATIENT = httpx.Timeout(None, connect=5.0)


class RemoteError(OrthogramicError):
    """A problem that the service reported, kept as it was said."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or "no reason given"))
        self.problem = dict(problem)
        self.exit_code = _exit_code(str(problem.get("code", "")))  # type: ignore[misc]

    def to_dict(self) -> dict[str, Any]:
        """Return the problem document of the service."""
        return self.problem


class RemoteBackup:
    """A backup that a service sends; how long it is shows at its end."""

    size = None

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._received = pieces

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes as they come."""
        return self._received


class ServiceBackend:
    """Answers from the service at an address.

    :param url: the address, with or without a final slash.
    :param token: tells the service who asks; ``None`` says nothing.
    :raises UsageError: if the token cannot be one.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url.rstrip("/")
        try:
            self._client = httpx.Client(
                base_url=self._url,
                headers=_who_asks(token),
                timeout=_TIMEOUT,
                follow_redirects=True,
                trust_env=not _is_here(self._url),
            )
        except httpx.InvalidURL as error:
            raise ServiceUnreachableError(f"{url!r} is no address of a service: {error}.") from None

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def ask(self, direction: str, question: Mapping[str, Any]) -> Document:
        """Answer a question of impact or dependencies."""
        return self._document(f"/api/v1/{direction}", question)

    def paths(self, question: Mapping[str, Any]) -> Document:
        """Explain in which ways one entity needs or affects another."""
        return self._document("/api/v1/paths", question)

    def matrix(self, question: Mapping[str, Any], form: str) -> bytes:
        """Fill a matrix of two sides, as JSON, CSV or SVG."""
        return self._get("/api/v1/matrix", question, matrix_format(form).media_type).content

    def why_not(self, question: Mapping[str, Any]) -> Document:
        """Tell why one entity does not need or affect another."""
        return self._document("/api/v1/why-not", question)

    def gaps(self, question: Mapping[str, Any]) -> Document:
        """List the links that the shapes expect and nobody has stated."""
        return self._document("/api/v1/gaps", question)

    def failure(self, question: Mapping[str, Any]) -> Document:
        """Answer what is lost and what is degraded if entities fail."""
        return self._document("/api/v1/failure", question)

    def rankings(self) -> Document:
        """List the rankings of the bundle."""
        return self._document("/api/v1/rankings", {"limit": LONGEST_PAGE})

    def ranking(self, name: str, question: Mapping[str, Any]) -> Document:
        """Order entities as a ranking says."""
        return self._document(f"/api/v1/rankings/{quote(name, safe='')}", question)

    def weak_spots(self, kind: str, question: Mapping[str, Any]) -> Document:
        """Find weak spots of one kind: single points, a cut, what is central."""
        said = dict(question)
        return self._document(f"/api/v1/weak-spots/{kind}", {"class": said.pop("classes"), **said})

    def search(self, text: str, class_name: str | None, limit: int, offset: int) -> Document:
        """Find entities by their words."""
        return self._document(
            "/api/v1/search", {"q": text, "class": class_name, "limit": limit, "offset": offset}
        )

    def entities(
        self, class_name: str | None, domain: str | None, limit: int, offset: int
    ) -> Document:
        """List entities."""
        wanted = {"class": class_name, "domain": domain, "limit": limit, "offset": offset}
        return self._document("/api/v1/entities", wanted)

    def entity(self, name: str) -> Document:
        """Show one entity."""
        return self._document("/api/v1/entity", {"name": name})

    def entity_document(self, name: str) -> Document:
        """Return the document of one entity, in the form in which it is written."""
        return self._document("/api/v1/entity", {"name": name, "form": "document"})

    def create_entity(
        self, class_name: str, content: bytes, options: Mapping[str, Any]
    ) -> Document:
        """Create an entity of a JSON document; gives what came of it."""
        return self._written("POST", class_name, options, content)

    def replace_entity(self, name: str, content: bytes, options: Mapping[str, Any]) -> Document:
        """Make an entity what a JSON document says; gives what came of it."""
        # Only one that is there is replaced: PUT would make another of a misspelt name.
        found = self.entity(name)["iri"]
        return self._written("PUT", found, {"if_match": "*", **_present(options)}, content)

    def patch_entity(self, name: str, content: bytes, options: Mapping[str, Any]) -> Document:
        """Change an entity by a JSON merge patch; gives what came of it."""
        return self._written("PATCH", name, options, content)

    def delete_entity(self, name: str, options: Mapping[str, Any]) -> Document:
        """Delete an entity; gives what came of it."""
        return self._written("DELETE", name, options)

    def update(self, text: str, options: Mapping[str, Any]) -> Document:
        """Carry out a SPARQL update; gives what came of it."""
        said = dict(options)
        using = {"using-graph-uri": said.pop("using", None)}
        request = self._client.build_request(
            "POST",
            "/sparql",
            params=_present({**said, **using}),
            content=text.encode(),
            headers={"Accept": _JSON, "Content-Type": "application/sparql-update"},
            timeout=_PATIENT,
        )
        return self._answer(request)

    def load(
        self, files: Sequence[UploadedFile], graph: str | None, options: Mapping[str, Any]
    ) -> Document:
        """Load files, manifests of datasets among them; gives what came of it."""
        request = self._client.build_request(
            "POST",
            "/api/v1/import",
            params=_present({**options, "graph": graph}),
            files=[("file", (each.name, each.data, each.syntax.media_type)) for each in files],
            headers={"Accept": _JSON},
            timeout=_PATIENT,
        )
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> Document:
        document = self._send(request).json()
        assert isinstance(document, dict)
        return document

    def _written(
        self, method: str, name: str, options: Mapping[str, Any], content: bytes | None = None
    ) -> Document:
        said = _present(options)
        tag = said.pop("if_match", None)
        headers = {"Accept": "application/json"}
        if content is not None:
            headers["Content-Type"] = "application/json"
        if tag is not None:
            headers["If-Match"] = str(tag)
        path = f"/api/v1/entities/{quote(name, safe='')}"
        request = self._client.build_request(
            method, path, params=said, headers=headers, content=content
        )
        return self._answer(request)

    def stats(self) -> Document:
        """Count what is there."""
        return self._document("/api/v1/stats", {})

    def history(self, limit: int, offset: int) -> Document:
        """List commits."""
        return self._document("/api/v1/history", {"limit": limit, "offset": offset})

    def commit(self, number: int, limit: int, offset: int) -> Document:
        """Show one commit with its statements."""
        return self._document(f"/api/v1/history/{number}", {"limit": limit, "offset": offset})

    def backup(self) -> RemoteBackup:
        """Return what gives the bytes of a backup."""
        return RemoteBackup(self._pieces("/api/v1/backup"))

    def results(self, question: Mapping[str, Any]) -> Document:
        """See :meth:`Backend.results`."""
        return self._document("/api/v1/results", question)

    def mends(self, question: Mapping[str, Any]) -> Document:
        """Offer mends for the validation results that stand."""
        return self._document("/api/v1/mends", question)

    def apply_mends(self, identifiers: Sequence[str], options: Mapping[str, Any]) -> Document:
        """Make mends that were offered; gives what came of it."""
        return self._posted("/api/v1/mends", {"ids": list(identifiers)}, options)

    def what_if(self, question: Mapping[str, Any]) -> Document:
        """Tell the difference that a scenario would make."""
        return self._posted("/api/v1/what-if", question, {})

    def apply_scenario(self, scenario: Document, options: Mapping[str, Any]) -> Document:
        """Carry a scenario out; gives what came of it."""
        return self._posted("/api/v1/what-if/apply", scenario, options)

    def _posted(
        self, path: str, document: Mapping[str, Any], options: Mapping[str, Any]
    ) -> Document:
        request = self._client.build_request(
            "POST",
            path,
            params=_present(options),
            json=document,
            headers={"Accept": _JSON},
            timeout=_PATIENT,
        )
        return self._answer(request)

    def queries(self) -> Document:
        """List saved queries."""
        return self._document("/api/v1/queries", {"limit": LONGEST_PAGE})

    def saved_query(self, name: str, values: Mapping[str, str], media: ResultFormat) -> bytes:
        """Answer a saved query in a result format."""
        return self._get(
            f"/api/v1/queries/{quote(name, safe='')}", values, media.media_type
        ).content

    def sparql(self, text: str, results: ResultFormat, graph: RdfSyntax) -> tuple[bool, bytes]:
        """Answer a query: whether the answer is an RDF graph, and its bytes."""
        response = self._send(
            self._client.build_request(
                "POST",
                "/sparql",
                content=text.encode(),
                headers={
                    "Content-Type": "application/sparql-query",
                    "Accept": f"{results.media_type}, {graph.media_type};q=0.9",
                },
            )
        )
        media = response.headers.get("content-type", "").partition(";")[0]
        return media == graph.media_type, response.content

    def export(self, syntax: str, graph: str | None, entity: str | None) -> Exported:
        """Export in a format; the summary is there with the first piece."""
        wanted = _present({"format": syntax, "graph": graph, "entity": entity})

        def heard(fields: httpx.Headers) -> None:
            exported.summary = fields.get(SUMMARY_FIELD, "")

        exported = Exported(self._pieces("/api/v1/export", wanted, heard))
        return exported

    def _pieces(
        self,
        path: str,
        parameters: Mapping[str, Any] | None = None,
        heard: Callable[[httpx.Headers], None] | None = None,
    ) -> Iterator[bytes]:
        """Yield a long answer as it comes; the header fields are there with the first piece."""
        try:
            with self._client.stream("GET", path, params=parameters) as response:
                if response.is_error:
                    response.read()
                    raise _problem(response)
                if heard:
                    heard(response.headers)
                yield from response.iter_bytes()
        except httpx.TransportError as error:
            raise self._unreachable(error) from error

    def _document(self, path: str, parameters: Mapping[str, Any]) -> Document:
        try:
            document = self._get(path, parameters, "application/json").json()
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise ServiceUnreachableError(f"{self._url} does not answer like a service of ours.")
        return document

    def _get(self, path: str, parameters: Mapping[str, Any], accept: str) -> httpx.Response:
        return self._send(
            self._client.build_request(
                "GET", path, params=_present(parameters), headers={"Accept": accept}
            )
        )

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._client.send(request)
        except httpx.TransportError as error:
            raise self._unreachable(error) from error
        if response.is_error:
            raise _problem(response)
        return response

    def _unreachable(self, error: Exception) -> ServiceUnreachableError:
        return ServiceUnreachableError(f"The service at {self._url} does not answer: {error}.")


def _who_asks(token: str | None) -> dict[str, str]:
    """Return the header field that tells who asks; httpx sends it to no other address."""
    if not token or not token.strip():
        return {}
    # What is sent is never shown: not even a token that is none.
    if not (token.isascii() and token.strip().isprintable()):
        raise UsageError("The token has characters that no token has.")
    return {"Authorization": f"Bearer {token.strip()}"}


def _is_here(url: str) -> bool:
    """Tell whether an address is one of this machine, where no proxy leads."""
    return httpx.URL(url).host in ("127.0.0.1", "::1", "localhost")


def _present(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not said; several values stay several."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in parameters.items()
        if value is not None and value != ()
    }


def _problem(response: httpx.Response) -> OrthogramicError:
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or "code" not in problem:
        return ServiceUnreachableError(
            f"{response.url} answered {response.status_code}, not like a service of ours."
        )
    if problem.get("rule") == "token-missing":
        how = "Give the token with --token, or in ORTHOGRAMIC_TOKEN."
        problem["detail"] = f"{problem.get('detail', '')} {how}".strip()
    return RemoteError(problem)


def _exit_code(code: str) -> int:
    """Return the exit code of the error that has a code; one of nobody's means no such service."""
    pending: list[type[OrthogramicError]] = [OrthogramicError]
    while pending:
        each = pending.pop()
        if each.code == code:
            return each.exit_code
        pending.extend(each.__subclasses__())
    return ServiceUnreachableError.exit_code
