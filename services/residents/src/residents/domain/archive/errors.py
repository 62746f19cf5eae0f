"""What the archive can refuse, each with a code for the program and a sentence for the person."""

from residents.domain.errors import ResidentsError


class EstateNotFound(ResidentsError):
    """No such estate that the caller may see."""

    code = "ESTATE_NOT_FOUND"
    message = "找不到该小区。"


class BuildingNotFound(ResidentsError):
    """No such building that the caller may see."""

    code = "BUILDING_NOT_FOUND"
    message = "找不到该楼栋。"


class HouseholdNotFound(ResidentsError):
    """No such household that the caller may see."""

    code = "HOUSEHOLD_NOT_FOUND"
    message = "找不到该住户，请核对门牌号。"


class ResidentNotFound(ResidentsError):
    """No such resident that the caller may see."""

    code = "RESIDENT_NOT_FOUND"
    message = "找不到该居民。"


class PersonAlreadyHere(ResidentsError):
    """The same person lives in the community already.

    Attributes:
        resident_id: who it is, where the caller may see them; None while another clerk is
            entering the same person.
    """

    code = "PERSON_ALREADY_HERE"
    message = "此人已登记在本社区（或正由同事登记），请核对；如已搬家，请办理换户。"

    def __init__(self, resident_id: str | None = None) -> None:
        self.resident_id = resident_id
        super().__init__()


class ResidentMovedOut(ResidentsError):
    """Who moved out has no home to leave or to change."""

    code = "RESIDENT_MOVED_OUT"
    message = "该居民已迁出，请改为办理迁入。"


class MoveBeforeHome(ResidentsError):
    """The day of the move lies before the day on which the present home began."""

    code = "MOVE_BEFORE_HOME"
    message = "迁移日期早于入住日期，请核对。"


class MoveInFuture(ResidentsError):
    """A move is entered when it has happened."""

    code = "MOVE_IN_FUTURE"
    message = "迁移日期不能晚于今天。"


class SameHousehold(ResidentsError):
    """The household moved to is the one lived in."""

    code = "SAME_HOUSEHOLD"
    message = "该居民已住在这一户。"


class PhoneInvalid(ResidentsError):
    """Not a telephone number as used in the mainland."""

    code = "PHONE_INVALID"
    message = "电话号码有误，请填写 11 位手机号或带区号的固定电话。"


class BirthDateInvalid(ResidentsError):
    """No day on which somebody alive was born."""

    code = "BIRTH_DATE_INVALID"
    message = "出生日期有误，请核对。"


class IdentityNumberInvalid(ResidentsError):
    """Not an identity number, or not of the person with this birth date."""

    code = "IDENTITY_NUMBER_INVALID"
    message = "身份证号有误，或与出生日期不符，请核对。"


class RelationInvalid(ResidentsError):
    """A relation to the head of the household that is too long."""

    code = "RELATION_INVALID"
    message = "与户主关系须为 1 至 20 个字。"


class TagInvalid(ResidentsError):
    """A tag that is empty or too long, or one more than a person may have."""

    code = "TAG_INVALID"
    message = "标签须为 1 至 20 个字，每人最多 20 个。"


class HouseholdOccupied(ResidentsError):
    """Somebody is known to live there."""

    code = "HOUSEHOLD_OCCUPIED"
    message = "该户仍有在册居民，不能标记为空置。"


class BuildingSizeInvalid(ResidentsError):
    """Floors or units out of what a building has."""

    code = "BUILDING_SIZE_INVALID"
    message = "楼层须为 1 至 120，单元须为 1 至 99。"


class ArchiveBusy(ResidentsError):
    """Another import is being applied."""

    code = "ARCHIVE_BUSY"
    message = "另一批导入正在写入档案，请稍后再试。"
