"""The published conformance suites against a scratch service, over a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.suites import (
    ABSENT,
    SUITES,
    listed,
    of_protocols,
    of_sparql,
    run,
    served,
)

VALIDATE = """
import orthogramic
from orthogramic.service.app import create_service
from orthogramic.service.run import run
from orthogramic.service.settings import Settings
with orthogramic.open_memory() as repository:
    run(lambda final: create_service(repository, final), Settings(port=0))
"""
SERVE = """
from orthogramic.service.app import create_scratch
from orthogramic.service.run import run
from orthogramic.service.settings import Settings
run(create_scratch, Settings(port=0, scratch=True))
"""

#: How long the lists are at least: what the issue that brought them asks for.
LEAST = {"protocol": 115, "sparql11": 488, "sparql10": 467, "gated_sparql11": 318}

needs_suites = pytest.mark.skipif(not SUITES.is_dir(), reason=ABSENT)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a scratch service."""
    with served(SERVE) as found:
        yield found


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_the_lists_do_not_shrink(name: str, least: int) -> None:
    assert len(listed("passes", name)) >= least


@needs_suites
def test_protocols(address: str, tmp_path: Path) -> None:
    sparql, graphs = f"{address}/sparql", f"{address}/graphs"
    found = run(
        "run_protocol.py", sparql, sparql, graphs, "--direct", report=tmp_path / "report.json"
    )
    assert of_protocols(found, "fail") == listed("gaps", "protocol")
    assert of_protocols(found, "pass") == listed("passes", "protocol")
    passed = {key: value["pass"] for key, value in found["table"].items()}
    assert passed["w3c-protocol MUST"] == 34
    assert passed["w3c-gsp MUST"] == 12
    assert passed["w3c-sd SHOULD"] == 3


@needs_suites
@pytest.mark.parametrize("suite", ["sparql11", "sparql10"])
def test_sparql(address: str, tmp_path: Path, suite: str) -> None:
    sparql, graphs = f"{address}/sparql", f"{address}/graphs"
    arguments = (sparql, sparql, graphs, "--suites", suite)
    found = run("run_sparql_eval.py", *arguments, report=tmp_path / "report.json")
    assert of_sparql(found, "fail") == listed("gaps", suite)
    assert of_sparql(found, "pass") == listed("passes", suite)


@needs_suites
def test_rdf_syntaxes(address: str, tmp_path: Path) -> None:
    found = run("run_rdf_syntax.py", f"{address}/graphs", report=tmp_path / "report.json")
    assert {name for name, _reason in found["fails"]} == listed("gaps", "rdf")
    assert sum(passed for passed, _failed in found["table"].values()) >= 890


@needs_suites
@pytest.mark.parametrize("style", ["multipart", "json"])
def test_validation(tmp_path: Path, style: str) -> None:
    with served(VALIDATE) as found_at:
        target = f"{found_at}/api/v1/validate"
        found = run("run_shacl.py", target, "--style", style, report=tmp_path / "report.json")
    assert found["full"] >= 118
