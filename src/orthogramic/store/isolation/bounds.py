"""What a question may cost, and how many may be asked at once."""

from __future__ import annotations

from dataclasses import dataclass

from orthogramic.syntax.allowed_addresses import NOWHERE, AllowedAddresses

GIBIBYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds that no question passes.

    :param seconds: time of one question, from the moment that a worker takes it up.
    :param rows: rows, or triples, of one answer.
    :param memory: bytes that a worker may take for one question, over what it needs at rest.
    :param answer_bytes: bytes of one answer.
    :param text_length: characters of one query.
    :param nesting: depth of brackets of one query; the engine's parser recurses once per level.
    :param workers: questions that are evaluated at the same time.
    :param spares: workers that stand ready for when one has to be killed.
    :param waiting: questions that may wait for a worker.
    :param allowed: what questions may ask elsewhere, and updates may load.
    """

    seconds: float = 30.0
    rows: int = 1_000_000
    memory: int = GIBIBYTE
    answer_bytes: int = GIBIBYTE
    text_length: int = 262_144
    nesting: int = 100
    workers: int = 2
    spares: int = 1
    waiting: int = 64
    allowed: AllowedAddresses = NOWHERE
