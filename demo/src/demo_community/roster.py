"""The staff of nine and the five red teams, to be entered through the public interface."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from demo_community.model import age_on
from demo_community.story_people import LI, TIAN, WANG

STAFF_TEAM = "社区工作者"
STAFF_FOUNDED_ON = date(2012, 3, 1)
_FOUNDED = date(2021, 7, 1)
_TERM = (date(2026, 1, 1), date(2028, 12, 31))


@dataclass(frozen=True)
class StaffMember:
    """Somebody who works for the community."""

    name: str
    birth_date: date
    post: str
    joined_on: date


@dataclass(frozen=True)
class TeamPost:
    """A post in a red team, held by a member of staff or by anybody else, by name.

    Attributes:
        post: as the team words it.
        code: as the public interface has it.
        estates: what a steward looks after.
    """

    name: str
    post: str
    code: str
    birth_date: date | None = None
    from_day: date = _TERM[0]
    until_day: date = _TERM[1]
    estates: tuple[str, ...] = ()


@dataclass(frozen=True)
class RedTeam:
    """One of the five, with its posts. `kind` is the name that the public interface has for it."""

    kind: str
    name: str
    posts: tuple[TeamPost, ...]
    founded_on: date = _FOUNDED


# In whole years they are exactly 35 on average from 2026-10-09 to 2027-02-16: no birthday lies
# between. On other days it is another figure, which `average_age` gives.
STAFF = (
    StaffMember("刘志敏", date(1976, 5, 14), "书记", date(2012, 3, 1)),
    StaffMember("陈海燕", date(1981, 8, 2), "副主任", date(2014, 6, 1)),
    StaffMember("周晓彤", date(1995, 2, 17), "社工", date(2018, 9, 1)),
    StaffMember("孙浩然", date(1993, 10, 9), "网格员", date(2017, 4, 1)),
    StaffMember("许文静", date(1990, 4, 26), "民政专干", date(2015, 11, 1)),
    StaffMember("马俊峰", date(1986, 9, 30), "物业专干", date(2016, 2, 1)),
    StaffMember("何雪婷", date(1997, 6, 11), "宣传员", date(2021, 7, 1)),
    StaffMember("郭启明", date(1999, 3, 5), "网格员", date(2022, 8, 1)),
    StaffMember("袁若溪", date(2002, 7, 23), "社工", date(2025, 7, 1)),
)
RED_TEAMS = (
    RedTeam(
        "RED_PROPERTY",
        "红色物业",
        (
            TeamPost("马俊峰", "党支部副书记", "PARTY_SECRETARY", date(1986, 9, 30)),
            TeamPost("薛永刚", "项目经理", "HEAD", date(1979, 12, 8)),
            TeamPost("陈海燕", "质量监督员", "SUPERVISOR", date(1981, 8, 2)),
        ),
    ),
    RedTeam(
        "RED_SOCIAL",
        "红色社团",
        (
            TeamPost(TIAN.name, "合唱团团长", "HEAD", TIAN.birth_date),
            TeamPost("何雪婷", "联络员", "LIAISON", date(1997, 6, 11)),
        ),
    ),
    RedTeam(
        "RED_VOLUNTEERS",
        "红色志愿者",
        (
            TeamPost(LI.name, "队长", "HEAD", LI.birth_date),
            TeamPost("郭启明", "联络员", "LIAISON", date(1999, 3, 5)),
        ),
    ),
    RedTeam(
        "RED_ALLIANCE",
        "红色联盟",
        (
            TeamPost("刘志敏", "召集人", "HEAD", date(1976, 5, 14)),
            TeamPost("熊立秋", "供水公司代表", "REPRESENTATIVE"),
            TeamPost("薛永刚", "物业代表", "REPRESENTATIVE", date(1979, 12, 8)),
        ),
    ),
    RedTeam(
        "RED_STEWARDS",
        "红色管家",
        (
            TeamPost(WANG.name, "管家", "STEWARD", WANG.birth_date, estates=("槐荫里",)),
            TeamPost("孙浩然", "管家", "STEWARD", date(1993, 10, 9), estates=("云栖苑", "书香庭")),
        ),
    ),
)


def average_age(on: date) -> Fraction:
    """Return the staff's average age in whole years on a day."""
    return Fraction(sum(age_on(each.birth_date, on) for each in STAFF), len(STAFF))
