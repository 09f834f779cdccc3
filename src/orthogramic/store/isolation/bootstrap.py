"""Starts a worker without importing the package that it belongs to.

``import orthogramic`` brings the whole house, which takes longer than a worker may take to start.
So the package is put in place empty, with nothing but the folder in which its modules are found.
Arguments: the folder of the package, the descriptor of the socket, the search path.
"""

import sys
import types


def main() -> None:
    """Put the package in place, and let the worker work."""
    folder, descriptor, *path = sys.argv[1:]
    sys.path[:] = path
    package = types.ModuleType("orthogramic")
    package.__path__ = [folder]
    sys.modules["orthogramic"] = package
    from orthogramic.store.isolation.worker_program import main as work  # noqa: PLC0415

    work(int(descriptor))


if __name__ == "__main__":
    main()
