"""The root of the tree of errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class OrthogramicError(Exception):
    """Root of the tree.

    :param detail: one plain sentence that tells a person what happened and what to do.
    :param extra: further members of the problem document (JSON-serialisable).
    """

    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Something went wrong inside the repository"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 70

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra: Mapping[str, Any] = extra

    def to_dict(self) -> dict[str, Any]:
        """Return the error as an RFC 9457 problem document.

        :returns: ``type``, ``title``, ``status``, ``detail``, ``code`` and the extra members.
        """
        return {
            "type": f"https://orthogramic.com/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            **self.extra,
        }
