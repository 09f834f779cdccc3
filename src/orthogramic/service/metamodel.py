"""What the bundle says: for programs as JSON, and as the RDF that it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from orthogramic.facade import Repository
from orthogramic.service.access import may_read
from orthogramic.service.dependencies import Repo
from orthogramic.service.metamodel_document import class_with_shapes, metamodel_document
from orthogramic.service.negotiation import GRAPH_SYNTAXES, graph_choice
from orthogramic.service.openapi import NOT_MODIFIED, content_of, problems_for
from orthogramic.service.parameters import only_declared_parameters
from orthogramic.service.responses import entity_tag, json_response, not_modified
from orthogramic.service.sparql_answers import graph_response
from orthogramic.syntax import RdfSyntax

router = APIRouter(
    default_response_class=Response,
    tags=["Metamodel"],
    dependencies=[Depends(may_read), Depends(only_declared_parameters)],
)

_IN_RDF = {
    **content_of(*(each.media_type for each in GRAPH_SYNTAXES), description="The triples"),
    **problems_for(406),
    **NOT_MODIFIED,
}


@router.get(
    "/api/v1/metamodel",
    summary="Classes, relationships and impact profiles",
    responses={**content_of("application/json", description="The metamodel"), **NOT_MODIFIED},
)
def read_metamodel(request: Request, repository: Repo) -> Response:
    """Return domains, classes, properties and impact profiles with their definitions."""
    tag = entity_tag(repository.metamodel.digest, "metamodel")
    unchanged = not_modified(request, tag)
    return unchanged or json_response(
        metamodel_document(repository.metamodel), headers={"ETag": tag}
    )


@router.get(
    "/api/v1/metamodel/classes/{class}",
    summary="One class and what is expected of it",
    responses={**content_of("application/json", description="The class"), **problems_for(404)},
)
def read_class(
    repository: Repo,
    name: Annotated[str, Path(alias="class", description="A class: its name, CURIE or IRI")],
) -> Response:
    """Return a class with its shapes: attributes, relationships, closed lists, messages.

    `members` tells what the members of the documents of its entities are called.
    """
    term = repository.metamodel.class_named(name)
    members = [each.to_dict() for each in repository.members_of(term.iri.value)]
    return json_response({**class_with_shapes(term, repository.metamodel), "members": members})


@router.get("/ontology", summary="The ontology as RDF", responses=_IN_RDF)
def read_ontology(request: Request, repository: Repo) -> Response:
    """Return the ontology: classes, properties and impact profiles, all modules together."""
    return _triples(request, repository, "ontology")


@router.get("/shapes", summary="The shapes as RDF", responses=_IN_RDF)
def read_shapes(request: Request, repository: Repo) -> Response:
    """Return the SHACL shapes, all modules together."""
    return _triples(request, repository, "shapes")


@router.get(
    "/context.jsonld",
    summary="The JSON-LD context",
    responses=content_of(RdfSyntax.JSONLD.media_type, description="The context"),
)
def read_context(request: Request, repository: Repo) -> Response:
    """Return the JSON-LD context that exports and entity documents are written with."""
    tag = entity_tag(repository.metamodel.digest, "context")
    unchanged = not_modified(request, tag)
    return unchanged or json_response(
        repository.context(), media_type=RdfSyntax.JSONLD.media_type, headers={"ETag": tag}
    )


def _triples(request: Request, repository: Repository, part: str) -> Response:
    metamodel = repository.metamodel
    _, media_type = graph_choice(request)
    tag = entity_tag(metamodel.digest, part, media_type)
    unchanged = not_modified(request, tag)
    triples = metamodel.ontology if part == "ontology" else metamodel.shapes_graph
    return unchanged or graph_response(
        request, triples, prefixes=metamodel.prefixes, headers={"ETag": tag}
    )
