"""A clock that is set back does not turn the history round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from pathlib import Path

import pytest

import orthogramic
from orthogramic.repository import commit_log
from tests.conftest import TOY
from tests.unit.repository.processes import hives

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock(datetime):
    """A clock that somebody sets."""

    shown = NOON

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.shown.astimezone(tz)


@pytest.mark.parametrize("on_disk", [True, False])
def test_times_do_not_run_backwards(
    tmp_path: Path, on_disk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = (0, 1, -30, -29, 2)
    monkeypatch.setattr(commit_log, "datetime", Clock)
    opened = orthogramic.open(tmp_path / "store", bundle=[TOY]) if on_disk else None
    with opened or orthogramic.open_memory(bundle=[TOY]) as repository:
        for number, hour in enumerate(hours):
            monkeypatch.setattr(Clock, "shown", NOON + timedelta(hours=hour))
            repository.load_bytes(hives(number, 1).encode(), syntax="turtle", gate=False)
        items = repository.history().items[::-1]
    assert [each.number for each in items] == [1, 2, 3, 4, 5]
    assert [each.at for each in items] == [NOON + timedelta(hours=h) for h in (0, 1, 1, 1, 2)]
    assert all(one.at <= two.at for one, two in pairwise(items))


def test_nor_over_an_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit_log, "datetime", Clock)
    for number, hour in enumerate((5, -5)):
        monkeypatch.setattr(Clock, "shown", NOON + timedelta(hours=hour))
        with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
            repository.load_bytes(hives(number, 1).encode(), syntax="turtle", gate=False)
            last = repository.history().items[0]
        assert (last.number, last.at) == (number + 1, NOON + timedelta(hours=5))
