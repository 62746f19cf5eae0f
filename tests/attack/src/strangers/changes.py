"""What is otherwise in the stores than it was."""

from collections.abc import Mapping


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Name the collections that differ, are new, or are gone, by two fingerprints."""
    names = before.keys() | after.keys()
    return sorted(name for name in names if before.get(name) != after.get(name))
