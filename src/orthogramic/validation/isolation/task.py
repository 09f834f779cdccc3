"""One validation as plain data, so that another process can carry it out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from orthogramic.syntax import RdfSyntax
from orthogramic.validation.rendering import Page, rendered_mends, rendered_report


@dataclass(frozen=True, slots=True)
class JudgingTask:
    """A document to judge by shapes that came with it; both go along as they are.

    :param syntax: name of the syntax of the document.
    :param shapes_syntax: name of the syntax of the shapes.
    :param source: what the person calls the document.
    :param media_type: of the answer.
    :param mends: whether to tell what can be mended.
    :param limit: at most so many results; ``None`` for all.
    :param offset: so many results are left out before.
    :param prefixes: prefixes for a report in Turtle.
    """

    syntax: str
    shapes_syntax: str
    source: str
    media_type: str
    mends: bool = False
    limit: int | None = None
    offset: int = 0
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Return the task as bytes."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, data: bytes) -> JudgingTask:
        """Return what :meth:`encode` wrote."""
        return cls(**json.loads(data))

    def carry_out(self, data: bytes, shapes: bytes) -> bytes:
        """Judge, here and now.

        :returns: the answer in its media type.
        :raises OrthogramicError: as :func:`orthogramic.validation.validate_documents`.
        """
        page = Page(self.limit, self.offset)
        syntax, of_shapes = RdfSyntax.of_name(self.syntax), RdfSyntax.of_name(self.shapes_syntax)
        if self.mends:
            from orthogramic.validation.mending import mends_of_document  # noqa: PLC0415 - slow

            found = mends_of_document(data, syntax, shapes, of_shapes, source=self.source)
            return rendered_mends(found, self.media_type, page)
        from orthogramic.validation.documents import validate_documents  # noqa: PLC0415 - slow

        report = validate_documents(data, syntax, shapes, of_shapes, source=self.source)
        return rendered_report(report, self.media_type, page, self.prefixes)
