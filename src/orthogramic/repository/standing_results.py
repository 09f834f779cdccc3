"""The validation results that stand: kept up to date by every commit, so nobody waits for them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode

from orthogramic.metamodel import Severity
from orthogramic.repository.derived_database import DerivedDatabase
from orthogramic.validation import Finding, FindingRecords, Reach, severity_of

_GRAVEST = "CASE severity WHEN 'violation' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS result (
    id INTEGER PRIMARY KEY, root_shape TEXT, root_node TEXT, severity TEXT NOT NULL,
    focus TEXT NOT NULL, path TEXT NOT NULL, finding TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS result_root ON result (root_shape, root_node);
CREATE INDEX IF NOT EXISTS result_order ON result (severity, focus, path);
CREATE INDEX IF NOT EXISTS result_gravest ON result ({_GRAVEST}, focus, path);
CREATE INDEX IF NOT EXISTS result_focus ON result (focus);
CREATE INDEX IF NOT EXISTS result_rootless ON result (root_shape) WHERE root_node IS NULL;
"""
# The parts of a thing have addresses under its own; "0" is what follows "/".
_ABOUT = """id IN (
    WITH thing (iri) AS (SELECT value FROM json_each(?))
    SELECT result.id FROM thing JOIN result ON focus = '<' || iri || '>'
    UNION ALL SELECT result.id FROM thing
    JOIN result ON focus >= '<' || iri || '/' AND focus < '<' || iri || '0'
)"""
_COLUMNS = "root_shape, root_node, severity, focus, path, finding"


class StandingResults(DerivedDatabase):
    """The results of one repository.

    :param path: file of the results, made if absent; ``None`` keeps them in memory.
    :param records: writes and reads findings under the shapes of the bundle.
    :param read_only: whether the file is only looked at, as it is.
    """

    def __init__(
        self, path: Path | None, records: FindingRecords, *, read_only: bool = False
    ) -> None:
        super().__init__("standing validation results", _SCHEMA, path, read_only=read_only)
        self._records = records

    def replace(self, findings: Iterable[Finding], snapshot: int, bundle: str) -> None:
        """Keep these results and no others."""
        with self.replaced(snapshot, bundle) as cursor:
            cursor.execute("DELETE FROM result")
            self._insert(cursor, findings)

    def update(self, reach: Reach, findings: Iterable[Finding], snapshot: int, bundle: str) -> None:
        """Replace the results of what was judged anew.

        :param reach: what was judged.
        :param findings: what was found there.
        """
        with self.replaced(snapshot, bundle) as cursor:
            for shape, nodes in reach.items():
                name = self._records.name(shape)
                if nodes is None:
                    cursor.execute("DELETE FROM result WHERE root_shape = ?", (name,))
                    continue
                cursor.executemany(
                    "DELETE FROM result WHERE root_shape = ? AND root_node = ?",
                    ((name, str(each)) for each in nodes),
                )
            self._insert(cursor, findings)

    def findings(
        self,
        *,
        severity: Severity | None = None,
        about: Sequence[str] | None = None,
        limit: int = -1,
        offset: int = 0,
    ) -> tuple[tuple[Finding, ...], int]:
        """Return results, gravest first, then by focus node and path, and how many there are.

        :param severity: only those of this severity.
        :param about: only those about the things of these IRIs and their parts.
        :param limit: at most so many; all if negative.
        :param offset: leave out so many first.
        """
        where, values = _condition(severity, about)
        found = self.rows(
            f"SELECT finding FROM result {where} "  # noqa: S608 - fixed parts
            f"ORDER BY {'' if severity else f'{_GRAVEST},'} focus, path, id LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        total = self.rows(f"SELECT count(*) FROM result {where}", values)[0][0]  # noqa: S608
        return tuple(self._records.read(text) for (text,) in found), total

    def kinds(
        self,
        *,
        severity: Severity | None = None,
        about: Sequence[str] | None = None,
        limit: int = -1,
    ) -> list[tuple[Finding, int]]:
        """Return what is found of several things, the gravest and most frequent first.

        :returns: for each kind one result, and of how many things there is one.
        """
        where, values = _condition(severity, about)
        rows = self.rows(
            "SELECT (SELECT finding FROM result WHERE id = first), things FROM ("  # noqa: S608
            "SELECT min(id) AS first, severity, count(DISTINCT focus) AS things "
            f"FROM result {where} GROUP BY severity, path, json_extract(finding, '$.component'), "
            "json_extract(finding, '$.shape'), json_extract(finding, '$.constraint')) "
            f"WHERE things > 1 ORDER BY {_GRAVEST}, things DESC, first LIMIT ?",
            (*values, limit),
        )
        return [(self._records.read(text), things) for text, things in rows]

    def within(self, reach: Reach | None) -> Iterator[Finding]:
        """Yield the results of what was judged anew.

        :param reach: what was judged; ``None`` for everything.
        """
        if reach is None:
            yield from self.findings()[0]
            return
        for shape, nodes in reach.items():
            name = self._records.name(shape)
            if nodes is None:
                found = self.rows("SELECT finding FROM result WHERE root_shape = ?", (name,))
                yield from (self._records.read(text) for (text,) in found)
            for node in nodes or ():
                found = self.rows(
                    "SELECT finding FROM result WHERE root_shape = ? AND root_node = ?",
                    (name, str(node)),
                )
                yield from (self._records.read(text) for (text,) in found)

    def counts(self) -> Mapping[str, int]:
        """Return how many results there are of each severity."""
        return dict(self.rows("SELECT severity, count(*) FROM result GROUP BY severity"))

    def rootless(self) -> frozenset[NamedNode | BlankNode]:
        """Return the shapes of which results stand that name no root node."""
        found = self.rows(
            # Left to itself, SQLite goes through the index of all roots.
            "SELECT DISTINCT root_shape FROM result INDEXED BY result_rootless "
            "WHERE root_node IS NULL AND root_shape IS NOT NULL"
        )
        return frozenset(self._records.shape(name) for (name,) in found)

    def without_root(self) -> frozenset[str]:
        """Return the results that name no root node, as the text that is kept of them."""
        return frozenset(
            text
            for (text,) in self.rows(
                "SELECT finding FROM result INDEXED BY result_rootless WHERE root_node IS NULL"
            )
        )

    def _insert(self, cursor: sqlite3.Cursor, findings: Iterable[Finding]) -> None:
        cursor.executemany(
            f"INSERT INTO result ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - fixed
            map(self._row, findings),
        )

    def _row(self, finding: Finding) -> tuple[Any, ...]:
        shape, node = finding.root_shape, finding.root_node
        return (
            None if shape is None else self._records.name(shape),
            None if node is None else str(node),
            severity_of(finding).value,
            str(finding.focus),
            finding.path.value if finding.path else "",
            self._records.write(finding),
        )


def _condition(
    severity: Severity | None, about: Sequence[str] | None
) -> tuple[str, tuple[str, ...]]:
    parts: list[str] = []
    values: list[str] = []
    if severity:
        parts.append("severity = ?")
        values.append(severity.value)
    if about is not None:
        parts.append(_ABOUT)
        values.append(json.dumps(list(about)))
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), tuple(values)
