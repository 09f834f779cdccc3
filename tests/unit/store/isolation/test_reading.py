"""Answers that came as bytes, read as they are taken and no further than allowed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orthogramic.errors import LimitExceededError
from orthogramic.store.isolation.isolated_answer import AnswerHead
from orthogramic.store.isolation.reading import read_answer

HEAD = b'{"head":{"vars":["x"]},"results":{"bindings":['
ROW = b'{"x":{"type":"literal","value":"' + b"a" * 1000 + b'"}}'
SELECT = "SELECT ?x {}"


class Rows:
    """An answer of many rows, which counts those that were taken."""

    head = AnswerHead(1, ("x",), None, is_graph=False)
    whole = None

    def __init__(self, count: int) -> None:
        self.count = count
        self.taken = 0

    def pieces(self) -> Iterator[bytes]:
        yield HEAD
        for number in range(self.count):
            self.taken += 1
            yield (b"," if number else b"") + ROW
        yield b"]}}"

    def cancel(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


def test_an_answer_within_the_bound_is_read() -> None:
    answer = read_answer(Rows(100), SELECT, most=200_000)
    assert len(list(answer.rows())) == 100


def test_an_answer_over_the_bound_is_read_no_further() -> None:
    rows = Rows(10_000)
    answer = read_answer(rows, SELECT, most=200_000)
    with pytest.raises(LimitExceededError):
        list(answer.rows())
    assert rows.taken < 250
