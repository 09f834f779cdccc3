"""Run commands as a person does: in this process, or in one of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import TOY

ROOT = Path(__file__).parents[2]
START = "from orthogramic.cli.main import main; main()"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command left: its exit code, its result and its messages."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return the result as JSON."""
        return json.loads(self.out)


Shell = Callable[..., Outcome]


def environment() -> dict[str, str]:
    """Return an environment in which a new process finds the package, and no store by default."""
    ours = {"ORTHOGRAMIC_STORE", "ORTHOGRAMIC_TOKEN"}
    known = {name: value for name, value in os.environ.items() if name not in ours}
    return {**known, "PYTHONPATH": str(ROOT / "src")}


def command(*arguments: object) -> list[str]:
    """Return the command line of a command in a process of its own."""
    return [sys.executable, "-c", START, *map(str, arguments)]


def process(*arguments: object, stdin: bytes | None = None, cwd: Path | None = None) -> Outcome:
    """Run a command in a process of its own."""
    done = subprocess.run(
        command(*arguments),
        env=environment(),
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        cwd=cwd,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def start_service(store: Path, *options: object) -> subprocess.Popen[str]:
    """Serve a store of the toy domain, and return once it answers."""
    service = subprocess.Popen(
        command("--store", store, "--bundle", TOY, "serve", "--port", "0", *options),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert service.stderr is not None
    heard = []
    for line in service.stderr:
        heard.append(line)
        if "Ctrl-C" in line:
            return service
    raise AssertionError("".join(heard))


def stop_service(service: subprocess.Popen[str], number: signal.Signals) -> None:
    """End a service by a signal."""
    with service:
        service.send_signal(number)
        service.wait(timeout=20)
