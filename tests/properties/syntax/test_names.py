"""Laws of names."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from orthogramic.syntax import local_name, normalise_title, percent_encode_segment, slug

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@given(TEXTS)
def test_a_slug_is_well_formed_and_stable(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(text))
    assert slug(slug(text)) == slug(text)


@given(TEXTS)
def test_normalising_a_title_twice_changes_nothing(text: str) -> None:
    assert normalise_title(normalise_title(text)) == normalise_title(text)


@given(TEXTS)
def test_a_segment_stays_one_segment_and_can_be_read_back(text: str) -> None:
    segment = percent_encode_segment(text)
    assert unquote(segment) == text
    iri = urljoin("http://example.org/id/", segment or "x")
    assert iri.count("/") == 4
    NamedNode(iri)  # is a valid IRI


@given(st.from_regex(r"[A-Za-z0-9_.~-]+", fullmatch=True))
def test_the_local_name_is_what_was_appended(name: str) -> None:
    for base in ("http://example.org/ns#", "http://example.org/id/", "urn:example:"):
        assert local_name(base + name) == name
