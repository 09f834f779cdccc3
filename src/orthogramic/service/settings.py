"""What whoever starts the service may decide: address, origins and limits.

Plain data: nothing here opens a socket or reads the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from orthogramic.store.isolation.bounds import Bounds
from orthogramic.syntax.allowed_addresses import NOWHERE, AllowedAddresses


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no request may pass.

    :param query_length: characters of SPARQL text.
    :param query_nesting: depth of brackets of SPARQL text; the parser recurses once per level.
    :param query_seconds: time that one query may take.
    :param query_rows: rows, or triples, of the answer to one query.
    :param query_memory: bytes that one query may need, over what its worker needs at rest.
    :param query_workers: queries that are evaluated at the same time, each in its own process.
    :param query_spares: further processes, for when one has to be killed.
    :param query_waiting: queries that may wait for a worker.
    :param answer_bytes: bytes of the answer to one query.
    :param body_bytes: bytes of a request body, after decompression.
    :param change_statements: statements that one write may take out and put in.
    """

    query_length: int = 262_144
    query_nesting: int = 100
    query_seconds: float = 30.0
    query_rows: int = 1_000_000
    query_memory: int = 1 << 30
    query_workers: int = 2
    query_spares: int = 1
    query_waiting: int = 64
    answer_bytes: int = 1 << 30
    body_bytes: int = 67_108_864
    change_statements: int = 200_000

    @property
    def questions(self) -> Bounds:
        """Return what one query may cost, and how many may be asked."""
        return Bounds(
            seconds=self.query_seconds,
            rows=self.query_rows,
            memory=self.query_memory,
            answer_bytes=self.answer_bytes,
            text_length=self.query_length,
            nesting=self.query_nesting,
            workers=self.query_workers,
            spares=self.query_spares,
            waiting=self.query_waiting,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service listens and what it allows.

    :param host: address to listen on.
    :param port: TCP port to listen on; 0 takes a free one.
    :param public_url: the address that clients see, without a final slash, where a proxy stands in
        front; ``None`` takes it from each request.
    :param scratch: serve an empty store in memory for conformance suites, not the repository.
    :param listen_anywhere: allow a host that other machines can reach.
    :param authentication: ask for tokens; without, everybody who reaches the service may do
        everything.
    :param anonymous_read: let everybody read where tokens are asked for.
    :param host_names: names under which the service may be asked for, beside any address of
        numbers; ``None`` is any name. :func:`orthogramic.service.run.run` sets it on loopback.
    :param allowed_origins: web origins whose scripts may read answers (CORS), ``*`` is any, and
        write where nobody is asked for a token, ``*`` is none. Credentials are never allowed.
        ``None`` is any for a scratch store and none for a repository.
    :param allowed: what queries may ask elsewhere by SERVICE, and updates may LOAD.
    :param limits: bounds that no request may pass.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    scratch: bool = False
    listen_anywhere: bool = False
    authentication: bool = False
    anonymous_read: bool = False
    host_names: frozenset[str] | None = None
    allowed_origins: tuple[str, ...] | None = None
    allowed: AllowedAddresses = NOWHERE
    limits: Limits = field(default_factory=Limits)

    @property
    def questions(self) -> Bounds:
        """Return what one query may cost and ask elsewhere, and how many may be asked."""
        return replace(self.limits.questions, allowed=self.allowed)

    @property
    def reading_origins(self) -> tuple[str, ...]:
        """Return the web origins whose scripts may read answers."""
        if self.allowed_origins is not None:
            return self.allowed_origins
        return ("*",) if self.scratch else ()

    @property
    def url(self) -> str:
        """Return the address to show to people, without a final slash."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"
