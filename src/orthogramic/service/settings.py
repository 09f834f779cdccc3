"""What whoever starts the service may decide: address, origins and limits.

Plain data: nothing here opens a socket or reads the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that no request may pass.

    :param query_length: characters of SPARQL text.
    :param query_nesting: depth of brackets of SPARQL text; the parser recurses once per level.
    :param body_bytes: bytes of a request body, after decompression.
    """

    query_length: int = 262_144
    query_nesting: int = 100
    body_bytes: int = 67_108_864


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service listens and what it allows.

    :param host: address to listen on.
    :param port: TCP port to listen on; 0 takes a free one.
    :param public_url: the address that clients see, without a final slash, where a proxy stands in
        front; ``None`` takes it from each request.
    :param scratch: serve an empty store in memory for conformance suites, not the repository.
    :param listen_anywhere: allow a host that other machines can reach.
    :param allowed_origins: web origins whose scripts may read answers (CORS); ``*`` is any.
        Credentials are never allowed.
    :param limits: bounds that no request may pass.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    scratch: bool = False
    listen_anywhere: bool = False
    allowed_origins: tuple[str, ...] = ("*",)
    limits: Limits = field(default_factory=Limits)

    @property
    def url(self) -> str:
        """Return the address to show to people, without a final slash."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"
