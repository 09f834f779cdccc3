"""Terms of W3C (and DCMI) vocabularies that the engine understands."""

from __future__ import annotations

from orthogramic.vocabulary.namespace import Namespace

RDF = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type first rest nil langString dirLangString subject predicate object",
)
RDFS = Namespace(
    "http://www.w3.org/2000/01/rdf-schema#",
    "label comment subClassOf subPropertyOf domain range isDefinedBy",
)
OWL = Namespace(
    "http://www.w3.org/2002/07/owl#",
    "Class ObjectProperty DatatypeProperty AnnotationProperty SymmetricProperty Ontology "
    "inverseOf unionOf versionIRI Thing",
)
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    "string boolean integer decimal double date dateTime anyURI",
)
SKOS = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    "definition example prefLabel",
)
DCTERMS = Namespace(
    "http://purl.org/dc/terms/",
    "title description creator identifier requires",
)
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity endedAtTime influenced",
)
VOID = Namespace(
    "http://rdfs.org/ns/void#",
    "dataDump",
)
SH = Namespace(
    "http://www.w3.org/ns/shacl#",
    "NodeShape ValidationReport ValidationResult Violation Warning Info conforms result "
    "focusNode resultPath value sourceShape sourceConstraintComponent resultSeverity "
    "resultMessage targetClass property path name description order severity message datatype "
    "class minCount maxCount minInclusive maxInclusive in inversePath alternativePath "
    "zeroOrMorePath oneOrMorePath zeroOrOnePath select ask or SPARQLConstraintComponent",
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
