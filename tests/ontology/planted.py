"""One small fault for each hygiene query. Every planted name holds "Planted" or "planted"."""

from __future__ import annotations

_CUSTOMER = "<https://orthogramic.com/metamodel/customer>"

PLANTED = {
    "blank-node-unused": """
        [] rdfs:label "Planted" .""",
    "disjointness-repeated": """
        [] a owl:AllDisjointClasses ; owl:members ( orth:PlantedOne orth:PlantedTwo ) .
        [] a owl:AllDisjointClasses ; owl:members ( orth:PlantedTwo orth:Other orth:PlantedOne )
        .""",
    "term-without-label": f"""
        orth:Planted a owl:Class ; skos:definition "Something." ; rdfs:isDefinedBy {_CUSTOMER} .""",
    "term-without-definition": f"""
        orth:planted a owl:DatatypeProperty ; rdfs:label "x" ; rdfs:isDefinedBy {_CUSTOMER} .""",
    "term-without-module": """
        orth:planted a owl:DatatypeProperty ; rdfs:isDefinedBy <https://example.org/nowhere> .""",
    "term-undeclared": """
        orth:CustomerSegment rdfs:seeAlso orth:Planted .""",
    "term-without-source": f"""
        orth:Planted a owl:Class ; rdfs:isDefinedBy {_CUSTOMER} .""",
    "term-badly-named": f"""
        orth:plantedClass a owl:Class ; rdfs:isDefinedBy {_CUSTOMER} .
        orth:Planted a owl:ObjectProperty ; rdfs:isDefinedBy {_CUSTOMER} .
        orth:planted_name a owl:DatatypeProperty ; rdfs:isDefinedBy {_CUSTOMER} .""",
    "extension-term-without-note": """
        orth:planted rdfs:isDefinedBy <https://orthogramic.com/metamodel/stage-experience> .""",
    "label-used-twice": """
        orth:planted a owl:DatatypeProperty ; rdfs:label "goals"@en .""",
    "definition-used-twice": """
        orth:plantedOne skos:definition "Both say the very same thing about themselves." .
        orth:plantedTwo skos:definition "Both say the very same thing about themselves." .""",
    "definition-unfinished": """
        orth:planted skos:definition "a fragment that goes on for a while and then just" .""",
    "module-header-incomplete": """
        <https://example.org/planted> a owl:Ontology ; rdfs:label "Planted" .""",
    "import-unknown": """
        <https://example.org/planted> owl:imports <https://example.org/absent> .""",
    "import-missing": """
        <https://example.org/planted> a owl:Ontology .
        orth:planted rdfs:isDefinedBy <https://example.org/planted> ; rdfs:domain orth:Product .""",
    "class-without-shape": """
        orth:Planted rdfs:subClassOf kr:Entity .""",
    "class-with-two-shapes": """
        orthsh:PlantedOne a sh:NodeShape ; sh:targetClass orth:Planted .
        orthsh:PlantedTwo a sh:NodeShape ; sh:targetClass orth:Planted .""",
    "class-of-no-kind": """
        orth:Planted a owl:Class .""",
    "entity-without-key": """
        orth:Planted rdfs:subClassOf kr:Entity ; kr:businessKey orth:title .
        orthsh:Planted sh:targetClass orth:Planted .""",
    "class-without-disjointness": """
        orth:Planted rdfs:subClassOf kr:StructuralNode .""",
    "part-without-owner-rule": """
        orth:Planted rdfs:subClassOf kr:StructuralNode .
        orthsh:Planted sh:targetClass orth:Planted ; sh:property orthsh:Planted-owner .
        orthsh:Planted-owner sh:path [ sh:inversePath orth:hasPlanted ] ; sh:minCount 1 .
        orth:hasPlanted rdfs:range orth:Planted .""",
    "property-unused": """
        orth:planted a owl:DatatypeProperty .""",
    "path-undeclared": """
        orthsh:Planted sh:path orth:planted .
        orthsh:PlantedBack sh:path [ sh:inversePath orth:planted ] .""",
    "property-with-several-ends": """
        orth:planted rdfs:range orth:Product , orth:Service .""",
    "relationship-without-inverse": """
        orth:planted a owl:ObjectProperty ; rdfs:domain orth:Product ; rdfs:range orth:Service .""",
    "inverse-declared-twice": """
        orth:planted owl:inverseOf orth:plantedBack .
        orth:plantedBack owl:inverseOf orth:planted .""",
    "inverse-ends-differ": """
        orth:planted owl:inverseOf orth:plantedBack ;
            rdfs:domain orth:Product ; rdfs:range orth:Service .
        orth:plantedBack rdfs:domain orth:Service ; rdfs:range orth:Strategy .""",
    "relationship-label-no-verb": """
        orth:planted a owl:ObjectProperty ; rdfs:label "planted thing" .""",
    "shape-order-repeated": """
        orthsh:Planted sh:targetClass orth:Product ; sh:property orthsh:PlantedA , orthsh:PlantedB .
        orthsh:PlantedA sh:order 1 . orthsh:PlantedB sh:order 1 .""",
    "shape-without-json-key": """
        orthsh:Product sh:property orthsh:Planted .
        orthsh:Planted sh:path orth:owner ; sh:severity sh:Violation .""",
    "json-key-ambiguous": """
        orthsh:Planted sh:property orthsh:PlantedA , orthsh:PlantedB .
        orthsh:PlantedA kr:jsonKey "x" ; skos:notation "same" .
        orthsh:PlantedB kr:jsonKey "x" ; skos:notation "same" .""",
    "reference-without-key": """
        orthsh:Planted kr:jsonKey "x" ; sh:class orth:Product ; kr:referenceKey orth:personaID .""",
    "datatype-lost-in-store": """
        orthsh:Planted sh:datatype xsd:gYear . orth:planted rdfs:range xsd:int .""",
    "datatype-contradicts-range": """
        orthsh:Planted sh:path orth:eventDate ; sh:datatype xsd:string .""",
    "order-without-list": """
        orthsh:Planted kr:ordered true .""",
    "relationship-without-rule": """
        orth:planted a owl:ObjectProperty ; rdfs:domain orth:Product ; rdfs:range kr:Entity .""",
    "entity-without-mapping": """
        orth:Planted a owl:Class ; rdfs:subClassOf kr:Entity .""",
    "relationship-without-mapping": """
        orth:planted a owl:ObjectProperty ; rdfs:domain orth:Product ; rdfs:range kr:Entity .""",
    "mapping-misplaced": """
        orth:plantedOne kr:mapsClass orth:PersonaDemographics .
        orth:plantedTwo kr:mapsProperty orth:isRequiredBy .
        orth:plantedThree kr:mapsProperty orth:title .
        orth:plantedFour kr:whenSubject orth:Gone .""",
    "relationship-with-rival-rules": """
        <https://orthogramic.com/profile/default> kr:rule orth:plantedRule .
        orth:plantedRule kr:onProperty orth:requires .""",
    "rule-misplaced": """
        orth:plantedOne kr:onProperty orth:isRequiredBy .
        orth:plantedTwo kr:onProperty orth:hasDemographics .
        orth:plantedThree kr:onProperty orth:title .""",
    "rule-without-reason": """
        orth:planted a kr:ImpactRule ; rdfs:comment "Because." .""",
}
