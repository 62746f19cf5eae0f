"""pytest takes the folder story/ for the package of that name; here it learns where that is."""

from pathlib import Path

import story

_PACKAGE = str(Path(__file__).resolve().parents[1] / "src" / "story")

if _PACKAGE not in story.__path__:
    story.__path__ = [*story.__path__, _PACKAGE]
