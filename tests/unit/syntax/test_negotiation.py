"""Choosing a media type; the cases follow RFC 9110, section 12.5.1."""

from __future__ import annotations

import pytest

from orthogramic.syntax import negotiate

OFFERED = ["text/turtle", "application/ld+json", "text/html"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("application/*", "application/ld+json"),
        ("text/turtle;q=0.5, text/html", "text/html"),
        ("text/turtle;q=0.5, text/html;q=0.50", "text/turtle"),
        ("*/*;q=0.1, application/ld+json;q=0.2", "application/ld+json"),
        ("text/*, text/turtle;q=0", "text/html"),
        ("*/*, text/turtle;q=0, text/html;q=0", "application/ld+json"),
        ("text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/html"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("image/png, nonsense", None),
        ("nonsense", "text/turtle"),
        ("text/html;q=2", "text/turtle"),
        ("text/html; charset=utf-8", "text/html"),
        ('application/ld+json;profile="a,b;c"', None),
        ("text/html;q=0.1;level=1, text/turtle;q=0.05", "text/html"),
        ("*/turtle", None),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
            "text/html",
        ),
    ],
)
def test_the_best_offer_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, OFFERED) == chosen


def test_parameters_of_the_offer_count() -> None:
    offered = ["application/ld+json", 'application/ld+json;profile="compacted"']
    assert negotiate("application/ld+json;profile=compacted", offered) == offered[1]


def test_nothing_offered_gives_nothing() -> None:
    assert negotiate("*/*", []) is None
    assert negotiate(None, []) is None
