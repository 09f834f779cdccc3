"""The catalogue after any updates is the one that is made of what is there in the end."""

from __future__ import annotations

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from orthogramic.repository.catalogue import Catalogue, CatalogueEntry, EntitySummary

NAMES = st.sampled_from(["a", "b", "c"])
WORDS = st.sampled_from(["heron", "otter", "heron otter", "red kite", "Käfer"])
CLASSES = st.sampled_from(["Bird", "Mammal"])


def entry(name: str, label: str, class_name: str, body: str) -> CatalogueEntry:
    """Return the entry of a made-up entity."""
    summary = EntitySummary(f"urn:{name}", label, class_name, f"urn:{class_name}", name)
    return CatalogueEntry(summary, body)


#: An update speaks of some entities: what is to be kept of each from now on, if anything.
UPDATES = st.dictionaries(NAMES, st.none() | st.tuples(WORDS, CLASSES, WORDS))


@given(st.lists(UPDATES, max_size=6))
def test_updates_lead_where_a_rebuild_leads(
    updates: list[dict[str, tuple[str, str, str] | None]],
) -> None:
    there: dict[str, CatalogueEntry] = {}
    with closing(Catalogue(None)) as updated, closing(Catalogue(None)) as rebuilt:
        for number, update in enumerate(updates, 1):
            said = {name: entry(name, *each) for name, each in update.items() if each}
            updated.update([f"urn:{name}" for name in update], said.values(), number, "bundle")
            there = {n: e for n, e in there.items() if n not in update} | said
        rebuilt.rebuild(there.values(), len(updates), "bundle")

        assert list(updated.contents()) == list(rebuilt.contents())
        assert updated.counts() == rebuilt.counts()
        for word in ("heron", "otter", "kite", "kafer"):
            for classes in ([], ["urn:Bird"]):
                wanted = {h.entity.iri for h in rebuilt.search(word, classes, 20, 0)[0]}
                hits, total = updated.search(word, classes, 20, 0)
                assert {each.entity.iri for each in hits} == wanted
                assert total == len(wanted)
            near = {each.iri for each in updated.near(word)}
            assert near == {each.iri for each in rebuilt.near(word)}


@given(st.lists(st.tuples(NAMES, WORDS, CLASSES, WORDS), max_size=6))
def test_no_update_leaves_the_index_of_text_in_doubt(
    edits: list[tuple[str, str, str, str]],
) -> None:
    with closing(Catalogue(None)) as updated:
        for number, edit in enumerate(edits, 1):
            updated.update([f"urn:{edit[0]}"], [entry(*edit)], number, "bundle")
        for table in ("words", "letters"):
            # FTS5 compares its index with the text by itself, and fails where they differ.
            updated.rows(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
