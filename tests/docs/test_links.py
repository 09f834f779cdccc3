"""Links within the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, ROOT, anchors, links, pages, relative

#: Pages beside the documentation proper that link into the repository.
BESIDE = [
    ROOT / "queries" / "README.md",
    ROOT / "data" / "README.md",
    ROOT / "benchmarks/README.md",
]


def leads_nowhere(page: Path, target: str) -> bool:
    """Tell whether a relative link has no file, or no such heading, at its end."""
    path, _, anchor = target.partition("#")
    aim = (page.parent / path).resolve() if path else page
    if not aim.exists() or ROOT not in (aim, *aim.parents):
        return True
    return bool(anchor) and aim.suffix == ".md" and anchor not in anchors(aim)


@pytest.mark.parametrize("page", [*pages(), *BESIDE], ids=relative)
def test_relative_links_resolve(page: Path) -> None:
    found = [each for each in links(page) if not re.match(r"[a-z]+:", each)]
    assert not [each for each in found if leads_nowhere(page, each)]


def test_a_dead_link_is_found() -> None:
    assert leads_nowhere(ROOT / "README.md", "docs/nowhere.md")
    assert leads_nowhere(ROOT / "README.md", "docs/README.md#no-such-heading")
    assert leads_nowhere(ROOT / "README.md", "../outside")


def test_every_page_can_be_found_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [DOCUMENTS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [
            (page.parent / each.partition("#")[0]).resolve()
            for each in links(page)
            if not re.match(r"[a-z]+:|#", each)
        ]
    assert set(DOCUMENTS.rglob("*.md")) <= seen
