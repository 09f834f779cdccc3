"""The catalogue of entities: names, classes and text, in SQLite with full-text search (FTS5).

It answers what an RDF store answers slowly: sorted pages of a whole class, titles in any
language, near names for a misspelt one. It is derived from the store and can be thrown away.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from orthogramic.errors import StoreFormatError
from orthogramic.repository.derived_database import DerivedDatabase
from orthogramic.syntax import normalise_title

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entity (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, title TEXT NOT NULL,
    class TEXT NOT NULL, class_name TEXT NOT NULL, key TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entity_title ON entity (title);
CREATE INDEX IF NOT EXISTS entity_key ON entity (key, class_name);
CREATE INDEX IF NOT EXISTS entity_class ON entity (class, label, iri);
CREATE INDEX IF NOT EXISTS entity_label ON entity (label, iri);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    label, body, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE VIRTUAL TABLE IF NOT EXISTS letters USING fts5 (label, tokenize = trigram);
"""

_TABLES = ("entity", "words", "letters")
_COLUMNS = "entity.iri, entity.label, class_name, class, key"
_EVERYTHING = """
SELECT iri, entity.label, title, class, class_name, key, words.label, body, letters.label
FROM entity
LEFT JOIN words ON words.rowid = entity.id
LEFT JOIN letters ON letters.rowid = entity.id
WHERE iri > ? ORDER BY iri LIMIT 10000
"""
_KEPT = """
SELECT entity.id, iri, entity.label, class_name, class, key, body
FROM entity JOIN words ON words.rowid = entity.id WHERE iri = ?
"""
_NEAR_ENOUGH = 0.5
_NEAR_CANDIDATES = 200

#: The longest part of a text that is looked for, in characters.
_LONGEST_SEARCH = 300


@dataclass(frozen=True, slots=True)
class EntitySummary:
    """An entity as lists and references show it; ``key`` is its last segment under its class."""

    iri: str
    label: str
    class_name: str
    class_iri: str
    key: str

    def to_dict(self) -> dict[str, Any]:
        """Return the contract form: ``iri``, ``label``, ``class``, ``key``."""
        return {"iri": self.iri, "label": self.label, "class": self.class_name, "key": self.key}


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An entity found by its text; ``snippet`` shows the matching words between ``[`` and ``]``."""

    entity: EntitySummary
    snippet: str

    def to_dict(self) -> dict[str, Any]:
        """Return the entity's members and the ``snippet``."""
        return {**self.entity.to_dict(), "snippet": self.snippet}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What the catalogue keeps of one entity; ``body`` is all its other text."""

    summary: EntitySummary
    body: str


class Catalogue(DerivedDatabase):
    """The catalogue of one repository.

    :param path: file of the catalogue, made if absent; ``None`` keeps it in memory.
    :param read_only: whether the file is only looked at, as it is.
    :raises StoreFormatError: if a file that is only looked at cannot be read.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        super().__init__("catalogue of entities", _SCHEMA, path, read_only=read_only)

    # -- writing -----------------------------------------------------------------------------

    def rebuild(self, entries: Iterable[CatalogueEntry], snapshot: int, bundle: str) -> None:
        """Replace everything."""
        with self.replaced(snapshot, bundle) as cursor:
            for table in _TABLES:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a fixed name
            for each in entries:
                _insert(cursor, each)

    def update(
        self, gone: Iterable[str], entries: Iterable[CatalogueEntry], snapshot: int, bundle: str
    ) -> None:
        """Replace the entries of some entities; ``gone`` lists the IRIs of what there was."""
        coming = {each.summary.iri: each for each in entries}
        with self.replaced(snapshot, bundle) as cursor:
            for iri in gone:
                _renew(cursor, iri, coming.pop(iri, None))
            for each in coming.values():
                _insert(cursor, each)

    # -- reading -----------------------------------------------------------------------------

    def by_iri(self, iri: str) -> EntitySummary | None:
        """Return the entity of this IRI, if any."""
        return next(iter(self._summaries("WHERE iri = ?", (iri,))), None)

    def by_title(self, title: str, classes: Sequence[str] = ()) -> list[EntitySummary]:
        """Return the entities of this title (NFC, trimmed, case-sensitive), sorted by IRI."""
        return self._summaries(
            f"WHERE title = ? {_among(classes)} ORDER BY iri", (normalise_title(title), *classes)
        )

    def by_key(self, classes: Sequence[str], key: str) -> list[EntitySummary]:
        """Return the entities of some classes that have this key, sorted by IRI."""
        return self._summaries(f"WHERE key = ? {_among(classes)} ORDER BY iri", (key, *classes))

    def page(
        self, classes: Sequence[str], limit: int, offset: int
    ) -> tuple[list[EntitySummary], int]:
        """Return entities of the classes (all if none) by label, and how many there are."""
        where = f"WHERE 1 {_among(classes)}"
        total = self.rows(f"SELECT count(*) FROM entity {where}", classes)[0][0]  # noqa: S608
        found = self._summaries(
            f"{where} ORDER BY label, iri LIMIT ? OFFSET ?", (*classes, limit, offset)
        )
        return found, total

    def everything(self) -> Iterator[EntitySummary]:
        """Yield every entity, in batches taken by IRI."""
        last = ""
        while batch := self._summaries("WHERE iri > ? ORDER BY iri LIMIT 10000", (last,)):
            yield from batch
            last = batch[-1].iri

    def identities(self) -> list[tuple[str, str, str]]:
        """Return IRI, label and class of every entity, by IRI."""
        return self.rows("SELECT iri, label, class FROM entity ORDER BY iri")

    def contents(self) -> Iterator[tuple[Any, ...]]:
        """Yield all that is kept of every entity, in batches taken by IRI, which comes first."""
        last = ""
        while batch := self.rows(_EVERYTHING, (last,)):
            yield from batch
            last = batch[-1][0]

    def counts(self) -> dict[str, int]:
        """Return the number of entities by the IRI of their most specific class."""
        return dict(self.rows("SELECT class, count(*) FROM entity GROUP BY class"))

    def search(
        self, text: str, classes: Sequence[str], limit: int, offset: int
    ) -> tuple[list[SearchHit], int]:
        """Find entities by the words of their label and text; the last word may be a beginning.

        :returns: the hits, best first (a match in the label counts ten times), and their number.
        """
        match = _match(text)
        if not match:
            return [], 0
        joined = (
            f"words JOIN entity ON entity.id = words.rowid WHERE words MATCH ? {_among(classes)}"
        )
        # Looking at the entity of every hit takes ten times as long as counting the hits.
        counted = joined if classes else "words WHERE words MATCH ?"
        total = self.rows(f"SELECT count(*) FROM {counted}", (match, *classes))[0][0]  # noqa: S608
        rows = self.rows(
            f"SELECT {_COLUMNS}, "  # noqa: S608 - fixed parts
            f"snippet(words, -1, '[', ']', '…', 12) FROM {joined} "
            "ORDER BY bm25(words, 10, 1), entity.label, iri LIMIT ? OFFSET ?",
            (match, *classes, limit, offset),
        )
        return [SearchHit(EntitySummary(*row[:5]), row[5]) for row in rows], total

    def near(self, name: str, classes: Sequence[str] = (), limit: int = 5) -> list[EntitySummary]:
        """Return entities whose label is near a misspelt name, nearest first.

        Trigrams find the candidates; Ratcliff and Obershelp's measure (``difflib``) ranks them.
        """
        wanted = normalise_title(name).casefold()[:_LONGEST_SEARCH]
        # Neither a quotation mark nor NUL can stand in a string of an FTS5 expression.
        spoken = wanted.replace('"', " ").replace("\0", " ")
        found = self._sharing_letters(spoken, classes) or self._as_long_as(wanted, classes)
        likeness = {each.iri: _likeness(wanted, each.label) for each in found}
        near = [each for each in found if likeness[each.iri] >= _NEAR_ENOUGH]
        near.sort(key=lambda each: (-likeness[each.iri], each.label, each.iri))
        return near[:limit]

    def _sharing_letters(self, spoken: str, classes: Sequence[str]) -> list[EntitySummary]:
        """Return entities whose label has three letters in a row in common with a name."""
        grams = {spoken[at : at + 3] for at in range(len(spoken) - 2)}
        if not grams:
            return []
        match = " OR ".join(f'"{each}"' for each in sorted(grams))
        return self._summaries(
            "JOIN letters ON entity.id = letters.rowid WHERE letters MATCH ? "
            f"{_among(classes)} ORDER BY bm25(letters) LIMIT ?",
            (match, *classes, _NEAR_CANDIDATES),
        )

    def _as_long_as(self, wanted: str, classes: Sequence[str]) -> list[EntitySummary]:
        """Return entities whose label is about as long as a name: short words share no trigram."""
        return self._summaries(
            f"WHERE abs(length(title) - ?) < 2 {_among(classes)} ORDER BY title LIMIT ?",
            (len(wanted), *classes, _NEAR_CANDIDATES),
        )

    def _summaries(self, rest: str, values: Sequence[Any]) -> list[EntitySummary]:
        rows = self.rows(f"SELECT {_COLUMNS} FROM entity {rest}", values)  # noqa: S608 - fixed
        return [EntitySummary(*row) for row in rows]


def catalogued_bundle(path: Path) -> str:
    """Return the digest of the bundle that a catalogue was made with: it had no fault.

    :param path: file of the catalogue.
    :returns: the digest; empty where there is no catalogue that can be read.
    """
    if not path.exists():
        return ""
    with suppress(StoreFormatError), closing(Catalogue(path, read_only=True)) as catalogue:
        return catalogue.state()[1]
    return ""


def _insert(cursor: sqlite3.Cursor, entry: CatalogueEntry) -> None:
    each = entry.summary
    title = normalise_title(each.label)
    cursor.execute(
        "INSERT INTO entity (iri, label, title, class, class_name, key) VALUES (?, ?, ?, ?, ?, ?)",
        (each.iri, each.label, title, each.class_iri, each.class_name, each.key),
    )
    row = cursor.lastrowid
    cursor.execute(
        "INSERT INTO words (rowid, label, body) VALUES (?, ?, ?)", (row, each.label, entry.body)
    )
    cursor.execute("INSERT INTO letters (rowid, label) VALUES (?, ?)", (row, each.label))


def _renew(cursor: sqlite3.Cursor, iri: str, entry: CatalogueEntry | None) -> None:
    """Put an entry in the place of what is kept of an entity; ``None`` only takes that away.

    Most edits change some text and no name: then the indexes of names are left as they are.
    """
    kept = cursor.execute(_KEPT, (iri,)).fetchone()
    same = entry and kept and EntitySummary(*kept[1:6]) == entry.summary
    if not same:
        _delete(cursor, iri)
        if entry:
            _insert(cursor, entry)
    elif entry and entry.body != kept[6]:
        cursor.execute("UPDATE words SET body = ? WHERE rowid = ?", (entry.body, kept[0]))


def _delete(cursor: sqlite3.Cursor, iri: str) -> None:
    for (row,) in cursor.execute("SELECT id FROM entity WHERE iri = ?", (iri,)).fetchall():
        for table, column in (("entity", "id"), ("words", "rowid"), ("letters", "rowid")):
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ?", (row,))  # noqa: S608


def _likeness(wanted: str, label: str) -> float:
    return SequenceMatcher(None, wanted, label.casefold()).ratio()


def _among(classes: Sequence[str]) -> str:
    return f"AND class IN ({', '.join('?' * len(classes))})" if classes else ""


def _match(text: str) -> str:
    """Return the FTS5 expression of what a person typed; the last word matches as a prefix."""
    words = re.findall(r"\w+", normalise_title(text)[:_LONGEST_SEARCH])
    quoted = [f'"{word}"' for word in words]
    return f"{' '.join(quoted)} *" if quoted else ""
