"""The error tree: stable codes, each documented and mapped to a status and an exit code."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from orthogramic import errors
from orthogramic.cli.service_backend import RemoteError
from tests.architecture.sources import ROOT

EXIT_CODES = {1, 2, 3, 4, 5, 70, 130}
REFERENCE = ROOT / "docs" / "reference" / "errors.md"


def tree(kind: type[errors.OrthogramicError]) -> Iterator[type[errors.OrthogramicError]]:
    """Yield a class and everything under it."""
    yield kind
    for below in kind.__subclasses__():
        yield from tree(below)


KINDS = [
    kind
    for kind in tree(errors.OrthogramicError)
    if kind.__module__.startswith(f"{errors.__name__}.")
]


def test_the_tree_stands_in_one_module() -> None:
    """But for the one that relays what a service said, with the codes of the others."""
    elsewhere = [kind for kind in tree(errors.OrthogramicError) if kind not in KINDS]
    assert [each for each in elsewhere if each.__module__.startswith("orthogramic")] == [
        RemoteError
    ]
    assert "code" not in vars(RemoteError)
    assert len(KINDS) > 20


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in KINDS]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_says_what_it_is_through_every_door(kind: type[errors.OrthogramicError]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.code)
    assert 400 <= kind.status < 600
    assert kind.exit_code in EXIT_CODES
    assert kind.title
    assert not kind.title.endswith(".")
    assert kind.__doc__


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_is_documented_with_its_status_and_exit_code(
    kind: type[errors.OrthogramicError],
) -> None:
    rows = [line for line in REFERENCE.read_text("utf-8").splitlines() if f"`{kind.code}`" in line]
    assert rows, f"docs/reference/errors.md does not mention `{kind.code}`"
    assert any(
        re.search(rf"\b{kind.status}\b", row) and re.search(rf"\b{kind.exit_code}\b", row)
        for row in rows
    ), f"no row of `{kind.code}` states status {kind.status} and exit code {kind.exit_code}"


def test_the_reference_documents_no_code_that_does_not_exist() -> None:
    documented = set(
        re.findall(r"^\|\s*`([a-z-]+)`", REFERENCE.read_text("utf-8"), flags=re.MULTILINE)
    )
    assert documented == {kind.code for kind in KINDS}
