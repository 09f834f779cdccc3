"""The W3C SHACL test suite, run as a black box over bytes in and report out.

``shacl_pass_list.txt`` names the tests that pass in full: focus node, path, value, component,
severity, source shape and stated messages.  It may only grow.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT.parent / "shared" / "conformance"
PASS_LIST = Path(__file__).with_name("shacl_pass_list.txt")
LEAST = 118


def listed() -> set[str]:
    """Return the tests that are known to pass."""
    lines = PASS_LIST.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_the_list_does_not_shrink() -> None:
    assert len(listed()) >= LEAST


@pytest.mark.skipif(
    not (SUITE / "run_shacl.py").exists(), reason="the W3C suites are not beside the checkout"
)
def test_every_listed_test_passes_and_every_passing_test_is_listed(tmp_path: Path) -> None:
    outcome = tmp_path / "outcome.json"
    command = ["run_shacl.py", "orthogramic.validation:validate_bytes", "--json", str(outcome)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *filter(None, sys.path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run(
        [sys.executable, *command],
        cwd=SUITE,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert outcome.exists(), run.stderr[-2000:]
    tests = json.loads(outcome.read_text("utf-8"))["tests"]
    passed = {each["test"] for each in tests if each["full"]}
    broken = [each for each in tests if each["test"] in listed() - passed]
    assert not broken
    assert passed == listed(), "these pass and are not listed yet, or are listed and gone"
