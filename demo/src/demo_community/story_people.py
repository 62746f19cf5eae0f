"""The people of the story, where they live, and how to reach them: for whoever plays them."""

from dataclasses import dataclass
from datetime import date

from demo_community.model import Door, Gender, Person


@dataclass(frozen=True)
class StoryPerson:
    """Somebody whom the story calls by a nickname and the ledger by a name."""

    nickname: str
    estate: str
    door: Door
    name: str
    gender: Gender
    birth_date: date
    phone: str
    tags: tuple[str, ...] = ()

    def in_ledger(self) -> Person:
        """Return the row of the ledger: the head of the household."""
        return Person(
            self.name, self.gender, self.birth_date, "户主", phone=self.phone, tags=self.tags
        )


TIAN = StoryPerson(
    "田大妈", "槐荫里", Door(3, 2, 501), "田桂兰", Gender.WOMAN, date(1955, 4, 12), "15400003501"
)
WANG = StoryPerson(
    "王师傅",
    "槐荫里",
    Door(5, 1, 302),
    "王庆山",
    Gender.MAN,
    date(1968, 9, 3),
    "15400005302",
    ("党员",),
)
ZHAO = StoryPerson(
    "小赵", "云栖苑", Door(2, 3, 1102), "赵雨晴", Gender.WOMAN, date(1996, 2, 20), "15400002112"
)
LI = StoryPerson(
    "李叔",
    "红砖院",
    Door(4, 2, 401),
    "李守义",
    Gender.MAN,
    date(1957, 11, 30),
    "15400004401",
    ("退役军人",),
)
STORY_PEOPLE = (TIAN, WANG, ZHAO, LI)
# Who lives with them. Master Wang's wife; the others live alone.
WITH_WANG = Person("刘凤琴", Gender.WOMAN, date(1970, 1, 25), "配偶", phone="15400005303")
