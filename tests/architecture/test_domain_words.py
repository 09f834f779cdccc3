"""The engine knows no word of the domain."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.domain_words import DomainWords, domain_words, shared_names
from tests.architecture.sources import ROOT, Found, python_files, relative, template_files

EXEMPTIONS = Path(__file__).with_name("exemptions.toml")
TOY = DomainWords(
    frozenset({"Lighthouse", "keeper", "guards", "fogSignal"}), verbs=frozenset({"guards"})
)


def exemptions() -> list[dict[str, str]]:
    """Return the listed exemptions."""
    entries = tomllib.loads(EXEMPTIONS.read_text("utf-8")).get("exemption", [])
    assert isinstance(entries, list)
    return entries


@pytest.fixture(scope="module")
def found_words() -> list[tuple[str, Found]]:
    """Return every word of the domain in src/, with file and line."""
    return list(words_in_the_engine(domain_words(ROOT / "ontology")))


def words_in_the_engine(words: DomainWords) -> Iterator[tuple[str, Found]]:
    """Yield every occurrence of some words in src/, with file and line."""
    for path in python_files():
        for name in words.in_identifier(path.stem):
            yield relative(path), Found(1, name)
        for found in words.in_python(path.read_text("utf-8")):
            yield relative(path), found
    for path in template_files():
        for found in words.in_template(path.read_text("utf-8")):
            yield relative(path), found


def exempt(path: str, word: str, entry: dict[str, str]) -> bool:
    """Tell whether an entry of the list covers a word in a file."""
    return entry["word"] == word and entry["path"] in {"*", path}


def test_the_bundle_has_words_to_look_for() -> None:
    words = domain_words(ROOT / "ontology")
    assert {"CustomerPersona", "ValueStreamStage", "painPoints", "owner"} <= words.names
    assert {"enables", "consumes"} <= words.verbs
    assert not words.names & {"Entity", "QualifiedRelationship", "title", "description"}


def test_no_word_of_the_domain_stands_in_the_engine(found_words: list[tuple[str, Found]]) -> None:
    listed = exemptions()
    faults = sorted(
        {
            f"{path}:{found.line}: {found.text}"
            for path, found in found_words
            if not any(exempt(path, found.text, entry) for entry in listed)
        }
    )
    assert not faults, "\n".join(faults)


def test_exemptions_are_few_reasoned_and_needed(found_words: list[tuple[str, Found]]) -> None:
    listed = exemptions()
    assert len(listed) <= 30
    assert all(len(entry["reason"].split()) >= 4 for entry in listed)
    unused = [
        entry
        for entry in listed
        if not any(exempt(path, each.text, entry) for path, each in found_words)
    ]
    assert not unused


@pytest.mark.parametrize(
    "code",
    [
        "keeper = 1",
        "def f(keeper): ...",
        "class Lighthouse: ...",
        "f(keeper=1)",
        "x.keeper",
        "import lighthouse.keeper",
        "def load_fog_signals_and_fog_signal(): ...",
        "FOG_SIGNAL = 2",
        "x = 'keeper'",
        "x = 'https://example.org/terms#guards'",
        "x = 'coast:guards'",
        "x = 'the keeper of it'",
        "x = 'say \"guards\" of it'",
        "x = f'a {y} keeper'",
        "x = 'fog_signal'",
    ],
)
def test_a_planted_word_is_found(code: str) -> None:
    assert list(TOY.in_python(code))


@pytest.mark.parametrize(
    "code",
    [
        '"""The keeper of a Lighthouse."""',
        "# keeper",
        "x = 'a wall guards it'",
        "gatekeeper = 1",
        "lighthouse = 1",
        "signal = 'a signal in fog'",
    ],
)
def test_other_words_are_left_alone(code: str) -> None:
    assert not list(TOY.in_python(code))


def test_templates_are_read_without_their_comments() -> None:
    template = (
        "<!-- keeper -->\n{# keeper\n #}\n<p>The keeper</p>\n<p class='fog-signal'>guards</p>"
    )
    assert list(TOY.in_template(template)) == [Found(4, "keeper")]


def test_shared_names_come_from_the_published_vocabularies() -> None:
    assert {"subClassOf", "NodeShape", "prefLabel", "Activity", "dateTime"} <= shared_names()
