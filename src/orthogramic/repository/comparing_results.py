"""Compares the validation results that are kept with those of a validation from the beginning."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from orthogramic.errors import StoreFormatError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.derived_database import was_broken_off
from orthogramic.repository.differences import Difference, Sample
from orthogramic.repository.standing_results import StandingResults
from orthogramic.store import EmbeddedStore
from orthogramic.validation import (
    ChangeValidator,
    Finding,
    FindingRecords,
    Progress,
    compile_shapes,
)

#: Said of results that are behind: nothing is wrong, they were not asked for since.
BEHIND = (
    "The validation results that are kept are not those of the last commit and bundle; they are "
    "worked out anew when somebody asks for them."
)


def kept_results(path: Path, metamodel: Metamodel) -> StandingResults | None:
    """Open the results that are kept, to look at them; ``None`` if there are none.

    :raises StoreFormatError: if the file cannot be read.
    """
    if not path.exists():
        return None
    return StandingResults(path, FindingRecords(metamodel.shapes_graph), read_only=True)


def result_differences(
    path: Path,
    store: EmbeddedStore,
    metamodel: Metamodel,
    snapshot: int,
    progress: Progress | None = None,
) -> Iterator[Difference | str]:
    """Yield what differs, or a sentence if there is nothing that could be compared.

    :param path: file of the results that are kept.
    :param store: a store with what the log says.
    :param snapshot: number of the last commit.
    """
    if was_broken_off(path):
        yield BEHIND
        return
    try:
        results = kept_results(path, metamodel)
        if results is None:
            return
        with closing(results):
            if results.state() != (snapshot, metamodel.digest):
                yield BEHIND
                return
            fault = results.fault()
            if fault:
                sentence = f"The file of the validation results is damaged: {fault}."
                yield Difference("results", "unreadable", sentence)
            kept = results.findings()[0]
    except StoreFormatError as error:
        yield Difference("results", "unreadable", error.detail)
        return
    except (ValueError, LookupError, TypeError):
        sentence = "The validation results that are kept cannot be read; say --repair."
        yield Difference("results", "unreadable", sentence)
        return
    shapes = compile_shapes(metamodel.shapes_graph, metamodel.ontology)
    fresh = ChangeValidator(shapes, store.matching).judge_all(store.matching(), progress)
    records = FindingRecords(metamodel.shapes_graph)
    yield from _compared(_counted(fresh.findings, records), _counted(kept, records))


def _compared(fresh: Counter[str], kept: Counter[str]) -> Iterator[Difference]:
    for kind, words, only in (
        ("missing", "lack {} that a validation finds", fresh - kept),
        ("surplus", "have {} that a validation does not find", kept - fresh),
    ):
        sample = Sample()
        for each in sorted(only.elements()):
            sample.take(each)
        sentence = f"The validation results that are kept {words}."
        yield from sample.differences("results", kind, sentence, "result")


def _counted(findings: tuple[Finding, ...], records: FindingRecords) -> Counter[str]:
    return Counter(
        json.dumps(_ordered(json.loads(records.write(each))), ensure_ascii=False, sort_keys=True)
        for each in findings
    )


def _ordered(document: dict[str, Any]) -> dict[str, Any]:
    """Bring into an order what has none: the messages of a result, and its details."""
    said = dict(document)
    for member in ("messages", "details"):
        if member in said:
            parts = [_ordered(each) if member == "details" else each for each in said[member]]
            said[member] = sorted(parts, key=lambda each: json.dumps(each, sort_keys=True))
    return said
