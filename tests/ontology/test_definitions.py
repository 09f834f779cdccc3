"""Definitions tell a business reader what a thing is, each in words of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from rdflib import RDFS, SKOS

from tests.ontology.bundle import local_name, ontology

STOP_WORDS = frozenset(
    """a an the of to in on at by for from with and or is are be it its this that which who whom
    whose as so one how what when where into not no than then them their they he she him her has
    have had can could may might will would if but up out about""".split()
)
LEAST_NEW_WORDS = 4
MOST_TERMS_WITH_ONE_OPENING = 2


def words(text: str) -> list[str]:
    """Return the words of a text in lower case."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def stem(word: str) -> str:
    """Cut the commonest endings, so that singular and plural count as one word."""
    word = word.removesuffix("'s")
    for ending in ("ies", "es", "s", "ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def content(text: str) -> list[str]:
    """Return the stems of the words that carry meaning."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def faults(label: str, definition: str) -> list[str]:
    """Say what is wrong with one definition, judged beside its label."""
    found = []
    if words(definition)[: len(words(label))] == words(label):
        found.append("begins with its label")
    if len(set(content(definition)) - set(content(label))) < LEAST_NEW_WORDS:
        found.append("says hardly more than its label")
    return found


def skeleton(label: str, definition: str) -> str:
    """Replace the label's own words by a gap: what is left of a template is the template."""
    own = set(content(label))
    return " ".join("_" if stem(word) in own else word for word in words(definition))


TERMS = sorted(
    (local_name(term), str(ontology().value(term, RDFS.label)), str(definition))
    for term, definition in ontology().subject_objects(SKOS.definition)
)


@pytest.mark.parametrize(("name", "label", "definition"), TERMS, ids=[each[0] for each in TERMS])
def test_a_definition_says_more_than_the_label(name: str, label: str, definition: str) -> None:
    assert faults(label, definition) == []


def test_no_two_definitions_follow_one_template() -> None:
    templates = Counter(skeleton(label, definition) for _, label, definition in TERMS)
    assert [template for template, count in templates.items() if count > 1] == []


def test_openings_vary() -> None:
    openings: dict[str, list[str]] = defaultdict(list)
    for name, _, definition in TERMS:
        openings[" ".join(words(definition)[:3])].append(name)
    worn = {
        opening: names
        for opening, names in openings.items()
        if len(names) > MOST_TERMS_WITH_ONE_OPENING
    }
    assert worn == {}


@pytest.mark.parametrize(
    ("label", "definition"),
    [
        ("customer needs", "The customer needs of the customer."),
        ("journey ID", "Journey ID by which the documents of a bank name the path of a client."),
        ("has stage", "Has the stages."),
        ("Pain point", "A point of pain."),
    ],
)
def test_a_definition_that_restates_its_label_is_caught(label: str, definition: str) -> None:
    assert faults(label, definition) != []


def test_a_template_is_caught() -> None:
    first = skeleton("journey ID", "The unique identifier that belongs to a journey.")
    second = skeleton("persona ID", "The unique identifier that belongs to a persona.")
    assert first == second
