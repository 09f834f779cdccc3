"""The published conformance suites against a scratch service, over a real socket.

The suites stand beside the checkout, in ``../shared/conformance``. The gaps that are known are
listed in ``gaps/``, each with its reason: a test that fails and is not listed fails here, and so
does one that is listed and passes, so that the lists can only get shorter.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITES = ROOT.parent / "shared" / "conformance"
GAPS = Path(__file__).with_name("gaps")
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

pytestmark = pytest.mark.skipif(
    not SUITES.is_dir(), reason="the conformance suites are not beside the checkout"
)


@contextmanager
def served(program: str) -> Iterator[str]:
    """Run a service in a process of its own, and give its address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stderr=subprocess.PIPE, env=environment, text=True
    )
    assert process.stderr is not None
    told = re.search(r"http://[0-9.:]+", process.stderr.readline())
    assert told is not None
    # Nobody reads what is told later, so the pipe must not fill.
    drain = threading.Thread(target=process.stderr.read, daemon=True)
    drain.start()
    try:
        yield told[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        drain.join()
        process.stderr.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a scratch service."""
    with served(SERVE) as found:
        yield found


def gaps(name: str) -> set[str]:
    """Return the tests that are known to fail."""
    lines = (GAPS / f"{name}.txt").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def run(script: str, *arguments: str, report: Path) -> Any:
    """Run a suite and return its report."""
    command = [sys.executable, str(SUITES / script), *arguments, "--json", str(report)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert report.exists(), done.stdout + done.stderr
    return json.loads(report.read_text("utf-8"))


def test_protocols(address: str, tmp_path: Path) -> None:
    sparql, graphs = f"{address}/sparql", f"{address}/graphs"
    found = run(
        "run_protocol.py", sparql, sparql, graphs, "--direct", report=tmp_path / "report.json"
    )
    tests = found["tests"]
    assert {f"{t['part']}/{t['name']}" for t in tests if t["outcome"] == "fail"} == gaps("protocol")
    assert {t["outcome"] for t in tests} == {"pass", "fail"}
    passed = {key: value["pass"] for key, value in found["table"].items()}
    assert passed["w3c-protocol MUST"] == 34
    assert passed["w3c-gsp MUST"] == 12
    assert passed["w3c-sd SHOULD"] == 3


@pytest.mark.parametrize(("suite", "least"), [("sparql11", 488), ("sparql10", 467)])
def test_sparql(address: str, tmp_path: Path, suite: str, least: int) -> None:
    sparql, graphs = f"{address}/sparql", f"{address}/graphs"
    arguments = (sparql, sparql, graphs, "--suites", suite)
    found = run("run_sparql_eval.py", *arguments, report=tmp_path / "report.json")
    failed = {each["test"] for each in found["tests"] if each["outcome"] == "fail"}
    assert failed == gaps(suite)
    assert found["pass"] >= least


def test_rdf_syntaxes(address: str, tmp_path: Path) -> None:
    found = run("run_rdf_syntax.py", f"{address}/graphs", report=tmp_path / "report.json")
    assert {name for name, _reason in found["fails"]} == gaps("rdf")
    assert sum(passed for passed, _failed in found["table"].values()) >= 890


@pytest.mark.parametrize("style", ["multipart", "json"])
def test_validation(tmp_path: Path, style: str) -> None:
    with served(VALIDATE) as found_at:
        target = f"{found_at}/api/v1/validate"
        found = run("run_shacl.py", target, "--style", style, report=tmp_path / "report.json")
    assert found["full"] >= 118
