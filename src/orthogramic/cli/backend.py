"""What commands ask: the store in this process, or the service that holds it.

Both give the same documents, so a command does not know which one it speaks to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from orthogramic.exchange.exported import Exported
from orthogramic.repository.uploading import UploadedFile
from orthogramic.syntax import RdfSyntax, ResultFormat

Document = dict[str, Any]


class Backend(Protocol):
    """Answers to what commands ask, as documents of the interface contract."""

    def close(self) -> None:
        """Let go of the store or the connection."""

    def ask(self, direction: str, question: Mapping[str, Any]) -> Document:
        """Answer a question of impact or dependencies."""

    def paths(self, question: Mapping[str, Any]) -> Document:
        """Explain in which ways one entity needs or affects another."""

    def matrix(self, question: Mapping[str, Any], form: str) -> bytes:
        """Fill a matrix of two sides, as JSON, CSV or SVG."""

    def why_not(self, question: Mapping[str, Any]) -> Document:
        """Tell why one entity does not need or affect another."""

    def gaps(self, question: Mapping[str, Any]) -> Document:
        """List the links that the shapes expect and nobody has stated."""

    def failure(self, question: Mapping[str, Any]) -> Document:
        """Answer what is lost and what is degraded if entities fail."""

    def rankings(self) -> Document:
        """List the rankings of the bundle."""

    def ranking(self, name: str, question: Mapping[str, Any]) -> Document:
        """Order entities as a ranking says."""

    def weak_spots(self, kind: str, question: Mapping[str, Any]) -> Document:
        """Find weak spots of one kind: single points, a cut, what is central."""

    def search(self, text: str, class_name: str | None, limit: int, offset: int) -> Document:
        """Find entities by their words."""

    def entities(
        self, class_name: str | None, domain: str | None, limit: int, offset: int
    ) -> Document:
        """List entities."""

    def entity(self, name: str) -> Document:
        """Show one entity."""

    def entity_document(self, name: str) -> Document:
        """Return the document of one entity, in the form in which it is written."""

    def create_entity(
        self, class_name: str, content: bytes, options: Mapping[str, Any]
    ) -> Document:
        """Create an entity of a JSON document; gives what came of it."""

    def replace_entity(self, name: str, content: bytes, options: Mapping[str, Any]) -> Document:
        """Make an entity what a JSON document says; gives what came of it."""

    def patch_entity(self, name: str, content: bytes, options: Mapping[str, Any]) -> Document:
        """Change an entity by a JSON merge patch; gives what came of it."""

    def delete_entity(self, name: str, options: Mapping[str, Any]) -> Document:
        """Delete an entity; gives what came of it."""

    def update(self, text: str, options: Mapping[str, Any]) -> Document:
        """Carry out a SPARQL update; gives what came of it."""

    def load(
        self, files: Sequence[UploadedFile], graph: str | None, options: Mapping[str, Any]
    ) -> Document:
        """Load files, manifests of datasets among them; gives what came of it."""

    def stats(self) -> Document:
        """Count what is there."""

    def history(self, limit: int, offset: int) -> Document:
        """List commits."""

    def commit(self, number: int, limit: int, offset: int) -> Document:
        """Show one commit with its statements."""

    def results(self, question: Mapping[str, Any]) -> Document:
        """List the validation results that stand."""

    def mends(self, question: Mapping[str, Any]) -> Document:
        """Offer mends for the validation results that stand."""

    def apply_mends(self, identifiers: Sequence[str], options: Mapping[str, Any]) -> Document:
        """Make mends that were offered; gives what came of it."""

    def what_if(self, question: Mapping[str, Any]) -> Document:
        """Tell the difference that a scenario would make."""

    def apply_scenario(self, scenario: Document, options: Mapping[str, Any]) -> Document:
        """Carry a scenario out; gives what came of it."""

    def queries(self) -> Document:
        """List saved queries."""

    def saved_query(self, name: str, values: Mapping[str, str], media: ResultFormat) -> bytes:
        """Answer a saved query in a result format."""

    def sparql(self, text: str, results: ResultFormat, graph: RdfSyntax) -> tuple[bool, bytes]:
        """Answer a query: whether the answer is an RDF graph, and its bytes."""

    def export(self, syntax: str, graph: str | None, entity: str | None) -> Exported:
        """Export in a format."""
