"""Who can be in a team: an account, a resident, or somebody else by name."""

from datetime import date

import msgspec

from residents.domain.archive.ages import age_on
from residents.domain.naming import checked_name
from residents.domain.teams.errors import BirthDateImpossible, PersonNotNamed

_OLDEST = 130


class MemberFacts(msgspec.Struct, frozen=True):
    """What is a person's own in a membership: locked as one field.

    Attributes:
        name: of somebody who has neither an account nor a place in the archive.
        reasons: why a term was cut short, by the appointment's id.
    """

    name: str | None = None
    birth_date: date | None = None
    reasons: dict[str, str] = {}


class TeamPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as a team knows them.

    Attributes:
        person_id: the account's, the resident's, or one derived from name and birth date.
        person_key: whose key locks what is known of them.
        name: None where account or archive has it.
    """

    person_id: str
    person_key: str
    account_id: str | None = None
    resident_id: str | None = None
    name: str | None = None
    birth_date: date | None = None


class NamedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Who is meant, as a clerk says it: one of account, resident and name."""

    account_id: str | None = None
    resident_id: str | None = None
    name: str | None = None
    birth_date: date | None = None

    def checked(self, today: date) -> "NamedPerson":
        """The same with its name as it will be kept.

        Raises: PersonNotNamed; NameInvalid; BirthDateImpossible.
        """
        said = [self.account_id, self.resident_id, self.name]
        if sum(each is not None for each in said) != 1:
            raise PersonNotNamed
        if self.birth_date is not None:
            check_birth_date(self.birth_date, today)
        if self.name is None:
            return self
        return msgspec.structs.replace(self, name=checked_name(self.name))


def check_birth_date(birth_date: date, today: date) -> None:
    """Raises: BirthDateImpossible for a day to come, or one before anybody alive was born."""
    if birth_date > today or age_on(birth_date, today) > _OLDEST:
        raise BirthDateImpossible
