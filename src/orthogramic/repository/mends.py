"""Mends of what is kept: offered for the results that stand, made only on request.

A mend is proved on the store as it is, with what a write would make of it: its effect on the
results that stand is worked out as the gate would, and nothing is written by that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from pyoxigraph import Triple

from orthogramic.errors import InvalidParameterError
from orthogramic.metamodel import Severity
from orthogramic.repository.bounds import bounded
from orthogramic.repository.changes import Intention
from orthogramic.repository.graph_writes import WriteOptions
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.mend_trials import StoreTrials
from orthogramic.repository.written import WriteOutcome
from orthogramic.validation import Finding, row
from orthogramic.validation.mending import ID_DIGITS, Mend, Proposing, mends_text

#: Results that are taken at once, and looked at in all for one list of mends.
_PAGE, _MOST_LOOKED_AT = 5000, 20_000
#: Patches that are tried for one list of mends.
_MOST_TRIED = 1000
#: Mends that one message of a commit speaks of.
_SPOKEN_OF = 3


@dataclass(frozen=True, slots=True)
class MendsOffered:
    """Mends of what is kept, for the gravest results first.

    :param mends: each settles a result that stands and causes none.
    :param complete: whether every result was looked at.
    :param limit: at most so many are offered.
    :param snapshot: number of the last commit when they were proved.
    """

    mends: tuple[Mend, ...]
    complete: bool
    limit: int
    snapshot: int

    def to_dict(self) -> dict[str, Any]:
        """Return the mends as JSON-serialisable data."""
        return {
            "items": [each.to_dict() for each in self.mends],
            "complete": self.complete,
            "limit": self.limit,
            "snapshot": self.snapshot,
        }

    def to_text(self) -> str:
        """Return the mends in plain words."""
        return mends_text(self.mends, complete=self.complete)


@dataclass(frozen=True, slots=True)
class MendsMade(WriteOutcome):
    """What came of mends that were asked for.

    :param mends: those that were made, or with a dry run would be.
    :param left_out: the identifiers of those that were not; the notes say why.
    """

    mends: tuple[Mend, ...] = ()
    left_out: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as JSON-serialisable data."""
        return {
            **WriteOutcome.to_dict(self),
            "mends": [each.to_dict() for each in self.mends],
            "left_out": list(self.left_out),
        }


class StandingMends:
    """Mends of what one repository keeps."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    def offered(
        self, severity: Severity | None, about: Sequence[str] | None, limit: int
    ) -> MendsOffered:
        """Offer mends for the results that stand; writes wait for one trial at a time only.

        :param severity: only for results of this severity.
        :param about: only for results about the things of these IRIs and their parts.
        :param limit: at most so many.
        """
        proposing = Proposing(StoreTrials(self._knowledge), most=_MOST_TRIED)
        found: list[Mend] = []
        looked_at = 0
        for findings in self._pages(severity, about):
            for mend in proposing.of(findings):
                if len(found) == limit:
                    return self._offer(found, limit, complete=False)
                found.append(mend)
            looked_at += len(findings)
            if proposing.exhausted or looked_at >= _MOST_LOOKED_AT:
                return self._offer(found, limit, complete=False)
        return self._offer(found, limit, complete=True)

    def _offer(self, mends: list[Mend], limit: int, *, complete: bool) -> MendsOffered:
        return MendsOffered(tuple(mends), complete, limit, self._knowledge.snapshot)

    def _pages(
        self, severity: Severity | None = None, about: Sequence[str] | None = None
    ) -> Iterator[tuple[Finding, ...]]:
        offset = 0
        while True:
            with self._knowledge.turn():
                snapshot = self._knowledge.snapshot
                found = self._knowledge.gate.findings(
                    snapshot, severity=severity, about=about, limit=_PAGE, offset=offset
                )
            yield found
            if len(found) < _PAGE:
                return
            offset += _PAGE

    # -- making --------------------------------------------------------------------------------

    def make(self, identifiers: Iterable[str], options: WriteOptions) -> MendsMade:
        """Make mends in one commit, each proved once more on what is there by then.

        One that does not hold any more, alone or beside those before it, is left out.

        :param identifiers: of the mends.
        :raises InvalidParameterError: if there is none, or one cannot be the identifier of a mend.
        :raises PreconditionFailedError: if ``if_match`` is not the number of the last commit.
        :raises ChangeTooLargeError: if more than ``most`` statements come and go.
        :raises StoreNotWritableError: if the disk refuses; nothing is changed.
        """
        wanted = tuple(dict.fromkeys(identifiers))
        _check(wanted)
        found = self._find(wanted)
        with self._knowledge.turn():
            options.precondition.check(str(self._knowledge.snapshot), "The repository")
            made = self._proved(found)
            written = self._knowledge.write(
                lambda: bounded(self._intention(made), options.most),
                author=options.author,
                message=options.message or _summary(made),
                mending=True,
                dry_run=options.dry_run,
            )
        return _made(written, wanted, found, made)

    def _find(self, wanted: tuple[str, ...]) -> list[Mend]:
        """Find mends by their identifiers, in the order in which they were asked for."""
        proposing = Proposing(StoreTrials(self._knowledge), most=len(wanted) + _MOST_TRIED)
        found: dict[str, Mend] = {}
        for findings in self._pages():
            for mend in proposing.of(findings, frozenset(wanted)):
                found[mend.id] = mend
            if len(found) == len(wanted) or proposing.exhausted:
                break
        return [found[each] for each in wanted if each in found]

    def _proved(self, mends: Sequence[Mend]) -> list[Mend]:
        """Return the mends that hold together, as many of the first as possible."""
        stated = StoreTrials(self._knowledge).stated
        gone: set[Triple] = set()
        standing: list[Mend] = []
        for mend in mends:
            removed = mend.patch.removed
            if all(each in stated and each not in gone for each in removed):
                standing.append(mend)
                gone.update(removed)
        return self._joined([], standing)

    def _joined(self, held: list[Mend], more: list[Mend]) -> list[Mend]:
        """Add to mends that hold those that hold beside them; mostly that is all of them."""
        if not more:
            return held
        together = [*held, *more]
        if self._hold(together):
            return together
        if len(more) == 1:
            return held
        half = len(more) // 2
        return self._joined(self._joined(held, more[:half]), more[half:])

    def _hold(self, mends: Sequence[Mend]) -> bool:
        effect = self._knowledge.effect(self._intention(mends))
        settled = set(map(row, effect.settled))
        return not effect.caused and all(
            each.finding is not None and row(each.finding) in settled for each in mends
        )

    def _intention(self, mends: Iterable[Mend]) -> Intention:
        return StoreTrials(self._knowledge).intention(each.patch for each in mends)


def _check(identifiers: Collection[str]) -> None:
    if not identifiers:
        raise InvalidParameterError("Name the mends that are to be made.", parameter="ids")
    for each in identifiers:
        if len(each) != ID_DIGITS or set(each) - set("0123456789abcdef"):
            raise InvalidParameterError(
                f"{each!r} is not the identifier of a mend: those have {ID_DIGITS} digits from 0 "
                "to 9 and a to f.",
                parameter="ids",
            )


def _made(
    written: WriteOutcome, wanted: tuple[str, ...], found: list[Mend], made: list[Mend]
) -> MendsMade:
    known = {each.id: each for each in found}
    left_out = tuple(each for each in wanted if each not in {mend.id for mend in made})
    notes = tuple(_note(each, known.get(each)) for each in left_out)
    said = {each.name: getattr(written, each.name) for each in fields(WriteOutcome)}
    told = MendsMade(**said, mends=tuple(made), left_out=left_out)
    return replace(told, notes=(*written.notes, *notes))


def _note(identifier: str, mend: Mend | None) -> str:
    if mend is None:
        return (
            f"Mend {identifier} is not on offer: it was made already, or what it would change is "
            "no longer so."
        )
    return (
        f"Mend {identifier} ({mend.about}) was left out: it does not hold beside the others, or "
        "what it would change was changed just now."
    )


def _summary(mends: Sequence[Mend]) -> str:
    """Return what mends do, for the log."""
    said = [f"{each.about}: {each.sentence}" for each in mends[:_SPOKEN_OF]]
    rest = len(mends) - len(said)
    return " ".join(["Mend", *said, *([f"And {rest} more."] if rest else [])])
