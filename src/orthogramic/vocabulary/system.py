"""The system vocabulary ``kr:``: what the engine needs to be told about any domain.

Its definitions stand in ``ontology/core/repository.ttl``; a test holds the two together.
"""

from __future__ import annotations

from orthogramic.vocabulary.namespace import Namespace

KR = Namespace(
    "https://orthogramic.com/repository#",
    # roots of the class tree
    "Entity StructuralNode QualifiedRelationship "
    # what a class or shape says beyond OWL and SHACL
    "businessKey keyScope jsonKey referenceKey ordered towardsParent "
    # a relationship with facts of its own
    "source property target strength status validFrom validUntil "
    # impact profiles
    "ImpactProfile ImpactRule Flow Modality Support rule onProperty flow weight modality support "
    "defaultStrength isDefault ObjectToSubject SubjectToObject Both None Certain Possible All Any "
    # measures
    "Measure Operation Value Rank Count Sum Greatest Difference Product Quotient Score "
    "along atLeast ofClass operand operation rollUp unit unitAlong "
    # rankings
    "Ranking ranks ownMeasure dependent standsFor worth "
    # mappings to exchange formats
    "Mapping ClassMapping PropertyMapping format entry documentationProperty "
    "mapsClass mapsProperty toElementKind specialization toRelationshipKind "
    "fallbackRelationshipKind reversed whenSubject whenObject accessType modifier "
    # data
    "position illustrative "
    # scenarios
    "Scenario retires replaces adds removes reweights moves movesTo "
    # system graphs
    "default inferred ontology shapes commits datasets "
    # bookkeeping of the store
    "repository appliedCommit bundleDigest",
)

#: Graphs that the engine keeps itself: read-only from outside (``kr:default`` is not one of them).
SYSTEM_GRAPHS = frozenset({KR.inferred, KR.ontology, KR.shapes, KR.commits, KR.datasets})
