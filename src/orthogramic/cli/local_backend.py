"""Answers from a repository in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode

from orthogramic.cli.backend import Document
from orthogramic.exchange.exported import Exported
from orthogramic.exchange.matrices import matrix_format
from orthogramic.facade import Repository
from orthogramic.repository.documents import read_json_object
from orthogramic.repository.paging import LONGEST_PAGE
from orthogramic.repository.uploading import UploadedFile
from orthogramic.repository.written import WriteOutcome
from orthogramic.syntax import RdfSyntax, ResultFormat


class LocalBackend:
    """Answers from a repository in this process."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def close(self) -> None:
        """Close the store."""
        self._repository.close()

    def ask(self, direction: str, question: Mapping[str, Any]) -> Document:
        """Answer a question of impact or dependencies."""
        options = dict(question)
        sources = options.pop("source")
        verb = self._repository.impact if direction == "impact" else self._repository.dependencies
        return verb(sources, **options).to_dict()

    def paths(self, question: Mapping[str, Any]) -> Document:
        """Explain in which ways one entity needs or affects another."""
        return self._repository.paths(**question).to_dict()

    def matrix(self, question: Mapping[str, Any], form: str) -> bytes:
        """Fill a matrix of two sides, as JSON, CSV or SVG."""
        said = {name: value for name, value in question.items() if value is not None}
        return matrix_format(form).write(self._repository.matrix(**said)).encode()

    def why_not(self, question: Mapping[str, Any]) -> Document:
        """Tell why one entity does not need or affect another."""
        return self._repository.why_not(**question).to_dict()

    def gaps(self, question: Mapping[str, Any]) -> Document:
        """List the links that the shapes expect and nobody has stated."""
        said = dict(question)
        return self._repository.gaps(class_name=said.pop("class"), **said).to_dict()

    def failure(self, question: Mapping[str, Any]) -> Document:
        """Answer what is lost and what is degraded if entities fail."""
        return self._repository.failure(**question).to_dict()

    def rankings(self) -> Document:
        """List the rankings of the bundle."""
        found = [each.to_dict() for each in self._repository.rankings()]
        return {"items": found, "total": len(found), "limit": LONGEST_PAGE, "offset": 0}

    def ranking(self, name: str, question: Mapping[str, Any]) -> Document:
        """Order entities as a ranking says."""
        return self._repository.ranking(name, **question).to_dict()

    def weak_spots(self, kind: str, question: Mapping[str, Any]) -> Document:
        """Find weak spots of one kind: single points, a cut, what is central."""
        said = dict(question)
        ends = [said.pop(each) for each in ("source", "target") if each in said]
        answer: Document = getattr(self._repository.weak_spots, kind)(*ends, **said).to_dict()
        return answer

    def search(self, text: str, class_name: str | None, limit: int, offset: int) -> Document:
        """Find entities by their words."""
        return self._repository.search(text, class_name, limit, offset).to_dict()

    def entities(
        self, class_name: str | None, domain: str | None, limit: int, offset: int
    ) -> Document:
        """List entities."""
        return self._repository.entities(class_name, domain, limit, offset).to_dict()

    def entity(self, name: str) -> Document:
        """Show one entity."""
        return self._repository.entity(name).to_dict()

    def entity_document(self, name: str) -> Document:
        """Return the document of one entity, in the form in which it is written."""
        return self._repository.entity_document(name)

    def create_entity(
        self, class_name: str, content: bytes, options: Mapping[str, Any]
    ) -> Document:
        """Create an entity of a JSON document; gives what came of it."""
        document = read_json_object(content)
        return self._written(self._repository.create_entity(class_name, document, **options))

    def replace_entity(self, name: str, content: bytes, options: Mapping[str, Any]) -> Document:
        """Make an entity what a JSON document says; gives what came of it."""
        document = read_json_object(content)
        return self._written(self._repository.replace_entity(name, document, **options))

    def patch_entity(self, name: str, content: bytes, options: Mapping[str, Any]) -> Document:
        """Change an entity by a JSON merge patch; gives what came of it."""
        patch = read_json_object(content)
        return self._written(self._repository.patch_entity(name, patch, **options))

    def delete_entity(self, name: str, options: Mapping[str, Any]) -> Document:
        """Delete an entity; gives what came of it."""
        return self._written(self._repository.delete_entity(name, **options))

    def _written(self, written: WriteOutcome) -> Document:
        """Return what came of a write as the service does."""
        document = {"accepted": written.accepted, **written.to_dict()}
        if written.dry_run:
            document["words"] = self._repository.change_in_words(written.change)
            document["impact"] = self._repository.impact_of_change(written.change).to_dict()
        return document

    def update(self, text: str, options: Mapping[str, Any]) -> Document:
        """Carry out a SPARQL update; gives what came of it."""
        return self._written(self._repository.update(text, **options))

    def load(
        self, files: Sequence[UploadedFile], graph: str | None, options: Mapping[str, Any]
    ) -> Document:
        """Load files, manifests of datasets among them; gives what came of it."""
        return self._written(self._repository.import_files(files, graph=graph, **options))

    def stats(self) -> Document:
        """Count what is there."""
        return self._repository.stats().to_dict()

    def history(self, limit: int, offset: int) -> Document:
        """List commits."""
        return self._repository.history(limit, offset).to_dict()

    def commit(self, number: int, limit: int, offset: int) -> Document:
        """Show one commit with its statements."""
        return self._repository.commit(number, limit, offset).to_dict()

    def results(self, question: Mapping[str, Any]) -> Document:
        """See :meth:`Backend.results`."""
        said = dict(question)
        return self._repository.results(class_name=said.pop("class", None), **said).to_dict()

    def mends(self, question: Mapping[str, Any]) -> Document:
        """Offer mends for the validation results that stand."""
        return self._repository.mends(**question).to_dict()

    def apply_mends(self, identifiers: Sequence[str], options: Mapping[str, Any]) -> Document:
        """Make mends that were offered; gives what came of it."""
        return self._written(self._repository.apply_mends(identifiers, **options))

    def what_if(self, question: Mapping[str, Any]) -> Document:
        """Tell the difference that a scenario would make."""
        from orthogramic.repository.scenarios.requests import (  # noqa: PLC0415 - rarely needed
            read_request,
        )

        return self._repository.what_if(**read_request(question)).to_dict()

    def apply_scenario(self, scenario: Document, options: Mapping[str, Any]) -> Document:
        """Carry a scenario out; gives what came of it."""
        return self._written(self._repository.apply_scenario(scenario, **options))

    def queries(self) -> Document:
        """List saved queries."""
        items = [self._described(each.to_dict()) for each in self._repository.queries()]
        return {"items": items, "total": len(items), "limit": LONGEST_PAGE, "offset": 0}

    def _described(self, query: Document) -> Document:
        """Return what lists say of a query: as the service does, classes by name and no text."""
        classes = self._repository.metamodel.classes
        members = ("name", "summary", "description", "tags", "display", "parameters")
        facts = ("name", "type", "description", "required", "default", "class")
        parameters = [{fact: each[fact] for fact in facts} for each in query["parameters"]]
        for each in parameters:
            if each["class"]:
                each["class"] = classes[NamedNode(each["class"])].name
        return {**{member: query[member] for member in members}, "parameters": parameters}

    def saved_query(self, name: str, values: Mapping[str, str], media: ResultFormat) -> bytes:
        """Answer a saved query in a result format."""
        return self._repository.saved_query(name, values).serialize(media)

    def sparql(self, text: str, results: ResultFormat, graph: RdfSyntax) -> tuple[bool, bytes]:
        """Answer a query: whether the answer is an RDF graph, and its bytes."""
        answer = self._repository.sparql(text)
        media = graph if answer.is_graph else results
        return answer.is_graph, b"".join(answer.serialize(media))

    def export(self, syntax: str, graph: str | None, entity: str | None) -> Exported:
        """Export in a format."""
        return self._repository.export(syntax, graph=graph, entity=entity)
