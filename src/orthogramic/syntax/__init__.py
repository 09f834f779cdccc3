"""Text and bytes in, terms out; terms in, text out.

The room for RDF and SPARQL syntax.  It may do no other I/O than reading from what it is handed,
keeps no state, and knows nothing of the bundle, the store or the network.
"""

from orthogramic.syntax.turtle import to_trig, to_turtle

__all__ = ["to_trig", "to_turtle"]
