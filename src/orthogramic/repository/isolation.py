"""Query workers of a repository: which store they follow, and where their replicas lie."""

from __future__ import annotations

import tempfile
from pathlib import Path

from orthogramic.repository.knowledge_base import APART, KnowledgeBase
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.pool import Followed, QueryPool
from orthogramic.vocabulary import KR


def query_pool(knowledge: KnowledgeBase, bounds: Bounds) -> QueryPool:
    """Start workers that answer questions about a repository; close them before it is closed.

    :param bounds: what a question may cost.
    """
    followed = Followed(
        store=knowledge.store,
        apart=APART,
        revision=(KR.repository, KR.appliedCommit, KR.commits),
        snapshot=lambda: knowledge.snapshot,
    )
    directory = knowledge.directory
    folder = directory.replicas if directory else Path(tempfile.mkdtemp(prefix="orthogramic-"))
    return QueryPool(followed, folder, bounds)
