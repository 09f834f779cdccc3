"""What the toy domain must answer, worked out by hand from ``tests/toy``.

The profile *Nectar*: a hive feels its meadow fully (1.0, certain), a keeper feels a hive by half
(0.5, certain), and meadows feel each other over a hedge by a quarter (0.25, possible, both ways).

The data: Old Willow forages at Brook. Young Willow forages at Hill and, as a qualified
relationship of strength 5 (so 1.0 times 5/5), at Brook. Brook borders Hill. Ada minds both hives.
Lonely forages nowhere, which its shape would have it do.
"""

from __future__ import annotations

Row = tuple[str, float, str, int, str]

#: By what changes: who is affected, as label, score, modality, hops and best path.
IMPACT: dict[str, tuple[Row, ...]] = {
    "Hill": (
        ("Young Willow", 1.0, "certain", 1, "Hill feeds Young Willow"),
        ("Ada", 0.5, "certain", 2, "Hill feeds Young Willow, which is minded by Ada"),
        ("Brook", 0.25, "possible", 1, "Hill borders Brook"),
        ("Old Willow", 0.25, "possible", 2, "Hill borders Brook, which feeds Old Willow"),
    ),
    "Brook": (
        ("Old Willow", 1.0, "certain", 1, "Brook feeds Old Willow"),
        ("Young Willow", 1.0, "certain", 1, "Brook feeds Young Willow"),
        ("Ada", 0.5, "certain", 2, "Brook feeds Old Willow, which is minded by Ada"),
        ("Hill", 0.25, "possible", 1, "Brook borders Hill"),
    ),
    "Old Willow": (("Ada", 0.5, "certain", 1, "Old Willow is minded by Ada"),),
    "Ada": (),
    "Lonely": (),
}

#: By who asks: what it needs.
DEPENDENCIES: dict[str, tuple[Row, ...]] = {
    "Ada": (
        ("Old Willow", 0.5, "certain", 1, "Ada minds Old Willow"),
        ("Young Willow", 0.5, "certain", 1, "Ada minds Young Willow"),
        ("Brook", 0.5, "certain", 2, "Ada minds Old Willow, which forages at Brook"),
        ("Hill", 0.5, "certain", 2, "Ada minds Young Willow, which forages at Hill"),
    ),
    "Old Willow": (
        ("Brook", 1.0, "certain", 1, "Old Willow forages at Brook"),
        ("Hill", 0.25, "possible", 2, "Old Willow forages at Brook, which borders Hill"),
    ),
    "Young Willow": (
        ("Brook", 1.0, "certain", 1, "Young Willow forages at Brook"),
        ("Hill", 1.0, "certain", 1, "Young Willow forages at Hill"),
    ),
    "Hill": (("Brook", 0.25, "possible", 1, "Hill borders Brook"),),
    "Lonely": (),
}

#: What each hive needs of the meadows, a matrix: row and column, score, steps.
HIVES_BY_MEADOWS: tuple[tuple[str, str, float, int], ...] = (
    ("Old Willow", "Brook", 1.0, 1),
    ("Old Willow", "Hill", 0.25, 2),
    ("Young Willow", "Brook", 1.0, 1),
    ("Young Willow", "Hill", 1.0, 1),
)
