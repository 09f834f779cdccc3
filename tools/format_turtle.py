"""Rewrites the Turtle of this repository in its canonical form, or checks that it is.

Canonical Turtle makes a change of meaning and a change of text the same thing, so that a review
sees only what changed. Run ``python tools/format_turtle.py``, with ``--check`` to change nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from orthogramic.syntax import to_turtle

REPOSITORY = Path(__file__).resolve().parents[1]
FOLDERS = ("ontology", "shapes", "data")
#: Stands for "this folder" while a document with relative references is parsed.
_HERE = "https://relative.invalid/"


def canonical(text: str) -> str:
    """Return Turtle in its canonical form.

    :param text: a Turtle document; comment lines do not survive.
    :returns: the same graph, with the prefixes of the document that are in use.
    :raises SyntaxError: if the document does not parse.
    """
    parser = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=_HERE)
    triples = [quad.triple for quad in parser]
    return to_turtle(triples, parser.prefixes).replace(f"<{_HERE}", "<")


def documents(repository: Path = REPOSITORY) -> Iterator[Path]:
    """Yield the Turtle files that are kept canonical."""
    for folder in FOLDERS:
        yield from sorted((repository / folder).rglob("*.ttl"))


def main() -> int:
    """Rewrite or check; the exit code of a check is 1 where a file is not canonical."""
    parser = argparse.ArgumentParser(description="Keep the Turtle of this repository canonical.")
    parser.add_argument("--check", action="store_true", help="change nothing, name the files")
    check = parser.parse_args().check
    odd = []
    for path in documents():
        text = path.read_text("utf-8")
        wanted = canonical(text)
        if wanted == text:
            continue
        odd.append(path)
        if not check and any(line.lstrip().startswith("#") for line in text.splitlines()):
            sys.exit(
                f"{path}: has comments, which canonical Turtle cannot keep; state them as data"
            )
        if not check:
            path.write_text(wanted, "utf-8")
    for path in odd:
        name = path.relative_to(REPOSITORY)
        sys.stderr.write(f"{name}: {'is not canonical' if check else 'rewritten'}\n")
    return int(check and bool(odd))


if __name__ == "__main__":
    sys.exit(main())
