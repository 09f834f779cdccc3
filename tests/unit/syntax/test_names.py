"""Slugs, titles and names at the end of IRIs."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from orthogramic.syntax import local_name, normalise_title, percent_encode_segment, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Red Green", "red-green"),
        ("  A -- b/c_d  ", "a-b-c-d"),
        ("Crème Brûlée", "creme-brulee"),
        ("Straße ﬁn ①", "strasse-fin-1"),
        ("R&D (2026)", "r-d-2026"),
    ],
)
def test_slug_keeps_ascii_letters_and_digits(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_slug_of_a_text_without_ascii_is_a_digest_of_it() -> None:
    assert slug("日本") != slug("中国")
    assert slug("日本").startswith("x-")
    assert slug("") == slug("")


def test_titles_compare_composed_and_trimmed_but_case_sensitive() -> None:
    assert normalise_title(" Caf\u0065\u0301 ") == "Caf\u00e9"
    assert normalise_title("a") != normalise_title("A")


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("http://e.org/ns#Term", "Term"),
        ("http://e.org/id/Class/KEY-1", "KEY-1"),
        ("http://e.org/id/Class/KEY-1/", "KEY-1"),
        ("http://e.org/ns#", "ns"),
        ("urn:x:y", "y"),
        ("http://e.org/a%20b", "a%20b"),
        ("http://e.org/a#b/c", "b/c"),
    ],
)
def test_local_name_is_what_follows_the_last_separator(iri: str, expected: str) -> None:
    assert local_name(iri) == expected
    assert local_name(NamedNode(iri)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("KEY-1_a.b~", "KEY-1_a.b~"), ("a b/c", "a%20b%2Fc"), ("é", "%C3%A9"), ("..", "%2E%2E")],
)
def test_a_segment_is_percent_encoded(text: str, expected: str) -> None:
    assert percent_encode_segment(text) == expected
