"""``python -m linter`` is ``disclosure-lint``."""

from __future__ import annotations

import sys

from linter.cli import main

if __name__ == "__main__":
    sys.exit(main())
