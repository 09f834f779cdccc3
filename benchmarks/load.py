"""How fast a model is loaded: with and without the gate, beside bare pyoxigraph.

Each peer loads the same file in a process of its own, in the same run, into a new directory on the
same disk. Compare the ratios; the seconds belong to the machine.

Run it with ``python -m benchmarks.load --entities 1000 10000``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.bundle import read_vocabulary
from benchmarks.generate import Generator
from benchmarks.machine import machine, machine_line
from benchmarks.processes import Cost, command_line, measured

_BULK_LOAD = (
    "import sys, pyoxigraph; store = pyoxigraph.Store(sys.argv[2]); "
    "store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS); store.flush()"
)
BARE = "pyoxigraph bulk_load"
PEERS = (BARE, "without gate", "with gate")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. ``ratio`` is the time against that of bare pyoxigraph."""

    entities: int
    statements: int
    peer: str
    seconds: float
    statements_per_second: float
    ratio: float
    peak_mb: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print a table or JSON."""
    parser = argparse.ArgumentParser(description="Measure how fast a model is loaded.")
    parser.add_argument("--entities", type=int, nargs="+", default=[1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1, help="the fastest of so many counts")
    parser.add_argument(
        "--gate-up-to", type=int, default=1_000_000, help="no load through the gate above this"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    rows = [
        row
        for entities in options.entities
        for row in _rows(entities, options.seed, options.runs, entities <= options.gate_up_to)
    ]
    if options.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2))
    else:
        _print_table(rows)


def _rows(entities: int, seed: int, runs: int, gate: bool) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="orthogramic-load-") as folder:
        model = Path(folder) / "model.nq"
        generator = Generator(read_vocabulary(), entities, seed)
        with model.open("w", encoding="utf-8") as output:
            output.writelines(generator.blocks())
        statements = generator.tally.statements
        costs = {
            peer: min(
                (_cost(peer, model, Path(folder) / f"{number}-{run}") for run in range(runs)),
                key=lambda cost: cost.seconds,
            )
            for number, peer in enumerate(PEERS if gate else PEERS[:-1])
        }
    bare = costs[BARE].seconds
    return [
        Row(
            generator.tally.entities,
            statements,
            peer,
            round(cost.seconds, 2),
            round(statements / cost.seconds),
            round(cost.seconds / bare, 2),
            round(cost.peak_mb),
        )
        for peer, cost in costs.items()
    ]


def _cost(peer: str, model: Path, target: Path) -> Cost:
    print(f"{peer}: {model.stat().st_size / 1e6:.1f} MB …", file=sys.stderr, flush=True)
    if peer == BARE:
        return measured([sys.executable, "-c", _BULK_LOAD, model, target])
    gate = [] if peer == "with gate" else ["--no-gate"]
    return measured(
        [*command_line(), "--store", target, "load", *gate, model], quiet=not sys.stderr.isatty()
    )


def _print_table(rows: list[Row]) -> None:
    print(machine_line())
    print()
    print(
        f"{'entities':>9} {'statements':>11}  {'peer':<22} {'seconds':>8} {'per second':>11}",
        end="",
    )
    print(f" {'× bare':>7} {'peak MB':>8}")
    for row in rows:
        print(
            f"{row.entities:>9} {row.statements:>11}  {row.peer:<22} {row.seconds:>8.2f} "
            f"{row.statements_per_second:>11} {row.ratio:>7.2f} {row.peak_mb:>8}"
        )


if __name__ == "__main__":
    main()
