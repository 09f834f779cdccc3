"""A ranking with its arithmetic: frozen, and able to become JSON, table rows or a data frame."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orthogramic.analysis.answer import Bound, EntityReference, Receipt
from orthogramic.analysis.measured import Arithmetic, plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Term:
    """What one of those that matter adds to a row.

    :param holder: who matters; ``through``: which of those that stand for it depends most.
    :param share: to what degree it depends, 0 to 1.
    :param worth: what it is worth, with its arithmetic; ``None`` where each counts 1.
    :param amount: share times worth; ``None`` where there is no worth that can be added.
    :param why: why there is no amount; empty where there is one.
    """

    holder: EntityReference
    through: EntityReference
    share: float
    worth: Arithmetic | None
    amount: Decimal | None
    why: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the term, JSON-serialisable."""
        return {
            "holder": self.holder.to_dict(),
            "through": self.through.to_dict(),
            "share": self.share,
            "worth": self.worth.to_dict() if self.worth else None,
            "amount": plain(self.amount),
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One entity in its place.

    :param rank: its place, from 1.
    :param own: what it comes to itself, with its arithmetic; ``None`` where each counts 1.
    :param terms: what depends on it, the greatest amount first, then by IRI; what has no amount
        comes last.
    :param total_terms: how many terms there are, told or not.
    :param left_out: what the terms come to together that are not told.
    :param missing: how many of all terms have no amount.
    :param weight: all amounts together.
    :param result: ``own`` times ``weight``.
    :param sentence: the arithmetic as one line.
    """

    rank: int
    entity: EntityReference
    own: Arithmetic | None
    terms: tuple[Term, ...]
    total_terms: int
    left_out: Decimal
    missing: int
    weight: Decimal
    result: Decimal
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """Return the row, JSON-serialisable."""
        return {
            "rank": self.rank,
            "entity": self.entity.to_dict(),
            "own": self.own.to_dict() if self.own else None,
            "terms": [each.to_dict() for each in self.terms],
            "total_terms": self.total_terms,
            "left_out": plain(self.left_out),
            "missing": self.missing,
            "weight": plain(self.weight),
            "result": plain(self.result),
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Unranked:
    """An entity that has no place, or one that matters and is worth nothing that can be added."""

    entity: EntityReference
    why: str

    def to_dict(self) -> dict[str, Any]:
        """Return ``entity`` and ``why``."""
        return {"entity": self.entity.to_dict(), "why": self.why}


@dataclass(frozen=True, slots=True)
class RankingAnswer:
    """One page of a ranking, the greatest result first, then by IRI.

    :param name: of the ranking; ``label`` and ``description`` are what people read.
    :param unit: what results are counted in; empty for nothing in particular.
    :param rows: the rows of the page.
    :param total: how many entities have a place.
    :param largest: the greatest result; 0 if there is none.
    :param unranked: entities without a place because their own measure comes to nothing, by IRI,
        of many the first; ``total_unranked`` counts all.
    :param missing: those that matter and add nothing because their worth is not known, by IRI, of
        many the first; ``total_missing`` counts all.
    :param notes: what a reader must know, in sentences.
    """

    name: str
    iri: str
    label: str
    description: str
    unit: str
    rows: tuple[RankedRow, ...]
    total: int
    limit: int
    offset: int
    largest: Decimal
    unranked: tuple[Unranked, ...]
    total_unranked: int
    missing: tuple[Unranked, ...]
    total_missing: int
    notes: tuple[str, ...]
    bound: Bound
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """Return the answer, JSON-serialisable."""
        return {
            "ranking": {
                "name": self.name,
                "iri": self.iri,
                "label": self.label,
                "description": self.description,
            },
            "unit": self.unit,
            "items": [each.to_dict() for each in self.rows],
            "total": self.total,
            "limit": self.limit,
            "offset": self.offset,
            "largest": plain(self.largest),
            "unranked": [each.to_dict() for each in self.unranked],
            "total_unranked": self.total_unranked,
            "missing": [each.to_dict() for each in self.missing],
            "total_missing": self.total_missing,
            "notes": list(self.notes),
            "bound": self.bound.to_dict(),
            "receipt": self.receipt.to_dict(),
        }

    def table(self) -> list[dict[str, Any]]:
        """Return one flat row per entity, for CSV and data frames."""
        return [
            {
                "rank": each.rank,
                "iri": each.entity.iri,
                "label": each.entity.label,
                "class": each.entity.class_name,
                "own": plain(each.own.number.value) if each.own else None,
                "weight": plain(each.weight),
                "result": plain(each.result),
                "unit": self.unit,
                "missing": each.missing,
                "sentence": each.sentence,
            }
            for each in self.rows
        ]

    def to_dataframe(self) -> pd.DataFrame:
        """Return the page as a data frame, one row per entity.

        :raises ImportError: if pandas is not installed (``pip install orthogramic[pandas]``).
        """
        import pandas as pd  # noqa: PLC0415 - optional, and slow to import

        return pd.DataFrame(self.table())
