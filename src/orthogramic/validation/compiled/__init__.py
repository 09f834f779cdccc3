"""Shapes compiled into joins over columns of numbers, evaluated for all focus nodes at once.

What comes out is what pySHACL finds.  What is not compiled is named, and left to pySHACL: see
:mod:`orthogramic.validation.validator`.  No module in here may read a file or a store.
"""

from __future__ import annotations

from orthogramic.validation.compiled.affected import affected
from orthogramic.validation.compiled.compiled_shapes import (
    CompiledShapes,
    Evaluation,
    compile_shapes,
)
from orthogramic.validation.compiled.data_graph import DataGraph, IndexedGraph

__all__ = [
    "CompiledShapes",
    "DataGraph",
    "Evaluation",
    "IndexedGraph",
    "affected",
    "compile_shapes",
]
