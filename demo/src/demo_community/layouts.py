"""How each estate's clerk keeps the sheet: which words, which order, what is hidden."""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    DOOR = "door"
    AREA = "area"
    RELATION = "relation"
    NAME = "name"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"
    TAGS = "tags"
    NOTE = "note"


@dataclass(frozen=True)
class Layout:
    """A sheet's columns, in order, with their header words."""

    header: dict[Column, str]
    hidden: Column
    empty_row_after_subtotal: bool
    formula_in_total: bool

    @property
    def columns(self) -> list[Column]:
        """The columns from left to right."""
        return list(self.header)

    def place(self, column: Column) -> int:
        """Return the column's index, 0 for the first."""
        return self.columns.index(column)


def _layout(
    words: str, hidden: Column, *, empty_row: bool = False, formula: bool = False
) -> Layout:
    pairs = (pair.split("=") for pair in words.split())
    return Layout({Column(key): word for key, word in pairs}, hidden, empty_row, formula)


LAYOUTS = (
    _layout(
        "number=序号 door=门牌号 area=建筑面积（㎡） relation=与户主关系 name=居民姓名 gender=性别 "
        "birth_date=出生日期 identity_number=身份证号 phone=手机号码 tags=人员类别 note=备注",
        Column.NOTE,
        formula=True,
    ),
    _layout(
        "number=编号 name=姓名 gender=性别 birth_date=出生年月日 phone=电话 door=楼-单元-室 "
        "relation=关系 area=产权面积(平方米) identity_number=身份证号码 tags=人员类别 note=备注",
        Column.IDENTITY_NUMBER,
        empty_row=True,
    ),
    _layout(
        "door=房号 area=面积 name=住户姓名 relation=与户主关系 gender=性别 "
        "identity_number=身份证号 birth_date=出生日期 phone=联系电话 "
        "tags=人员标签 note=备注 number=序号",
        Column.NUMBER,
        formula=True,
    ),
    _layout(
        "number=序号 door=门牌 name=姓名 relation=家庭关系 phone=手机号 birth_date=出生日期 "
        "gender=性别 identity_number=公民身份号码 area=建筑面积 tags=特殊类别 note=备注",
        Column.GENDER,
        empty_row=True,
    ),
    _layout(
        "number=序号 door=房屋门牌 area=房屋面积（平方米） name=姓名 gender=性别 birth_date=生日 "
        "relation=户内关系 identity_number=身份证号 phone=联系方式 note=备注 tags=类别",
        Column.NOTE,
        formula=True,
    ),
    _layout(
        "tags=人员类别 phone=手机号码 identity_number=身份证号 birth_date=出生日期 gender=性别 "
        "name=姓名 relation=关系 area=面积（㎡） door=住址 number=序号 note=备注",
        Column.IDENTITY_NUMBER,
        empty_row=True,
    ),
)


def layout_of(nth_estate: int) -> Layout:
    """Return the layout of an estate's sheet, the first again after the last."""
    return LAYOUTS[nth_estate % len(LAYOUTS)]
