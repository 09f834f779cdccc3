"""Shapes compiled into joins over columns of numbers, evaluated for all focus nodes at once.

What comes out is what pySHACL finds.  What is not compiled is named, and left to pySHACL: see
:mod:`orthogramic.validation.validator`.  No module in here may read a file or a store.
"""

from __future__ import annotations

from orthogramic.validation.compiled.affected import Affected, DependencyIndex
from orthogramic.validation.compiled.compiled_shapes import (
    CompiledShapes,
    Evaluation,
    compile_shapes,
)
from orthogramic.validation.compiled.data_graph import DataGraph, IndexedGraph
from orthogramic.validation.compiled.looked_up_graph import LookedUpGraph, Lookup
from orthogramic.validation.compiled.overlay import overlaid
from orthogramic.validation.compiled.terms import TermTable

__all__ = [
    "Affected",
    "CompiledShapes",
    "DataGraph",
    "DependencyIndex",
    "Evaluation",
    "IndexedGraph",
    "LookedUpGraph",
    "Lookup",
    "TermTable",
    "compile_shapes",
    "overlaid",
]
