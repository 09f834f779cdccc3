"""What people send to saved queries by mistake or in bad faith, for each way of asking."""

from __future__ import annotations

from dataclasses import dataclass

#: Text that would break out of a query, were it ever pasted into one.
HOSTILE = (
    '"} DELETE WHERE { ?s ?p ?o } #',
    "'} UNION { ?s ?p ?o } #",
    '""" . ?s ?p ?o . """',
    "}}}}",
    "{{{{",
    "# a comment",
    "a\n} DROP ALL\n{",
    "a\r\nb\tc",
    "\\u0022} CLEAR ALL #",
    "?persona",
    "$persona",
    "; DROP TABLE entities; --",
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A call that is refused.

    :param code: the code of the problem that the service answers with.
    :param words: what the sentence says, wherever it is read.
    """

    query: str
    values: dict[str, str]
    code: str
    words: str

    def __str__(self) -> str:
        """Name the mistake in test reports, in a few plain characters."""
        shown = " ".join(f"{name}={value[:20]!r}" for name, value in self.values.items())
        return f"{self.query} {shown}".strip()

    @property
    def exit_code(self) -> int:
        """The exit code of the command line: 2 for wrong usage, 3 for an unknown name."""
        return 2 if self.code == "invalid-parameter" else 3

    @property
    def status(self) -> int:
        """The status of the response."""
        return 400 if self.code == "invalid-parameter" else 404


def _ill_typed(query: str, name: str, values: tuple[str, ...], words: str) -> list[Mistake]:
    return [Mistake(query, {name: each}, "invalid-parameter", words) for each in values]


def _unnamed(values: tuple[str, ...]) -> list[Mistake]:
    words = "is called"
    return [
        Mistake("persona-to-capability", {"persona": each}, "unknown-entity", words)
        for each in values
    ]


MISTAKES = [
    *_ill_typed(
        "weak-capabilities-without-initiative",
        "minimumGap",
        ("", "two", "2.0", "2e0", "0x2", "2 levels", "9" * 5000, *HOSTILE),
        "minimumGap must be of type integer",
    ),
    *_ill_typed(
        "initiatives-for-products",
        "date",
        ("", "2026-02-30", "2026-13-01", "30.1.2026", "2026-01-31T00:00:00", "today", *HOSTILE),
        "date must be of type date",
    ),
    *_ill_typed(
        "relationship-strengths", "assessed", ("", "TRUE", "1", "no", *HOSTILE), "true or false"
    ),
    *_ill_typed(
        "attribute-coverage",
        "class",
        ("", "Capability", "urn:a b", "urn:a> ?p ?o } #", *HOSTILE),
        "class must be an IRI",
    ),
    *_unnamed(("Nobody", *HOSTILE)),
    Mistake(
        "persona-to-capability",
        {"persona": "Client Profiling"},
        "unknown-entity",
        "is a Capability, not a Customer persona",
    ),
    Mistake(
        "persona-to-capability",
        {"persona": "Michael Chen", "capability": "Michael Chen"},
        "unknown-entity",
        "not a Capability",
    ),
    Mistake("persona-to-capability", {}, "invalid-parameter", "needs the parameter persona"),
    Mistake("who-owns-what", {"owner": "x"}, "invalid-parameter", "no parameter 'owner'"),
    Mistake("orphan-entities", {"class": "orth:Risk"}, "invalid-parameter", "it has none"),
    Mistake("who-owns-everything", {}, "unknown-query", "who-owns-everything"),
    Mistake("who-owns-what.rq", {}, "unknown-query", "who-owns-what.rq"),
]

#: Calls whose values are well-formed, of the right type, and found nowhere.
EMPTY = [
    *(("duplicate-titles", {"scope": each}) for each in ("", "Within a class", *HOSTILE)),
    ("weak-capabilities-without-initiative", {"minimumGap": "9" * 30}),
    ("weak-capabilities-without-initiative", {"minimumGap": "-1"}),
    ("changes-since", {"commit": "9" * 30}),
    ("attribute-coverage", {"class": "urn:nothing"}),
    ("initiatives-for-products", {"date": "0001-01-01"}),
]
