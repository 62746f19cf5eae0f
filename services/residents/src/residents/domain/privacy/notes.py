"""What somebody writes to justify themselves."""

SHORTEST = 4
LONGEST = 200


def is_said(note: str) -> bool:
    """Whether a note, without the space around it, says enough and not too much."""
    return SHORTEST <= len(note.strip()) <= LONGEST
