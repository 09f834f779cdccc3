"""Reads the dataset that a query names in its own text.

The embedded engine repeats a triple that two graphs of a FROM clause hold, where the standard
asks for the merge of the graphs (SPARQL 1.1, section 13.2.1). So the clause is read here, and
becomes a dataset like one that came with the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

from pyoxigraph import NamedNode, RdfFormat, parse

from orthogramic.store.protocol import Dataset
from orthogramic.syntax.sparql_tokens import Token, tokens

_FORMS = ("select", "ask", "construct", "describe")
_MERGED, _NAMED = NamedNode("urn:x-dataset:default"), NamedNode("urn:x-dataset:named")
_STEP = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}


def merged_dataset(
    text: str, prefixes: Mapping[str, str] | None, base_iri: str | None
) -> Dataset | None:
    """Return the dataset of a query whose FROM clauses name several graphs to merge.

    :param prefixes: prefixes that the text may use without declaring them.
    :returns: the dataset; ``None`` where there is nothing to merge, or nothing that can be read.
    """
    sequence = list(tokens(text))
    start = next((each.start for each in sequence if each.prefix.startswith(_FORMS)), 0)
    clauses = list(_clauses(sequence))
    if sum(not named for named, _ in clauses) <= 1:
        return None
    # The prologue of a query and the names in it are Turtle too.
    given = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in (prefixes or {}).items())
    said = "".join(f"{_NAMED if named else _MERGED} a {name} .\n" for named, name in clauses)
    document = f"{given}{text[:start]}\n{said}"
    try:
        stated = [
            (each.subject, each.object)
            for each in parse(document.encode(), RdfFormat.TURTLE, base_iri=base_iri)
        ]
    except SyntaxError:
        return None
    graphs = [(part, graph) for part, graph in stated if isinstance(graph, NamedNode)]
    return Dataset(
        default=tuple(graph for part, graph in graphs if part == _MERGED),
        named=tuple(graph for part, graph in graphs if part == _NAMED),
    )


def _clauses(sequence: list[Token]) -> Iterator[tuple[bool, str]]:
    """Yield whether each FROM clause has the word NAMED, and the name of its graph as written."""
    levels = accumulate(_STEP.get(each.text, 0) for each in sequence)
    for place, (token, level) in enumerate(zip(sequence, levels, strict=True)):
        if level or token.kind != "word" or token.prefix != "from":
            continue
        following = sequence[place + 1 : place + 3]
        named = bool(following) and following[0].prefix == "named"
        for name in following[int(named) : int(named) + 1]:
            if name.kind in ("iri", "name"):
                yield named, name.text
