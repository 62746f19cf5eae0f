"""Names, identity numbers and phone numbers that nobody has."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from demo_community.model import Gender

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯"
)
# No character opens both a man's and a woman's name: so two of them never share one.
_FIRST = {
    Gender.MAN: (
        "建国志伟军强永福德明庆山海龙涛鹏宏亮俊杰浩宇晨皓景泽铭承嘉启瑞锦柏松广学思维守敬延仲树炳焕"
    ),
    Gender.WOMAN: (
        "桂秀玉淑凤兰英春梅丽红艳娟敏静霞燕雪婷琳欣怡雨梓萱诗若佳曼芷可语月清莲素云彩慧爱改巧花冬翠"
    ),
}
_SECOND = {
    Gender.MAN: (
        "国华平民生林成军义祥斌峰刚波磊东辉旭阳帆博轩然远航哲睿诚安毅川达兴武文才来恒信昌泰洪岩堂瑜"
    ),
    Gender.WOMAN: (
        "英珍芳兰琴荣华芬香萍霞云莉洁颖薇蕾琪瑶彤涵悦宁娜蓉菲妍晴岚媛琬珊璐茹嫣莹芸敏容娥珠仙俐竹蓓"
    ),
}
_DAYS = 365
_REGION = "999999"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# No carrier has ever been given 154: whoever dials such a number reaches nobody.
_PHONE_SEGMENT = "154"


@dataclass
class Newcomers:
    """Gives each person a given name and a birthday that no other has together.

    The nth man (or woman) gets the nth pair of a shuffled list of given names; when the list
    begins anew, each name comes with another day of the year. So nobody is the same person as
    another, without a list of all who are there. Of identity numbers the count of each birth date
    is remembered: the memory of a million is hardly more than that of a community.
    """

    seed: int
    _counts: dict[Gender, int] = field(default_factory=lambda: dict.fromkeys(Gender, 0))
    _phones: int = 0
    _numbered: dict[tuple[date, Gender], int] = field(default_factory=dict)

    def given_name(self, gender: Gender) -> tuple[str, int]:
        """Return a given name, and the day of the year (0 to 364) that belongs to it."""
        first, second = _FIRST[gender], _SECOND[gender]
        pairs = len(first) * len(second)
        count = self._counts[gender]
        self._counts[gender] += 1
        # 10,007 is a prime above the number of pairs, so each pair comes once a round.
        pair = (count * 10_007 + self.seed) % pairs
        day = (count // pairs + pair * 7 + self.seed) % _DAYS
        return first[pair // len(second)] + second[pair % len(second)], day

    def phone(self) -> str:
        """Return a mobile number that no other has."""
        self._phones += 1
        # 7,654,321 is prime to 10^8: every number of the segment comes once.
        return f"{_PHONE_SEGMENT}{(self._phones * 7_654_321 + self.seed) % 10**8:08d}"

    def identity_number(self, birth_date: date, gender: Gender) -> str:
        """Return a well-formed number that no other has, of a region that does not exist."""
        # As registrars do: the next number of the day, odd for a man. A day has 500 of each.
        count = self._numbered.get((birth_date, gender), 0)
        self._numbered[birth_date, gender] = count + 1
        sequence = (count * 37 + self.seed) % 500 * 2 + (gender is Gender.MAN)
        body = f"{_REGION}{birth_date:%Y%m%d}{sequence:03d}"
        return body + check_digit(body)


def surname(random: Random) -> str:
    """Return a family name; the frequent ones come more often."""
    return _SURNAMES[int(random.triangular(0, len(_SURNAMES), 0))]


def birthday_in(year: int, day_of_year: int) -> date:
    """Return a day of a year, 29 February never."""
    return (date(2001, 1, 1) + timedelta(days=day_of_year)).replace(year=year)


def check_digit(body: str) -> str:
    """Return the 18th character for the first 17 digits (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def with_wrong_check_digit(number: str) -> str:
    """Return the number with another last character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")
