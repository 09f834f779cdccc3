"""What ``format.json`` says of a store: its layout, its identifier, and what it builds IRIs on."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from pyoxigraph import NamedNode

from orthogramic.__about__ import __version__
from orthogramic.errors import InvalidParameterError, StoreFormatError
from orthogramic.repository.log_records import refuse_newer
from orthogramic.repository.whole_files import write_whole

#: The layout that this version reads and writes; an older one is upgraded (see upgrading).
LAYOUT = 2

#: The first layout in which a store has an identifier.
_IDENTIFIED = 2

DEFAULT_BASE_IRI = "https://data.orthogramic.com/"


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``format.json`` says of a store.

    :param base_iri: base of the IRIs of new entities.
    :param id: identifier of this store and no other, not even of one that is restored of its
        backup; ``None`` in layout 1, and in a backup.
    """

    layout: int
    base_iri: str
    id: UUID | None = None

    @classmethod
    def new(cls, base_iri: str) -> Settings:
        """Return the settings of a store that is made now."""
        return cls(LAYOUT, base_iri, uuid4())

    @property
    def outdated(self) -> bool:
        """Whether the layout is older than this version's."""
        return self.layout < LAYOUT

    def write(self, root: Path) -> None:
        """Make a directory a store; without an identifier it is a new one, and is given one.

        Whoever reads meanwhile gets the old file or the new one, whole.

        :raises StoreNotWritableError: if the disk refuses.
        """
        said: dict[str, object] = {
            "layout": self.layout,
            "base_iri": self.base_iri,
            "program": __version__,
        }
        if self.layout >= _IDENTIFIED:
            said["id"] = str(self.id or uuid4())
        write_whole(root / "format.json", json.dumps(said) + "\n")

    @classmethod
    def read(cls, root: Path) -> Settings:
        """Read the settings of a store.

        :raises StoreFormatError: if they are damaged, or of a newer version.
        """
        path = root / "format.json"
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            layout, program = int(said["layout"]), said.get("program")
            if layout < 1:
                raise ValueError(layout)
            refuse_newer(f"The store {root}", "layout", layout, LAYOUT, program)
            base_iri = check_base_iri(str(said["base_iri"]))
            return cls(layout, base_iri, UUID(said["id"]) if layout >= _IDENTIFIED else None)
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            OverflowError,
            RecursionError,
            InvalidParameterError,
        ) as error:
            raise StoreFormatError(f"{path} is damaged; restore it from a backup.") from error


def check_base_iri(text: str) -> str:
    """Return the base of entity IRIs, if names can be put behind it.

    :raises InvalidParameterError: if it is no absolute IRI, or names would run into its end.
    """
    with suppress(ValueError):
        if NamedNode(text).value.endswith(("/", "#")):
            return text
    raise InvalidParameterError(
        f"{text!r} is no base of IRIs: it must be absolute and end in / or #, "
        f"such as {DEFAULT_BASE_IRI}."
    )
