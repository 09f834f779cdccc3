"""Who may do what over HTTP: the rules, how a request says who it is, and what refuses it.

A route declares what it needs by depending on one of :func:`open_to_all`, :func:`may_read`,
:func:`may_write` and :func:`may_administer`; a route that writes takes :data:`Author` for the log.
No other room decides about access.
"""

from __future__ import annotations

from orthogramic.service.access.dependencies import (
    Author,
    may_administer,
    may_read,
    may_write,
    open_to_all,
)

__all__ = ["Author", "may_administer", "may_read", "may_write", "open_to_all"]
