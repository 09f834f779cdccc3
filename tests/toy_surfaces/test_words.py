"""The detector of our words finds them, and leaves plain English and the toy alone."""

from __future__ import annotations

import pytest

from tests.toy_surfaces.words import labels, words_of_ours


@pytest.mark.parametrize(
    "text",
    [
        "see https://orthogramic.com/metamodel#X",
        '{"class": "CustomerPersona"}',
        "orth:title",
        "It is the responsibility of nobody",
        "<th>Pain points</th>",
    ],
)
def test_a_word_of_ours_is_found(text: str) -> None:
    assert words_of_ours(text)


def test_other_words_are_left_alone() -> None:
    assert not words_of_ours("Ada minds Old Willow, which forages at Brook; a Nucleus hive.")


def test_there_are_labels_to_look_for() -> None:
    assert len(labels()) > 80
