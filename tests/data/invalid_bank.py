"""The planted faults: as the expected report states them, and as the README tells them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
import rdflib

from orthogramic.vocabulary import SH
from tests.data.conformance import Result, local, results
from tests.data.datasets import DATA

if TYPE_CHECKING:
    from orthogramic.validation import ValidationReport, ValidationResult

FOLDER = DATA / "invalid"
BANK = FOLDER / "bank.ttl"
_SEVERITIES = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}


@cache
def expected() -> dict[int, list[Result]]:
    """Return the results of each fault, in the order in which the report numbers them."""
    report = rdflib.Graph().parse(FOLDER / "expected-report.ttl")
    faults: dict[int, list[Result]] = {}
    for node, result in sorted(results(report)):
        found = re.search(r"#fault-(\d+)(-\d)?$", str(node))
        assert found, node
        faults.setdefault(int(found[1]), []).append(result)
    return faults


def all_expected(*but: int) -> list[Result]:
    """Return the results of all faults but some, sorted."""
    return sorted(each for fault, found in expected().items() if fault not in but for each in found)


def of_engine(report: ValidationReport) -> list[Result]:
    """Return the results of a report of the engine, sorted."""
    return sorted(spelled(each) for each in report.results)


def spelled(result: ValidationResult) -> Result:
    """Spell a result of the engine as the expected ones are."""
    return Result(
        focus=local(result.focus_node),
        path=local(result.path) if isinstance(result.path, pyoxigraph.NamedNode) else "",
        component=result.component.value,
        severity=_SEVERITIES[result.severity.value].value,
        shape=result.source_shape.value,
        value="" if result.value is None else str(result.value),
    )


def readme_rows() -> list[list[str]]:
    """Return the cells of the table of faults."""
    lines = (FOLDER / "README.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if re.match(r"\| \d+ \|", line)]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
