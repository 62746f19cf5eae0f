"""Why one row is refused: a stable code for the program, a sentence for the person.

A sentence never repeats what the cell holds: it may be personal.
"""

from enum import StrEnum


class Fault(StrEnum):
    """The codes; they are compared row by row and never change their meaning."""

    DOOR_UNREADABLE = "DOOR_UNREADABLE"
    FORMULA_ERROR = "FORMULA_ERROR"
    NAME_MISSING = "NAME_MISSING"
    NAME_INVALID = "NAME_INVALID"
    BIRTH_DATE_INVALID = "BIRTH_DATE_INVALID"
    IDENTITY_NUMBER_INVALID = "IDENTITY_NUMBER_INVALID"
    PHONE_INVALID = "PHONE_INVALID"
    AREA_INVALID = "AREA_INVALID"
    PERSON_REPEATED = "PERSON_REPEATED"
    PERSON_IN_VACANT_HOME = "PERSON_IN_VACANT_HOME"
    HEADER_NOT_FOUND = "HEADER_NOT_FOUND"


class RowRefused(Exception):
    """A row, or one cell of it, cannot be read.

    Args:
        reason: a full sentence in zh-CN, without anything that the row holds.
    """

    def __init__(self, fault: Fault, reason: str) -> None:
        self.fault = fault
        self.reason = reason
        super().__init__(fault)
