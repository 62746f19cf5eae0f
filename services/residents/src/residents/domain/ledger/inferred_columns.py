"""Columns under words that nobody knows, taken for what they plainly hold.

Only beside words that are known, only for a field that no word tells, and only if one column
alone could be it.
"""

from collections.abc import Sequence, Set
from datetime import date

from residents.domain.ledger import column_contents as contents
from residents.domain.ledger.cells import Cell
from residents.domain.ledger.header_words import PARTS, Field
from residents.domain.ledger.headers import Columns, is_header_word

_ENOUGH_WORDS = 3
_ENOUGH_WITH_A_DOOR_OR_A_NAME = 2
_INFERRED = (
    Field.DOOR,
    Field.NAME,
    Field.IDENTITY_NUMBER,
    Field.PHONE,
    Field.BIRTH_DATE,
    Field.AREA,
)
"""Identity numbers come before the birth dates that they confirm."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OF_OTHERS = _words(
    "紧急 监护 房东 单位 物业 网格 应急 亲属 负责 楼长 楼栋长 经办 配偶 父 母 子女 产权 承租 "
    "出租 租 车 联系人 填表 填报 录入 采集 走访 民警 医生 书记 志愿 介绍 曾用 拼音 代理 签 审 "
    "报 缴 交 访 投诉 申请 检查 养 宠 犬 店 商 委托 护理 照料 照护 帮扶 包保 管 原 前任 上级"
)
_SPEAK_AGAINST = {
    Field.DOOR: _OF_OTHERS | _words("户籍 户口 迁 档案 卡 表 库 储 地下 年 月 日 期 时间"),
    Field.NAME: _OF_OTHERS | _words("籍 族 职 学 校 宗教 信仰 婚 状 类 备 注 关系 毕业 地"),
    Field.IDENTITY_NUMBER: _OF_OTHERS | _words("银行 卡 户主 社保 医保 残疾 账 帐 信用"),
    Field.PHONE: _OF_OTHERS | _words("工作 办公 备用 传真 qq 微信 银行 卡 账 帐 编"),
    Field.BIRTH_DATE: _OF_OTHERS
    | _words(
        "入 登 离 迁 搬 购 买 合同 发 办 有效 到 死 亡 去世 更新 填 录 核 婚 退 参 服 毕业 工作 "
        "上门 来 起 止 变 开 结 注 体 接种 疫 认 评 残 享 保 制 建 截 竣 领 取 调查 统计 居住"
    ),
    Field.AREA: _OF_OTHERS
    | _words(
        "年龄 岁 龄 序 号 编 人口 人数 户数 间数 层 年 月 日 期 费 金 元 价 得分 评分 积分 身高 "
        "体重 重量 斤 克 电 水 气 表 温度 公摊 分摊 绿化 花园 库 阳台 储 地下 压 糖 率 比 欠"
    ),
}
"""What a word may not contain if its column shall be of the field."""
_BARRED = {
    field: _SPEAK_AGAINST[field].union(*(barred for known, _, barred in PARTS if known is field))
    for field in _INFERRED
}


def are_enough(columns: Columns) -> bool:
    """Whether so many words are known that this is a header, whatever the others mean."""
    known = len(columns.of)
    has_door_or_name = columns.have_doors or Field.NAME in columns.of
    return known >= _ENOUGH_WORDS or (has_door_or_name and known >= _ENOUGH_WITH_A_DOOR_OR_A_NAME)


def missing_fields(columns: Columns) -> list[Field]:
    """The fields that no word tells, and that a column can be taken for."""
    return [
        field
        for field in _INFERRED
        if field not in columns.of and not (field is Field.DOOR and columns.have_doors)
    ]


def unknown_words(words: Sequence[str], hidden: Set[int]) -> list[int]:
    """The visible columns over which a word stands that nobody knows."""
    return [
        at
        for at, word in enumerate(words)
        if word and at not in hidden and not is_header_word(word)
    ]


def inferred_fields(
    columns: Columns,
    words: Sequence[str],
    unknown: Sequence[int],
    rows: Sequence[Sequence[Cell]],
    *,
    latest: date,
    vacancy_words: Set[str],
) -> dict[Field, int]:
    """The column of each missing field that leaves no doubt; `columns` stay as they are.

    Args:
        unknown: the columns that may be taken.
        rows: some rows under the header.
        latest: the last day on which somebody can have been born.
    """
    found: dict[Field, int] = {}
    numbers = columns.of.get(Field.IDENTITY_NUMBER)
    for field in missing_fields(columns):
        free = [at for at in unknown if not any(map(words[at].__contains__, _BARRED[field]))]
        holding = [
            at
            for at in free
            if _holds(field, _pairs(rows, at, numbers), latest=latest, vacancy_words=vacancy_words)
        ]
        if len(holding) == 1:
            found[field] = holding[0]
        if field is Field.IDENTITY_NUMBER:
            numbers = found.get(field)
    once = list(found.values())
    return {field: at for field, at in found.items() if once.count(at) == 1}


def _pairs(rows: Sequence[Sequence[Cell]], at: int, numbers: int | None) -> list[tuple[Cell, Cell]]:
    """The filled cells of a column, each with the identity number of its row."""
    return [
        (row[at], row[numbers] if numbers is not None and numbers < len(row) else None)
        for row in rows
        if at < len(row) and contents.filled((row[at],))
    ]


def _holds(
    field: Field, pairs: list[tuple[Cell, Cell]], *, latest: date, vacancy_words: Set[str]
) -> bool:
    cells = [cell for cell, _ in pairs]
    if len(cells) < contents.FEWEST_CELLS:
        return False
    if field is Field.DOOR:
        return contents.are_doors(cells)
    if field is Field.NAME:
        return contents.are_names(cells, vacancy_words)
    if field is Field.IDENTITY_NUMBER:
        return contents.are_identity_numbers(cells)
    if field is Field.PHONE:
        return contents.are_phones(cells)
    if field is Field.BIRTH_DATE:
        return contents.are_birth_dates(pairs, latest)
    return contents.are_areas(cells)
