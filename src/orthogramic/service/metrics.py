"""Counts of what the service did, in the Prometheus text format (version 0.0.4).

A few counters do not earn a dependency. One registry belongs to one application; none is global.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Requests by route, method and status, and how long they took. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._bytes: Counter[str] = Counter()

    def observe(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Record one answered request.

        :param route: the path template of the route, never the path itself.
        :param method: HTTP method.
        :param status: HTTP status.
        :param seconds: time from the request line to the last byte of the answer.
        :param size: bytes of the answer's body.
        """
        with self._lock:
            self._requests[route, method, status] += 1
            buckets = self._buckets.setdefault(route, [0] * (len(_BOUNDS) + 1))
            buckets[bisect_left(_BOUNDS, seconds)] += 1
            self._seconds[route] += seconds
            self._bytes[route] += size

    def render(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Write everything in the exposition format.

        :param gauges: values that are read now: name to (help, value).
        :returns: the text of ``/metrics``.
        """
        with self._lock:
            lines = [*self._request_lines(), *self._latency_lines(), *self._byte_lines()]
        for name, (description, value) in gauges.items():
            lines += _head(name, description, "gauge")
            lines.append(f"{name} {value:g}" if value != int(value) else f"{name} {int(value)}")
        return "\n".join(lines) + "\n"

    def _request_lines(self) -> Iterable[str]:
        name = "orthogramic_http_requests_total"
        yield from _head(name, "Requests answered.", "counter")
        for (route, method, status), count in sorted(self._requests.items()):
            yield f"{name}{_labels(route=route, method=method, status=str(status))} {count}"

    def _latency_lines(self) -> Iterable[str]:
        name = "orthogramic_http_request_seconds"
        yield from _head(name, "Time to the last byte of an answer.", "histogram")
        for route, buckets in sorted(self._buckets.items()):
            total = 0
            for bound, count in zip(_BOUNDS, buckets, strict=False):
                total += count
                yield f"{name}_bucket{_labels(route=route, le=f'{bound:g}')} {total}"
            total += buckets[-1]
            yield f"{name}_bucket{_labels(route=route, le='+Inf')} {total}"
            yield f"{name}_sum{_labels(route=route)} {self._seconds[route]:.6f}"
            yield f"{name}_count{_labels(route=route)} {total}"

    def _byte_lines(self) -> Iterable[str]:
        name = "orthogramic_http_response_bytes_total"
        yield from _head(name, "Bytes of answer bodies.", "counter")
        for route, count in sorted(self._bytes.items()):
            yield f"{name}{_labels(route=route)} {count}"


def _head(name: str, description: str, kind: str) -> list[str]:
    return [f"# HELP {name} {description}", f"# TYPE {name} {kind}"]


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{key}="{_escaped(value)}"' for key, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
