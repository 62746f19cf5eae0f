"""What can be refused about teams, each with a code for the program and a sentence for people."""

from residents.domain.errors import ResidentsError


class TeamNotFound(ResidentsError):
    """No such team in the caller's community."""

    code = "TEAM_NOT_FOUND"
    message = "找不到该队伍。"


class TeamDissolved(ResidentsError):
    """The team does not exist on that day any more, or not yet."""

    code = "TEAM_DISSOLVED"
    message = "该队伍在所填日期尚未成立或已经解散。"


class MemberNotFound(ResidentsError):
    """Nobody by this id was ever in a team of the caller's community."""

    code = "MEMBER_NOT_FOUND"
    message = "找不到该成员，请先把此人加入队伍。"


class PersonNotNamed(ResidentsError):
    """A member is an account, a resident, or somebody by name: exactly one of the three."""

    code = "PERSON_NOT_NAMED"
    message = "账号、居民、姓名三项须填写一项，且只能填写一项。"


class BirthDateImpossible(ResidentsError):
    """No living person was born on that day."""

    code = "BIRTH_DATE_IMPOSSIBLE"
    message = "出生日期不对，请核对。"


class TermEndsBeforeItBegins(ResidentsError):
    """The last day lies before the first, or one of them beyond the years that are taken."""

    code = "TERM_ENDS_BEFORE_IT_BEGINS"
    message = "结束日期早于开始日期，或日期不在 1900 年至 2200 年之间，请核对。"


class MembershipOverlaps(ResidentsError):
    """The person is in this team on some of these days already."""

    code = "MEMBERSHIP_OVERLAPS"
    message = "此人在这段时间内已是该队伍的成员。"


class NotAMemberThen(ResidentsError):
    """The person is not in the team on every day of the term, or on the day named."""

    code = "NOT_A_MEMBER_THEN"
    message = "此人在所填日期不是该队伍的成员。"


class PostHeldAlready(ResidentsError):
    """The person holds this post in this team on some of these days already."""

    code = "POST_HELD_ALREADY"
    message = "此人在这段任期内已担任该职务。"


class PostHeldLonger(ResidentsError):
    """A post of the person lasts longer than they are to be in the team."""

    code = "POST_HELD_LONGER"
    message = "此人的职务任期晚于所填日期，请先由书记结束其职务，再办理退出。"


class PostNotInTeam(ResidentsError):
    """Stewards are of the red stewards alone."""

    code = "POST_NOT_IN_TEAM"
    message = "管家职务只能在红色管家队伍中任命。"


class StewardWithoutEstates(ResidentsError):
    """A steward looks after named estates."""

    code = "STEWARD_WITHOUT_ESTATES"
    message = "任命管家须写明负责的小区。"


class EstatesOnlyForStewards(ResidentsError):
    """Only a steward's appointment names estates."""

    code = "ESTATES_ONLY_FOR_STEWARDS"
    message = "只有管家的任命才填写负责的小区。"


class AppointmentNotFound(ResidentsError):
    """The member has no such appointment."""

    code = "APPOINTMENT_NOT_FOUND"
    message = "找不到该任命。"


class EndOutsideTerm(ResidentsError):
    """The day on which a term is to end early does not lie within it."""

    code = "END_OUTSIDE_TERM"
    message = "提前结束的日期须在任期之内。"


class ReasonMissing(ResidentsError):
    """What is cut short or taken back needs a reason."""

    code = "REASON_MISSING"
    message = "请写明原因，不超过 200 个字。"


class TooManyTerms(ResidentsError):
    """A member has as long a history in one team as is kept."""

    code = "TOO_MANY_TERMS"
    message = "该成员在本队伍的任期记录过多，无法再添加。"


class HonourNotFound(ResidentsError):
    """No such honour in the caller's community."""

    code = "HONOUR_NOT_FOUND"
    message = "找不到该荣誉。"


class DayInFuture(ResidentsError):
    """What happened is entered when it has happened."""

    code = "DAY_IN_FUTURE"
    message = "日期不能晚于今天。"
