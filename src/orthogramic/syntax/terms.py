"""The RDF term types that the rooms pass to each other.

pyoxigraph's immutable terms are the term model of the whole house; this module only names the
unions of them that may stand in the positions of a statement, and holds no behaviour.
"""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

Subject: TypeAlias = NamedNode | BlankNode | Triple
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph
