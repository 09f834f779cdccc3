"""Where things are: every address that a page links to is made here, once, and escaped here.

Addresses are relative to the root path of the application, so that pages work behind a proxy that
serves them under a prefix. Nothing here asks the repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

Parameter = str | int | float | Sequence[str] | None


def query_string(parameters: Mapping[str, Parameter]) -> str:
    """Encode parameters, leaving out those without a value.

    :param parameters: values by name; a sequence is repeated.
    :returns: ``""`` or ``?name=value&...`` in the order given.
    """
    pairs = [(name, value) for name, value in parameters.items() if value not in (None, "", ())]
    return f"?{urlencode(pairs, doseq=True, quote_via=quote)}" if pairs else ""


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of this application.

    :param root: prefix under which the application is served, without a slash at its end.
    """

    root: str = ""

    def to(self, path: str, **parameters: Parameter) -> str:
        """Return the address of a path of the application, with a query string.

        :param path: absolute path, already escaped.
        :param parameters: see :func:`query_string`; ``class_`` stands for ``class``.
        """
        plain = {name.rstrip("_"): value for name, value in parameters.items()}
        return f"{self.root}{path}{query_string(plain)}"

    def under(self, path: str, parts: Iterable[str], **parameters: Parameter) -> str:
        """Return the address of a path whose last segments are data and need escaping."""
        tail = "/".join(quote(part, safe="") for part in parts)
        return self.to(f"{path.rstrip('/')}/{tail}", **parameters)

    def entity(self, class_name: str, key: str) -> str:
        """Return the page of an entity. A key may have several segments."""
        return self.under("/doc", (class_name, *key.split("/")))

    def entities(self, class_name: str | None = None, **parameters: Parameter) -> str:
        """Return the list of entities, of one class if it is named."""
        return self.to("/entities", class_=class_name, **parameters)

    def search(self, text: str) -> str:
        """Return the results of a text search."""
        return self.to("/search", q=text)

    def results(self, severity: str | None = None, **parameters: Parameter) -> str:
        """Return what the shapes say, of one severity if it is named."""
        return self.to("/results", severity=severity, **parameters)

    def metamodel_class(self, class_name: str) -> str:
        """Return the page of a class of the metamodel."""
        return self.under("/metamodel", (class_name,))

    def saved_query(self, name: str, **parameters: Parameter) -> str:
        """Return the page of a saved query, answered if its parameters are given."""
        return self.under("/queries", (name,), **parameters)

    def ask(self, **parameters: Parameter) -> str:
        """Return the question page, answered if a source is given."""
        return self.to("/ask", **parameters)

    def api(self, path: str, parameters: Mapping[str, Parameter] | None = None) -> str:
        """Return an address of the HTTP interface for programs."""
        return f"{self.root}/api/v1/{path}{query_string(parameters or {})}"
