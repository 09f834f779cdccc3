"""The SPARQL workbench: text in, a table, a sentence or a graph out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from orthogramic.metamodel import SavedQuery
from orthogramic.store import SparqlAnswer
from orthogramic.syntax import to_turtle
from orthogramic.web.links import Links
from orthogramic.web.views.entity import Download
from orthogramic.web.views.saved import without_header
from orthogramic.web.views.tables import Table, table
from orthogramic.web.views.terms import TermCells

LEAST_ROWS = 10
MOST_ROWS = 40
ROW_FORMATS = (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml"))
GRAPH_FORMATS = (("Turtle", "turtle"), ("N-Triples", "ntriples"), ("JSON-LD", "jsonld"))


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: one of a table, a sentence or a graph as Turtle."""

    table: Table | None = None
    sentence: str = ""
    graph: str = ""
    formats: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbenchPage:
    """The workbench with a query and perhaps its answer."""

    text: str
    rows: int
    has_answer: bool
    table: Table | None
    sentence: str
    graph: str
    permalink: str
    downloads: tuple[Download, ...]
    prefixes: tuple[tuple[str, str], ...]
    examples: tuple[Download, ...]


def shown_answer(
    answer: SparqlAnswer, cells: TermCells, prefixes: Mapping[str, str], limit: int
) -> Shown:
    """Read an answer as far as the page shows it.

    :param limit: most rows or triples to show.
    """
    if answer.boolean is not None:
        return Shown(sentence="Yes." if answer.boolean else "No.", formats=ROW_FORMATS[2:])
    if answer.is_graph:
        triples = list(islice(answer.triples(), limit + 1))
        cut = len(triples) > limit
        sentence = f"The first {limit} statements." if cut else _count(len(triples))
        text = to_turtle(triples[:limit], prefixes)
        return Shown(sentence=sentence, graph=text, formats=GRAPH_FORMATS)
    found = table(answer.variables, answer.rows(), cells, limit=limit)
    return Shown(table=found, formats=ROW_FORMATS)


def _count(number: int) -> str:
    return "1 statement." if number == 1 else f"{number} statements."


def workbench_page(
    text: str,
    shown: Shown | None,
    links: Links,
    prefixes: Mapping[str, str],
    queries: Iterable[SavedQuery],
) -> WorkbenchPage:
    """Describe the workbench.

    :param text: the query in the field.
    :param shown: its answer, if it has one.
    """
    return WorkbenchPage(
        text=text,
        rows=min(MOST_ROWS, max(LEAST_ROWS, text.count("\n") + 2)),
        has_answer=shown is not None,
        table=shown.table if shown else None,
        sentence=shown.sentence if shown else "",
        graph=shown.graph if shown else "",
        permalink=links.to("/workbench", query=text),
        downloads=tuple(
            Download(label, links.to("/sparql", query=text, format=name))
            for label, name in (shown.formats if shown else ())
        ),
        prefixes=tuple(sorted(prefixes.items())),
        examples=tuple(
            Download(each.summary, links.to("/workbench", query=without_header(each.text)))
            for each in queries
        ),
    )
