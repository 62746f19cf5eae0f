"""The words that imports have in the graph."""

from enum import Enum

import strawberry


@strawberry.enum(description="What kind of file was sent.")
class ImportKind(Enum):
    """See residents.domain.imports.batch."""

    RESIDENT_LEDGER = strawberry.enum_value(
        "resident_ledger", description="A committee's ledger of who lives where."
    )
    OWNERS_REGISTER = strawberry.enum_value(
        "owners_register", description="A register of who owns which dwelling."
    )


@strawberry.enum(description="How far an import is.")
class ImportState(Enum):
    """See residents.domain.imports.batch."""

    RECEIVED = strawberry.enum_value("received", description="The file is there.")
    CHECKING = strawberry.enum_value("checking", description="It is being read and compared.")
    CHECKED = strawberry.enum_value("checked", description="It waits for somebody to accept it.")
    ACCEPTED = strawberry.enum_value("accepted", description="It waits to be applied.")
    APPLYING = strawberry.enum_value(
        "applying", description="It is being applied; everybody sees what was before."
    )
    APPLIED = strawberry.enum_value("applied", description="Everybody sees what it says.")
    REFUSED = strawberry.enum_value("refused", description="It cannot be read or applied.")
    DISCARDED = strawberry.enum_value("discarded", description="Somebody gave it up.")
    EXPIRED = strawberry.enum_value("expired", description="Nobody accepted it in 14 days.")


@strawberry.enum(description="What is being done for an import.")
class ImportPhase(Enum):
    """See residents.domain.imports.batch."""

    READING = strawberry.enum_value("reading", description="Rows are read.")
    COMPARING = strawberry.enum_value("comparing", description="Rows are compared.")
    WRITING = strawberry.enum_value("writing", description="Rows are written, unseen yet.")
    SETTLING = strawberry.enum_value("settling", description="Figures are counted.")


@strawberry.enum(description="How a row of a file stands to what is there.")
class ImportDifference(Enum):
    """See residents.domain.imports.rows."""

    NEW = strawberry.enum_value("new", description="Not there yet.")
    MOVED = strawberry.enum_value("moved", description="There, with another home.")
    CHANGED = strawberry.enum_value("changed", description="There, with other facts.")
    MISSING = strawberry.enum_value(
        "missing", description="There, and not in the file. It stays as it is."
    )
    UNCHANGED = strawberry.enum_value("unchanged", description="There, and the same.")
