"""How much one write may change, where somebody bounds it."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from orthogramic.errors import ChangeTooLargeError
from orthogramic.repository.changes import Intention
from orthogramic.store import QuadStore
from orthogramic.syntax import LiteralCanonicalizer


def read_within(quads: Iterable[Quad], store: QuadStore, most: int | None) -> dict[Quad, None]:
    """Read statements no further than they can be allowed to come; literals become canonical.

    :param most: statements that may be new to the store; ``None`` for any number.
    :raises ChangeTooLargeError: as soon as there are more.
    """
    canonical = LiteralCanonicalizer().canonical_quad
    found: dict[Quad, None] = {}
    new = 0
    for each in quads:
        quad = canonical(each)
        if quad in found:
            continue
        found[quad] = None
        if most is not None and not store.holds(quad):
            new += 1
            if new > most:
                raise _too_large(f"puts in more than {most} statements", most)
    return found


def bounded(intention: Intention, most: int | None) -> Intention:
    """Refuse an intention that changes more than is allowed in one write.

    :param most: statements that may come and go; ``None`` for any number.
    :raises ChangeTooLargeError: if there are more.
    """
    if most is None:
        return intention
    removed, added = list(intention.removed), list(intention.added)
    if len(removed) + len(added) > most:
        said = f"takes out {len(removed)} statements and puts in {len(added)}"
        raise _too_large(said, most)
    return Intention(added, removed, intention.descriptions)


def _too_large(said: str, most: int) -> ChangeTooLargeError:
    return ChangeTooLargeError(
        f"The change {said}; {most} may come and go in one write here. Divide it, or load it "
        "where the store is.",
        limit=most,
    )
