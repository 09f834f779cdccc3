"""Terms of W3C (and DCMI) vocabularies that the engine understands."""

from __future__ import annotations

from orthogramic.vocabulary.namespace import Namespace

RDF = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type first rest nil langString Property",
)
RDFS = Namespace(
    "http://www.w3.org/2000/01/rdf-schema#",
    "label comment subClassOf subPropertyOf domain range isDefinedBy seeAlso Class",
)
OWL = Namespace(
    "http://www.w3.org/2002/07/owl#",
    "Class ObjectProperty DatatypeProperty AnnotationProperty SymmetricProperty Ontology inverseOf "
    "unionOf versionIRI versionInfo disjointWith Thing imports",
)
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer decimal double date dateTime anyURI",
)
SKOS = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    "definition example scopeNote prefLabel altLabel",
)
DCTERMS = Namespace(
    "http://purl.org/dc/terms/",
    "title description source license creator created hasPart",
)
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity endedAtTime wasAssociatedWith",
)
VOID = Namespace(
    "http://rdfs.org/ns/void#",
    "Dataset dataDump subset",
)
SH = Namespace(
    "http://www.w3.org/ns/shacl#",
    "NodeShape PropertyShape ValidationReport ValidationResult Violation Warning Info conforms "
    "result focusNode resultPath value sourceShape sourceConstraintComponent resultSeverity "
    "resultMessage targetClass targetNode targetSubjectsOf targetObjectsOf property path name "
    "description order severity message datatype class nodeKind minCount maxCount minInclusive "
    "maxInclusive minExclusive maxExclusive minLength maxLength pattern in inversePath "
    "alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath sparql select ask deactivated "
    "node or and not xone hasValue uniqueLang languageIn closed ignoredProperties IRI Literal "
    "BlankNode SPARQLConstraint SPARQLConstraintComponent PrefixDeclaration prefixes declare",
)

STANDARD_PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "sh": SH.base,
    "skos": SKOS.base,
    "void": VOID.base,
    "xsd": XSD.base,
}
