"""Nothing under version control is tied to one machine or to one package registry."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import relative, tracked_files

#: Put together here, so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![A-Za-z0-9_.])/(?:" + "|".join(["work", "farm", "root", "home/[a-z]+", "Users"]) + ")/"
)
REGISTRY = re.compile(
    "|".join(
        [r"\bpypi\." + "org", "python" + "hosted", "registry" + r"\.npmjs", "--" + "index-url"]
    )
)


def faults(pattern: re.Pattern[str]) -> list[str]:
    """Return the places in tracked text files where a pattern occurs."""
    files = tracked_files()
    if files is None:
        pytest.skip("not a git checkout, so nothing is known to be tracked")
    found = []
    for path in files:
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{relative(path)}:{number}"
            for number, line in enumerate(lines, start=1)
            if pattern.search(line)
        ]
    return found


def test_no_path_of_a_machine() -> None:
    assert not faults(MACHINE)


def test_no_host_of_a_package_registry() -> None:
    assert not faults(REGISTRY)


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE.search("see /" + "work/notes")
    assert not MACHINE.search("homework/exercise and https://example.org/work/1")
    assert REGISTRY.search("https://" + "pypi." + "org/simple")
