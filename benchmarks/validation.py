"""How fast a whole graph is validated: compiled shapes beside pySHACL.

Each peer validates the same graph (a generated model with what follows from it, and a few faults)
under the shipped shapes, in a process of its own, in the same run. The clock runs from the triples
in memory to the finished report with its words. Their results must be equal, or no figure is given.
The pySHACL beside which ours is shown is the one that stands in for shapes that are not compiled:
it parses each query once and looks the constraints of a shape up once, so it is faster than the
library by itself.

Run it with ``python -m benchmarks.validation --entities 1000 10000``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, Triple, parse, serialize

from benchmarks.bundle import REPOSITORY, read_vocabulary
from benchmarks.generate import Generator
from benchmarks.machine import machine, machine_line
from orthogramic.repository.bundle import read_bundle
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.validation import CompiledShapes, ValidationReport, compile_shapes, validate

COMPILED, PYSHACL = "compiled shapes", "pySHACL"
#: One statement in so many is lost, and one has another object.
FAULTS = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. ``ratio`` is the processor time against that of the compiled shapes."""

    entities: int
    triples: int
    peer: str
    seconds: float
    processor_seconds: float
    results: int
    peak_mb: float
    ratio: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, then print a table or JSON; or, as a peer, validate one file."""
    parser = argparse.ArgumentParser(description="Measure how fast a graph is validated.")
    parser.add_argument("--entities", type=int, nargs="+", default=[1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pyshacl-up-to", type=int, default=10_000, help="ours alone above this")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--peer", choices=[COMPILED, PYSHACL], help=argparse.SUPPRESS)
    parser.add_argument("--model", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.peer:
        print(json.dumps(_validated(options.peer, options.model)))
        return
    rows = [
        row
        for entities in options.entities
        for row in _rows(entities, options.seed, entities <= options.pyshacl_up_to)
    ]
    if options.json:
        print(json.dumps({"machine": machine(), "rows": [asdict(row) for row in rows]}, indent=2))
    else:
        _print_table(rows)


def _rows(entities: int, seed: int, with_pyshacl: bool) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="orthogramic-validation-") as folder:
        model = Path(folder) / "model.nt"
        count = _write(model, Generator(read_vocabulary(), entities, seed), seed)
        peers = (COMPILED, PYSHACL) if with_pyshacl else (COMPILED,)
        found = {peer: _measured(peer, model) for peer in peers}
    if len({each["digest"] for each in found.values()}) > 1:
        raise SystemExit(f"The results for {entities} entities differ; no figure is given.")
    base = found[COMPILED]["processor_seconds"]
    return [
        Row(
            entities=entities,
            triples=count,
            peer=peer,
            seconds=round(float(each["seconds"]), 2),
            processor_seconds=round(float(each["processor_seconds"]), 2),
            results=int(each["results"]),
            peak_mb=round(float(each["peak_mb"])),
            ratio=round(float(each["processor_seconds"]) / float(base), 1),
        )
        for peer, each in found.items()
    ]


def _write(model: Path, generator: Generator, seed: int) -> int:
    """Write a generated model with faults and with what follows; returns how many triples."""
    randomness = random.Random(seed)
    count = 0
    with (
        closing(KnowledgeBase(read_bundle([REPOSITORY]))) as knowledge,
        model.open("wb") as output,
    ):
        asserted = list(_damaged(_triples(generator.blocks()), randomness))
        stream = iter(dict.fromkeys([*asserted, *knowledge.entail(asserted)]))
        while batch := list(islice(stream, 10_000)):
            count += len(batch)
            output.write(serialize(batch, format=RdfFormat.N_TRIPLES) or b"")
    return count


def _triples(blocks: Iterable[str]) -> Iterator[Triple]:
    for block in blocks:
        for quad in parse(block, format=RdfFormat.N_QUADS):
            yield quad.triple


def _damaged(triples: Iterable[Triple], randomness: random.Random) -> Iterator[Triple]:
    for each in triples:
        fate = randomness.randrange(FAULTS)
        if fate == 0:
            yield Triple(each.subject, each.predicate, Literal("out of place"))
        elif fate > 1:
            yield each


def _measured(peer: str, model: Path) -> dict[str, float | int | str]:
    print(f"{peer}: {model.stat().st_size / 1e6:.1f} MB …", file=sys.stderr, flush=True)
    options = ["--peer", peer, "--model", str(model)]
    command = [sys.executable, "-m", "benchmarks.validation", *options]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float | int | str] = json.loads(run.stdout)
    return figures


def _validated(peer: str, model: Path) -> dict[str, float | int | str]:
    """Validate a file and tell what it took, the reading of the file left out."""
    bundle = read_bundle([REPOSITORY])
    data = [quad.triple for quad in parse(path=model, format=RdfFormat.N_TRIPLES)]
    started, spent = time.perf_counter(), time.process_time()
    if peer == COMPILED:
        shapes = compile_shapes(bundle.shapes_graph, bundle.ontology)
    else:
        shapes = CompiledShapes(bundle.shapes_graph, bundle.ontology, reason="measured")
    report = validate(data, shapes)
    kilobyte = 1024 if sys.platform == "darwin" else 1
    return {
        "seconds": time.perf_counter() - started,
        "processor_seconds": time.process_time() - spent,
        "results": len(report.results),
        "digest": _digest(report),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / kilobyte / 1024,
    }


def _digest(report: ValidationReport) -> str:
    """Identify the results: everything that SHACL says of them, and their order."""
    digest = hashlib.sha256()
    for each in report.results:
        digest.update(repr((*each.sort_key(), each.severity, each.expected, each.found)).encode())
    return digest.hexdigest()


def _print_table(rows: list[Row]) -> None:
    print(machine_line())
    print()
    print(
        f"{'entities':>9} {'triples':>10}  {'peer':<16} {'seconds':>8} {'processor s':>12} "
        f"{'× compiled':>11} {'results':>8} {'peak MB':>8}"
    )
    for row in rows:
        print(
            f"{row.entities:>9} {row.triples:>10}  {row.peer:<16} {row.seconds:>8.2f} "
            f"{row.processor_seconds:>12.2f} {row.ratio:>11.1f} {row.results:>8} "
            f"{row.peak_mb:>8.0f}"
        )


if __name__ == "__main__":
    main()
