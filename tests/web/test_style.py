"""The style sheet: legible in light and dark, short, and complete in itself."""

from __future__ import annotations

import re

import pytest

from tests.web.page_client import PageClient

#: Pairs of text and ground that meet on some page.
TEXT_PAIRS = [
    ("text", "ground"), ("text", "surface"), ("text", "raised"), ("text", "accent-soft"),
    ("muted", "ground"), ("muted", "surface"), ("muted", "raised"), ("muted", "accent-soft"),
    ("accent", "ground"), ("accent", "surface"), ("accent", "raised"), ("accent", "accent-soft"),
    ("on-accent", "accent"), ("good", "good-soft"), ("care", "care-soft"), ("bad", "bad-soft"),
    ("good", "surface"), ("bad", "surface"), ("surface", "bad"), ("text", "bad-soft"),
    ("text", "care-soft"), ("text", "good-soft"), ("muted", "bad-soft"), ("muted", "care-soft"),
    ("muted", "good-soft"),
    ("text", "heat-faint"), ("text", "heat-light"), ("text", "heat-middle"),
    ("text", "heat-strong"), ("text", "heat-full"),
]  # fmt: skip
#: Borders of controls, bars and focus: 3 to 1 is enough (WCAG 2.2, success criterion 1.4.11).
GRAPHIC_PAIRS = [
    ("control", "surface"), ("control", "ground"), ("bar", "surface"), ("bar", "raised"),
    ("focus", "ground"), ("focus", "surface"), ("focus", "raised"),
]  # fmt: skip


@pytest.fixture(scope="module")
def style(client: PageClient) -> str:
    """Return the style sheet as it is served."""
    response = client.get("/static/style.css")
    assert response.headers["content-type"].startswith("text/css")
    return response.text


def colours(style: str, theme: str) -> dict[str, str]:
    """Return the named colours of a theme."""
    light, dark = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)[:2]
    ]
    return light if theme == "light" else {**light, **dark}


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, glossary)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_legible(style: str, theme: str, text: str, ground: str) -> None:
    named = colours(style, theme)
    assert contrast(named[text], named[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), GRAPHIC_PAIRS)
def test_lines_that_mean_something_are_visible(
    style: str, theme: str, line: str, ground: str
) -> None:
    named = colours(style, theme)
    assert contrast(named[line], named[ground]) >= 3


def test_both_themes_name_the_same_colours(style: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)
    light, dark = (set(re.findall(r"--([a-z-]+): #", block)) for block in blocks[:2])
    assert light == dark
    used = set(re.findall(r"var\(--([a-z-]+)\)", style))
    assert used <= light | {"radius", "measure"}


def test_the_sheet_is_short_and_fetches_nothing(style: str) -> None:
    assert len(style.splitlines()) < 400
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(
    "query", ["prefers-color-scheme: dark", "prefers-reduced-motion", "print", "max-width"]
)
def test_it_adapts(style: str, query: str) -> None:
    assert query in style
