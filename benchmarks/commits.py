"""What a gated, durable commit costs, over the size of the store and over the size of the change.

A generated model is loaded without the gate; then entities of it are edited one after another
through the gate, the log and the store, each edit a commit of its own. The curve over the size of
the store should be flat, the one over the size of the change a line.

Run it with ``python -m benchmarks.commits --entities 1000 10000 100000``.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

import orthogramic
from benchmarks.machine import machine, machine_line, spread
from benchmarks.stores import generated_store, say
from orthogramic import Repository
from orthogramic.repository.changes import Intention
from orthogramic.repository.knowledge_base import KnowledgeBase

_WARM_UP = 5
_TOUCHED = (1, 10, 100, 1000)


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: edits of some entities in one commit."""

    entities: int
    statements: int
    standing: bool
    touched: int
    changed: int
    runs: int
    median_ms: float
    p95_ms: float
    max_ms: float
    processor_ms: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print a table or JSON."""
    parser = argparse.ArgumentParser(description="Measure what a commit costs.")
    parser.add_argument("--entities", type=int, nargs="+", default=[1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=50, help="commits of one entity; others fewer")
    parser.add_argument(
        "--standing-up-to",
        type=int,
        default=100_000,
        help="above this the results that stand are not worked out, so not kept up to date either",
    )
    parser.add_argument("--folder", type=Path, help="where the stores are made; kept if given")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    rows = [
        row
        for entities in options.entities
        for row in _rows(entities, options.seed, options.runs, options)
    ]
    if options.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2))
    else:
        _print_table(rows)


def _rows(entities: int, seed: int, runs: int, options: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="orthogramic-commits-") as folder:
        store = generated_store(options.folder or Path(folder), entities, seed)
        with orthogramic.open(store) as repository:
            knowledge = repository._knowledge
            standing = entities <= options.standing_up_to
            if standing:
                say(f"{entities} entities: judging everything once …")
                knowledge.results(limit=1)
            for touched in _TOUCHED:
                if touched * 5 <= entities:
                    say(f"{entities} entities: commits of {touched} …")
                    row = _measured(repository, touched, max(5, runs // touched), standing)
                    # A later row can take hours, or fail: what is known is said at once.
                    say(f"  median {row.median_ms:.1f} ms, p95 {row.p95_ms:.1f} ms")
                    yield row


def _measured(repository: Repository, touched: int, runs: int, standing: bool) -> Row:
    knowledge = repository._knowledge
    chosen = random.Random(touched)
    total = repository.entities(limit=1).total
    wall: list[float] = []
    processor = 0.0
    changed = 0
    statements = knowledge.log.statements
    for run in range(runs + _WARM_UP):
        offset = chosen.randrange(max(1, total - touched))
        page = repository.entities(limit=touched, offset=offset).items
        # The number of the last commit makes it a change in a store that an earlier run left, too.
        mark = f"{touched}.{run}.{knowledge.snapshot}"
        edit = _edit(knowledge, [NamedNode(each.iri) for each in page], mark)
        started, used = time.perf_counter(), time.process_time()
        outcome = knowledge.write(lambda edit=edit: edit)  # type: ignore[misc]
        if run >= _WARM_UP:
            wall.append((time.perf_counter() - started) * 1000)
            processor += (time.process_time() - used) * 1000
            changed += len(outcome.change.added) + len(outcome.change.removed)
    found = spread(wall)
    return Row(
        entities=total,
        statements=statements,
        standing=standing,
        touched=touched,
        changed=changed // runs,
        runs=runs,
        median_ms=found["median_ms"],
        p95_ms=found["p95_ms"],
        max_ms=found["max_ms"],
        processor_ms=round(processor / runs, 3),
    )


def _edit(knowledge: KnowledgeBase, entities: list[NamedNode], mark: str) -> Intention:
    """Give each entity another text wherever it has one of more than a word."""
    removed: list[Quad] = []
    added: list[Quad] = []
    graphs = frozenset(knowledge.data_graphs())
    for entity in entities:
        texts = [
            each
            for each in knowledge.store.quads(entity)
            if each.graph_name in graphs and _is_text(each.object)
        ]
        # The longest text is a description: no member of a closed list, and no name.
        for quad in sorted(texts, key=lambda each: len(str(each.object)))[-1:]:
            removed.append(quad)
            text = Literal(f"{quad.object.value.split(' +')[0]} +{mark}")  # type: ignore[union-attr]
            added.append(Quad(quad.subject, quad.predicate, text, quad.graph_name))
    return Intention(added, removed)


def _is_text(value: object) -> bool:
    return isinstance(value, Literal) and value.value.count(" ") > 2


def _print_table(rows: list[Row]) -> None:
    print(machine_line())
    print()
    print(
        f"{'entities':>9} {'statements':>11} {'touched':>8} {'changed':>8} {'runs':>5} "
        f"{'median ms':>10} {'p95 ms':>8} {'max ms':>8} {'processor ms':>13}  results kept"
    )
    for row in rows:
        print(
            f"{row.entities:>9} {row.statements:>11} {row.touched:>8} {row.changed:>8} "
            f"{row.runs:>5} {row.median_ms:>10.1f} {row.p95_ms:>8.1f} {row.max_ms:>8.1f} "
            f"{row.processor_ms:>13.1f}  {'yes' if row.standing else 'no'}"
        )


if __name__ == "__main__":
    main()
