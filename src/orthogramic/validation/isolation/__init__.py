"""Validation by shapes of strangers, where it can be killed.

Shapes are programs: their SPARQL may never end, their patterns may backtrack for ever, their shapes
may refer to each other without end. Those of the bundle are trusted and evaluated in place.
"""

from orthogramic.validation.isolation.judges import Judges
from orthogramic.validation.isolation.task import JudgingTask

__all__ = ["Judges", "JudgingTask"]
