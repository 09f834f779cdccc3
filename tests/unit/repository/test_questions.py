"""Questions in a person's words: what is refused before the graph is walked."""

from __future__ import annotations

import pytest

from orthogramic import Repository
from orthogramic.errors import InvalidParameterError, UnknownProfileError, UnknownTermError


@pytest.mark.parametrize("paths", [101, 10**30])
def test_paths_are_bounded(toy: Repository, paths: int) -> None:
    """Between two entities there may be more paths than anyone can wait for."""
    with pytest.raises(InvalidParameterError, match="at most 100"):
        toy.impact("Hill", paths=paths)
    with pytest.raises(InvalidParameterError, match="at most 100"):
        toy.paths("Old Willow", "Hill", paths=paths)
    assert toy.paths("Old Willow", "Hill", paths=100).paths


def test_names_that_are_none(toy: Repository) -> None:
    with pytest.raises(UnknownProfileError):
        toy.impact("Hill", profile="bee:a b")
    with pytest.raises(UnknownTermError):
        toy.impact("Hill", via="bee:a b")
    with pytest.raises(UnknownTermError):
        toy.impact("Hill", to="bee:a b")
    with pytest.raises(InvalidParameterError, match="direction"):
        toy.paths("Old Willow", "Hill", direction="sideways")
