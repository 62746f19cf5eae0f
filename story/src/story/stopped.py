"""How the story ends at the first thing that is not as it should be."""


class StoryStopped(Exception):
    """Something was not as it should be.

    Attributes:
        expected: what should have been.
        seen: what was there instead.
    """

    def __init__(self, expected: str, seen: object) -> None:
        super().__init__(f"{expected}; seen: {seen}")
        self.expected = expected
        self.seen = str(seen)


def check(as_expected: bool, expected: str, seen: object) -> None:
    """Go on only if it is as expected. Raises: StoryStopped."""
    if not as_expected:
        raise StoryStopped(expected, seen)
