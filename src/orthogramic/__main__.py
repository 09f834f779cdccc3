"""``python -m orthogramic`` is the command ``orthogramic``."""

from __future__ import annotations

from orthogramic.cli.main import main

if __name__ == "__main__":
    main()
