"""Planted faults are found, all of them and nothing else, and told so that a person can mend them.

The expected report was written by hand from the shapes. The engine and pySHACL by itself, with
entailment that is not the engine's, have to agree with it and so with each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, parse
from rdflib.namespace import SH

import orthogramic
from orthogramic import Repository
from orthogramic.cli.main import run
from orthogramic.metamodel import Severity
from orthogramic.repository.bundle import reference_datasets
from orthogramic.validation import ValidationReport, ValidationResult
from tests.data.conformance import local, report_on, results
from tests.data.datasets import ENTITIES, METAMODEL, SYSTEM, bundle_triples, datasets, triples
from tests.data.invalid_bank import (
    BANK,
    FOLDER,
    all_expected,
    expected,
    of_engine,
    readme_rows,
    spelled,
)
from tests.data.invalid_mends import MENDS, mended

#: Parameters of SHACL that constrain nothing by themselves: they describe, aim or hold together.
NO_CONSTRAINTS = {
    *("name", "description", "message", "order", "severity", "path", "targetClass"),
    *("property", "qualifiedValueShape", "select", "inversePath", "alternativePath"),
}
#: What a repository may hold beforehand without a say in the matter.
SOMETHING_ELSE = b"""
@prefix orth: <https://orthogramic.com/metamodel#> .
<https://data.orthogramic.com/id/Policy/quiet-hours> a orth:Policy ; orth:title "Quiet Hours" .
"""
FAULTS = sorted(expected())
#: Each fault is mended in half of the rounds; no fault is mended wherever another one is.
ROUNDS = 8
MENDED_IN = dict(zip(FAULTS, combinations(range(ROUNDS), ROUNDS // 2), strict=False))


@pytest.fixture(scope="module")
def empty() -> Iterator[Repository]:
    """Return a repository without data; it is only read."""
    with orthogramic.open_memory() as repository:
        yield repository


@pytest.fixture(scope="module")
def found(empty: Repository) -> ValidationReport:
    """Return what the engine finds."""
    return empty.validate_bytes(BANK.read_bytes(), "turtle", source=BANK.name)


def words(fault: int, found: ValidationReport) -> list[ValidationResult]:
    """Return the engine's results on one fault, in the order of the expected ones."""
    by_result = {spelled(each): each for each in found.results}
    return [by_result[each] for each in expected()[fault]]


def test_the_engine_finds_what_was_planted_and_nothing_else(found: ValidationReport) -> None:
    assert of_engine(found) == all_expected()


def test_the_report_as_turtle_says_the_same(found: ValidationReport) -> None:
    report = rdflib.Graph().parse(data=found.to_turtle(), format="turtle")
    assert sorted(each for _, each in results(report)) == all_expected()


def test_another_validator_with_other_entailment_agrees() -> None:
    report, text = report_on(triples(BANK))
    assert sorted(each for _, each in results(report)) == all_expected(), text


def test_the_expected_report_is_whole() -> None:
    report = rdflib.Graph().parse(FOLDER / "expected-report.ttl")
    (head,) = report.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert report.value(head, SH.conforms) == rdflib.Literal(False)
    assert set(report.objects(head, SH.result)) == {node for node, _ in results(report)}
    assert list(range(1, len(FAULTS) + 1)) == FAULTS
    by_severity = {each.severity.rsplit("#")[1] for each in all_expected()}
    assert by_severity == {"Violation", "Warning", "Info"}


def test_one_fault_does_not_hide_behind_another() -> None:
    """A thing has one fault at most, so that what is said about it is about that fault."""
    focuses = [{each.focus for each in found} for found in expected().values()]
    assert sum(map(len, focuses)) == len(set.union(*focuses))


def test_every_kind_of_constraint_is_planted() -> None:
    used = {
        each.predicate.value.removeprefix(str(SH))
        for each in bundle_triples("shapes")
        if each.predicate.value.startswith(str(SH))
    }
    kinds = {name[0].upper() + name[1:] for name in used - NO_CONSTRAINTS - {"sparql"}}
    planted = {each.component.removeprefix(str(SH)) for each in all_expected()}
    assert planted == {f"{kind}ConstraintComponent" for kind in kinds | {"SPARQL"}}


def test_every_datatype_is_mistaken_once() -> None:
    asked = {
        each.subject.value: each.object
        for each in bundle_triples("shapes")
        if each.predicate.value == str(SH.datatype) and isinstance(each.subject, NamedNode)
    }
    planted = {
        asked[each.shape]
        for each in all_expected()
        if each.component == str(SH.DatatypeConstraintComponent)
    }
    assert planted == set(asked.values())


def test_the_readme_lists_the_faults(found: ValidationReport) -> None:
    rows = readme_rows()
    assert [int(row[0]) for row in rows] == FAULTS
    for number, planted, where, kind, severity, said in rows:
        of_fault = expected()[int(number)]
        assert planted
        assert where.replace("`", "").split(", ") == unique(each.focus for each in of_fault)
        assert kind.split(", ") == unique(
            each.component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
            for each in of_fault
        )
        assert {severity.capitalize()} == {each.severity.rsplit("#")[1] for each in of_fault}
        assert said == " ".join(unique(each.message for each in words(int(number), found)))


def unique(texts: Iterator[str]) -> list[str]:
    """Return different texts in their order."""
    return list(dict.fromkeys(texts))


def test_a_message_is_a_sentence_with_a_mend(found: ValidationReport) -> None:
    for each in found.results:
        problem, _, mend = each.message.rpartition(". ")
        assert problem[0].isupper() and mend[0].isupper() and mend.endswith("."), each.message
        assert "://" not in each.message
        assert local(each.source_shape).rsplit("#", 1)[-1] not in each.message.split()


def test_each_result_names_the_line_where_to_mend(found: ValidationReport) -> None:
    lines = BANK.read_text("utf-8").splitlines()
    prefixes = dict(declared_prefixes())
    for each in found.results:
        assert each.source == BANK.name
        assert each.line is not None
        head = each.line
        while lines[head - 1].startswith(" "):
            head -= 1
        prefix, _, key = lines[head - 1].split(" ", 1)[0].partition(":")
        subject = prefixes[prefix] + key if prefix in prefixes else f"{prefix}:{key}".strip("<>")
        assert subject == focus_of(each)
        if head != each.line:
            statement = each.line
            while lines[statement - 1].startswith(" " * 5):  # a value in a list of several
                statement -= 1
            assert lines[statement - 1].split()[0] in {
                f"{name}:{spelled(each).path}" for name in ("orth", "kr")
            }


def declared_prefixes() -> Iterator[tuple[str, str]]:
    """Yield the prefixes of the bank, as its first lines declare them."""
    parser = parse(path=BANK)
    list(parser)
    yield from parser.prefixes.items()


def focus_of(result: ValidationResult) -> str:
    """Return the IRI of what a result is about."""
    assert isinstance(result.focus_node, NamedNode)
    return result.focus_node.value


def test_the_command_line_prints_file_line_and_message(
    found: ValidationReport, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", str(BANK)]) == 1
    out, _ = capfd.readouterr()
    assert_all_told(found.results, out)


def test_loading_is_refused_and_changes_nothing(
    found: ValidationReport, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    with orthogramic.open(store) as repository:
        repository.load_bytes(SOMETHING_ELSE, syntax="turtle", gate=False)
        before = state(repository)
    assert run(["--store", str(store), "load", str(BANK)]) == 1
    out, err = capfd.readouterr()
    assert not out
    assert f"{found.counts['violation']} violations of the shapes; nothing was changed" in err
    blocking = tuple(each for each in found.results if each.severity is Severity.VIOLATION)
    assert_all_told(blocking, err)
    assert f"{len(found.results) - len(blocking)} more" in err
    with orthogramic.open(store) as repository:
        assert state(repository) == before


def assert_all_told(results: tuple[ValidationResult, ...], text: str) -> None:
    """Check that a text tells each result with the file and line where it stands."""
    for each in results:
        assert f"{BANK}:{each.line}\n    {each.message}\n" in text


def state(repository: Repository) -> tuple[int, bytes]:
    """Return the number of commits and all that is stored."""
    return repository.history().total, b"".join(repository.export("nquads"))


def test_it_is_no_reference_data() -> None:
    assert FOLDER not in reference_datasets()
    assert FOLDER.name not in {each.name for each in datasets()}
    assert not (FOLDER / "dataset.ttl").exists()


@cache
def known_terms() -> frozenset[str]:
    """Return the terms that the ontology declares."""
    return frozenset(
        each.subject.value
        for each in bundle_triples("ontology")
        if isinstance(each.subject, NamedNode)
    )


def test_it_uses_no_word_that_the_ontology_lacks() -> None:
    """What no constraint can find is not planted."""
    for each in triples(BANK):
        for term in (each.predicate, each.object):
            if isinstance(term, NamedNode) and term.value.startswith((METAMODEL, SYSTEM)):
                assert term.value in known_terms()
        assert isinstance(each.subject, NamedNode)
        assert each.subject.value.startswith(ENTITIES)
        assert isinstance(each.object, NamedNode | Literal)


def test_with_every_fault_mended_the_bank_conforms(empty: Repository) -> None:
    report = empty.validate_bytes(mended(*FAULTS), "ntriples")
    assert report.conforms, report.to_text()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_mend_settles_its_fault_and_no_other(empty: Repository, number: int) -> None:
    """Of any two faults, some round mends the one alone, and some round the other."""
    assert set(MENDS) == set(MENDED_IN) == set(FAULTS)
    chosen = [fault for fault in FAULTS if number in MENDED_IN[fault]]
    report = empty.validate_bytes(mended(*chosen), "ntriples")
    assert of_engine(report) == all_expected(*chosen)
