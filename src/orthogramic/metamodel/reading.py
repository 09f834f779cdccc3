"""From the documents of a bundle to its :class:`Metamodel`, or to the list of all its faults."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pyoxigraph import NamedNode

from orthogramic.errors import BundleError, Fault
from orthogramic.metamodel.documents import Document, DocumentIndex
from orthogramic.metamodel.mapping import TargetNotation
from orthogramic.metamodel.mappings import read_mappings
from orthogramic.metamodel.measure_reading import read_measures
from orthogramic.metamodel.metamodel import Metamodel
from orthogramic.metamodel.model import ClassTerm, PropertyShape
from orthogramic.metamodel.ontology import read_classes, read_modules, read_properties
from orthogramic.metamodel.profiles import read_profiles
from orthogramic.metamodel.ranking_reading import read_rankings
from orthogramic.metamodel.saved_queries import ClassLookup, SavedQueries
from orthogramic.metamodel.shapes import read_shapes


def read_metamodel(
    ontology: Sequence[Document],
    shapes: Sequence[Document] = (),
    queries: Sequence[Document] = (),
    *,
    notations: Mapping[str, TargetNotation] | None = None,
    sound: bool = False,
) -> Metamodel:
    """Read a bundle.

    :param ontology: the Turtle documents of modules, extensions, profiles and mappings, the core
        included.
    :param shapes: the Turtle documents of shapes.
    :param queries: the ``.rq`` documents.
    :param notations: what mappings may say, by the name of the format that they lead to.
    :param sound: whether the same documents were read before, without a fault: then the saved
        queries are read only when one is asked for.
    :returns: the metamodel.
    :raises BundleError: with every fault that the documents have.
    """
    # One index, so that shapes are checked against terms whatever file they stand in; the
    # documents of the ontology come first, so the two halves come apart again by counting.
    index = DocumentIndex(ontology)
    ontology_size = len(index.triples)
    index.add(shapes)
    modules = read_modules(index)
    classes = read_classes(index)
    properties = read_properties(index, classes)
    property_shapes = read_shapes(index, classes, properties)
    profiles = read_profiles(index, properties)
    all_measures = read_measures(index, classes, properties, property_shapes)
    rankings = read_rankings(index, classes, properties, all_measures)
    mappings = read_mappings(index, classes, properties, notations or {})
    saved = SavedQueries(tuple(queries), _class_finder(classes))
    faults: list[Fault] = [*index.faults, *(() if sound else saved.faults)]
    if faults:
        raise BundleError(sorted(set(faults)))
    return Metamodel(
        digest=bundle_digest([*ontology, *shapes, *queries]),
        prefixes=MappingProxyType(index.prefixes),
        modules=MappingProxyType(modules),
        classes=MappingProxyType(classes),
        properties=MappingProxyType(properties),
        shapes=property_shapes,
        profiles=profiles,
        all_measures=all_measures,
        rankings=rankings,
        mappings=MappingProxyType(mappings),
        queries=saved,
        ontology=tuple(index.triples[:ontology_size]),
        shapes_graph=tuple(index.triples[ontology_size:]),
        _subclasses=MappingProxyType(_subclasses(classes)),
        _shapes_by_class=MappingProxyType(_by_class(property_shapes)),
    )


def _class_finder(classes: dict[NamedNode, ClassTerm]) -> ClassLookup:
    by_name = {each.name: iri for iri, each in classes.items()}
    by_iri = {iri.value: iri for iri in classes}
    return lambda name: by_iri.get(name) or by_name.get(name)


def _subclasses(classes: dict[NamedNode, ClassTerm]) -> dict[NamedNode, frozenset[NamedNode]]:
    below: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for iri, term in classes.items():
        for each in (iri, *term.ancestors):
            below[each].add(iri)
    return {iri: frozenset(each) for iri, each in below.items()}


def _by_class(
    shapes: tuple[PropertyShape, ...],
) -> dict[NamedNode, tuple[PropertyShape, ...]]:
    found: dict[NamedNode, list[PropertyShape]] = defaultdict(list)
    for each in shapes:
        found[each.target_class].append(each)
    return {iri: tuple(each) for iri, each in found.items()}


def bundle_digest(documents: Sequence[Document]) -> str:
    """Identify the text of a bundle, wherever it lies: SHA-256 over the sorted digests of texts."""
    texts = sorted(hashlib.sha256(each.text.encode()).digest() for each in documents)
    return hashlib.sha256(b"".join(texts)).hexdigest()
