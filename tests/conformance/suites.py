"""Runs the published suites against a service in a process of its own, over a real socket.

The suites stand beside the checkout, in ``../shared/conformance``. What passes is listed in
``passes/`` and what fails in ``gaps/``, each gap with its reason. The first lists may only grow,
the second only shrink: a test that changes sides fails here until it is moved.
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

ROOT = Path(__file__).resolve().parents[2]
SUITES = ROOT.parent / "shared" / "conformance"
ABSENT = "the conformance suites are not beside the checkout"


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


def listed(folder: str, name: str) -> set[str]:
    """Return the tests of a list."""
    path = Path(__file__).with_name(folder) / f"{name}.txt"
    lines = path.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def run(script: str, *arguments: str, report: Path) -> Any:
    """Run a suite and return its report."""
    command = [sys.executable, str(SUITES / script), *arguments, "--json", str(report)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert report.exists(), done.stdout + done.stderr
    return json.loads(report.read_text("utf-8"))


def of_protocols(report: Any, outcome: str) -> set[str]:
    """Return the tests of the protocols with an outcome."""
    return {f"{t['part']}/{t['name']}" for t in report["tests"] if t["outcome"] == outcome}


def of_sparql(report: Any, outcome: str) -> set[str]:
    """Return the tests of SPARQL with an outcome."""
    return {each["test"] for each in report["tests"] if each["outcome"] == outcome}
