"""Pages for people: server-rendered, complete without script, nothing fetched from elsewhere.

The room reads from the repository through the facade and never writes. It holds no word of any
domain: what a page says about the data comes from the bundle and from the data.
"""

from __future__ import annotations

from orthogramic.web.mounting import mount
from orthogramic.web.page_route import problem_page
from orthogramic.web.rendering import WebSettings
from orthogramic.web.routes.entity import render_entity

__all__ = ["WebSettings", "mount", "problem_page", "render_entity"]
