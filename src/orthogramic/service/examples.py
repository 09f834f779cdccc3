"""Examples for the reference, taken from what is in the repository, so that each one works."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from orthogramic.facade import Repository
from orthogramic.metamodel import SavedQuery
from orthogramic.repository.catalogue import EntitySummary

#: Entities among which the one for the examples is chosen.
_LOOKED_AT = 20


def examples_of(repository: Repository) -> Mapping[str, Any]:
    """Return an example for each parameter name that needs one.

    :returns: values by parameter name; entities are missing in an empty repository.
    """
    found: dict[str, Any] = {
        "query": files(__package__).joinpath("example.rq").read_text("utf-8").strip(),
    }
    queries = sorted(repository.queries(), key=_required)
    if queries:
        found["query_name"] = queries[0].name
    rankings = repository.rankings()
    if rankings:
        found["ranking_name"] = rankings[0].name
    pair = _connected_pair(repository)
    if pair is not None:
        source, target = pair
        found |= {
            "name": f"{source.class_name}/{source.key}",
            "address": f"{source.class_name}/{source.key}",
            "source": [source.label],
            "remove": [source.label],
            "target": target.label,
            "class": source.class_name,
            "to": [target.class_name],
            "rows": source.class_name,
            "columns": target.class_name,
            "q": source.label.split()[0],
            "max_hops": 4,
            **_bodies(repository, source),
        }
    graphs = repository.graphs()
    if graphs:
        found["graph"] = graphs[0].iri
    if repository.snapshot:
        found["number"] = repository.snapshot
    return found


def _bodies(repository: Repository, entity: EntitySummary) -> Mapping[str, Any]:
    """Return the document of an entity, one of another, and a patch that changes nothing."""
    document = repository.entity_document(entity.iri)
    another = {**_without_iris(document), "key": "example"}
    texts = (name for name, value in document.items() if isinstance(value, str))
    own = [name for name in texts if name not in ("class", "key", "iri")]
    return {
        "entity_document": document,
        "new_entity": another,
        "entity_patch": {name: document[name] for name in own[:1]},
    }


def _without_iris(value: Any) -> Any:
    """Return a document without what belongs to the one entity that it is of."""
    if isinstance(value, dict):
        one = {"iri"}
        # An object that is nothing but an IRI is a value.
        kept = value.keys() - one or one
        return {name: _without_iris(each) for name, each in value.items() if name in kept}
    return [_without_iris(each) for each in value] if isinstance(value, list) else value


def _connected_pair(repository: Repository) -> tuple[EntitySummary, EntitySummary] | None:
    """Return an entity that needs much and something that it needs, or any entity twice."""
    entities = repository.entities(limit=_LOOKED_AT).items
    if not entities:
        return None
    answers = [repository.dependencies(each.iri, limit=1) for each in entities]
    entity, answer = max(zip(entities, answers, strict=True), key=lambda each: each[1].total)
    if not answer.hits:
        return entity, entity
    return entity, repository.resolve(answer.hits[0].entity.iri)


def _required(query: SavedQuery) -> bool:
    return any(each.required for each in query.parameters)
