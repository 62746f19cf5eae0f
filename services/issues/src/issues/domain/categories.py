"""What an issue can be about. Data: a category is its code, its name and its clock."""

from datetime import timedelta

import msgspec

from issues.domain.errors import CategoryUnknown

UTILITY = timedelta(hours=24)
ORDINARY = timedelta(days=7)
COMPLEX = timedelta(days=15)


class Category(msgspec.Struct, frozen=True):
    """A kind of issue and the time within which it is to be handled."""

    code: str
    name: str
    handling: timedelta


CATEGORIES: tuple[Category, ...] = (
    Category("water", "供水", UTILITY),
    Category("electricity", "供电", UTILITY),
    Category("heating", "供暖", UTILITY),
    Category("gas", "燃气", UTILITY),
    Category("fire", "消防", ORDINARY),
    Category("lift", "电梯", ORDINARY),
    Category("lighting", "照明", ORDINARY),
    Category("sewage", "排水", ORDINARY),
    Category("sanitation", "环境卫生", ORDINARY),
    Category("security", "治安门禁", ORDINARY),
    Category("noise", "噪音扰民", ORDINARY),
    Category("animals", "宠物管理", ORDINARY),
    Category("parking", "停车", ORDINARY),
    Category("care", "助老助困", ORDINARY),
    Category("property_fee", "物业收费", ORDINARY),
    Category("other", "其他", ORDINARY),
    Category("environment", "绿化与场地", COMPLEX),
    Category("structure", "房屋与墙体", COMPLEX),
    Category("wish", "居民建议", COMPLEX),
)

_BY_CODE = {category.code: category for category in CATEGORIES}


def category_of(code: str) -> Category:
    """Return the category with this code.

    Raises: CategoryUnknown.
    """
    category = _BY_CODE.get(code)
    if category is None:
        raise CategoryUnknown
    return category
