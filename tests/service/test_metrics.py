"""The counters read as the Prometheus text format says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from orthogramic.service.metrics import Metrics

LINE = re.compile(r'[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? \S+')


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["/a", '/b"\\\n']),
            st.floats(0, 100, allow_nan=False),
            st.integers(0, 10_000),
        ),
        max_size=30,
    )
)
def test_every_line_is_well_formed_and_the_histogram_adds_up(
    seen: list[tuple[str, float, int]],
) -> None:
    metrics = Metrics()
    for route, seconds, size in seen:
        metrics.observe(route, "GET", 200, seconds, size)
    text = metrics.render({"things": ("Things.", 3)})
    assert text.endswith("\nthings 3\n")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(LINE.fullmatch(line) for line in lines)
    counts = [
        int(line.split()[-1]) for line in lines if line.startswith("orthogramic_http_requests")
    ]
    assert sum(counts) == len(seen)
    for route in {each for each, _, _ in seen}:
        label = route.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        buckets = [
            int(line.split()[-1])
            for line in lines
            if "_bucket" in line and f'route="{label}"' in line
        ]
        assert buckets == sorted(buckets)
        assert buckets[-1] == sum(1 for each, _, _ in seen if each == route)
        within = sum(1 for each, seconds, _ in seen if each == route and seconds <= 0.05)
        assert buckets[5] == within
