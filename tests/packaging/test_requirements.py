"""What is asked for, and in which version it is tested."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from orthogramic.__about__ import __version__

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"[a-z0-9-]+==[0-9][0-9A-Za-z.]*")


def pins() -> dict[str, str]:
    """Return the pinned versions by name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert all(PIN.fullmatch(line) for line in entries), "names and versions only"
    return dict(line.split("==") for line in entries)


def test_constraints_are_sorted_names_and_versions_only() -> None:
    names = list(pins())
    assert names == sorted(names)
    assert names == [canonicalize_name(name) for name in names]


def test_every_requirement_is_pinned_to_a_version_that_it_allows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    pinned = pins()
    for requirement in map(Requirement, wanted):
        if requirement.name != "orthogramic":
            assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)])


def test_the_changelog_speaks_of_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[({re.escape(__version__)}|Unreleased)\]", changelog, re.MULTILINE)
