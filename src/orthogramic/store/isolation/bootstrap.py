"""Starts a worker without importing the package that it belongs to.

``import orthogramic`` brings the whole house, and ``orthogramic.syntax`` readers and writers that
no worker needs; both take longer than a worker may take to start. So these packages are put in
place empty, with nothing but the folder in which their modules are found.
Arguments: the folder of the package, the descriptor of the socket, the search path.
"""

import sys
import types


def main() -> None:
    """Put the packages in place, and let the worker work."""
    folder, descriptor, *path = sys.argv[1:]
    sys.path[:] = path
    for name, place in (("orthogramic", folder), ("orthogramic.syntax", f"{folder}/syntax")):
        package = types.ModuleType(name)
        package.__path__ = [place]
        sys.modules[name] = package
    from orthogramic.store.isolation.worker_program import main as work  # noqa: PLC0415

    work(int(descriptor))


if __name__ == "__main__":
    main()
