"""Which estate a sheet or a block of it is about, and whether it is an old one."""

import re
from functools import lru_cache

from residents.domain.ledger.cells import Cell, compact, folded, says_nothing

_SAME_NAMES_NEARBY = 256
_LEDGER_WORD = re.compile(
    "台账|台帐|名册|花名册|登记|信息表|信息册|情况表|一览表|统计表|明细表|档案|名单|清册|底册|人口表|户表"
)
_ABOUT = (
    "(?:全体|现有|常住|流动|户籍|实有|入户|入住|家庭|居民|住户|人口|业主|房屋|住房|楼栋|人员|成员|基础|基本|电子"
    "|台账|台帐|花名册|名册|登记|信息|情况|一览|统计|明细|档案|名单|清册|底册|汇总|采集|摸底|数据|总表|总|表|册)"
)
_AFTER_THE_ESTATE = re.compile(f"的?{_ABOUT}(?:[和及与、]?{_ABOUT})*[0-9]*$")
_BEFORE_THE_ESTATE = re.compile(r"^.*(?:居民委员会|居委会|社区|街道办事处|街道|办事处)(?=.)")
_YEARS = re.compile(r"20[0-9]{2}年度?(?:[0-9]{1,2}月份?)?(?:[0-9]{1,2}日)?")
_NOTES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|《|》|\"|“|”")
_PART = re.compile(
    r"[(\[【](?:[东南西北]{1,2}|(?:[东南西北中上下前后内外老新]{1,2}|第?[0-9一二三四五六七八九十]{1,3}|[A-Za-z])"
    r"(?:区|期|院|苑|园|里|片|片区|组团|地块))[)\]】]"
)
"""As in 春和苑（北区）: no note, but which part of an estate, kept as an estate of its own."""
_ORDINAL = re.compile(r"^(?:第?[0-9一二三四五六七八九十]+[.、,_-]|\([0-9一二三四五六七八九十]+\))")
_BUILDINGS = re.compile(
    r"[-_]?(?:第?[0-9一二三四五六七八九十甲乙丙丁]+(?:号楼|栋|幢|座|#楼|#))+$|[-_][0-9]+$"
)
"""Not 滨江一号, 万科1号院: those are names."""
_NO_NAME = re.compile(
    r"(?:sheet|工作表|表|表格|页|第.{1,3}页|副本|新建|模板)?[0-9a-z]*|.*(?:说明|填表).*",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?<!老旧)(?<!新)小区(?:名称|名)?\s*:\s*(?P<estate>[^\s,;:]{1,30})")
_SAID_APART = re.compile(r"(?:小区|院落|楼院)(?:名称|名)\s*[: ]\s*(?P<estate>[^\s,;:]{1,30})")
_KIND = re.compile(
    r"(?:(?:小区|院落|楼院|房屋)(?:类型|性质|类别|种类)|(?<!\S)(?:类型|性质)"
    r"|(?:是否(?:为|属于)?)?老旧小区(?=\s*:))\s*[: ]\s*(?P<kind>[^\s,;:]{1,30})"
)
_OLD = re.compile("老旧|老小区|旧小区|老住宅|老式|^(?:是|√|老|旧)$")
_NOT_OLD = re.compile("非老旧|不是|不属于|否")
_LONGEST_LINE = 200
_INSTRUCTIONS = re.compile(
    "说明|须知|示例|样例|样表|模板|字典|代码表|目录|封面|填写要求|填报要求|备注页|帮助"
)


def is_title(line: str) -> bool:
    """Whether a line names a ledger, a register or the like."""
    return bool(_LEDGER_WORD.search(line)) and len(line) <= _LONGEST_LINE


def estate_in_title(line: str) -> str | None:
    """The estate that a title names, as in 春和苑居民台账; None where it names none."""
    stem, part = _stem_and_part(re.split("[:：]", line, maxsplit=1)[0])
    text = _BEFORE_THE_ESTATE.sub("", stem)
    estate, endings = _AFTER_THE_ESTATE.subn("", text)
    return _named(_BUILDINGS.sub("", _YEARS.sub("", estate)), part, line) if endings else None


def estate_said_in(line: str) -> str | None:
    """The estate that a line names by itself, as in 小区名称：春和苑."""
    text = folded(line)
    found = _SAID.search(text) or _SAID_APART.search(text)
    return _named(found["estate"], "", line) if found else None


def estate_of_sheet(name: str) -> str | None:
    """The estate that a sheet is named after; None for names like Sheet1, 台账, 3号楼."""
    stem, part = _stem_and_part(name)
    text = _YEARS.sub("", _AFTER_THE_ESTATE.sub("", _ORDINAL.sub("", stem)))
    return _named(_BUILDINGS.sub("", text), part, name)


def estate_of_cell(cell: Cell) -> str | None:
    """The estate in a column of estates; None where a cell says none."""
    return None if says_nothing(cell) else _as_written(compact(cell), str(cell))


def is_old_said_in(line: str) -> bool | None:
    """Whether a line says that an estate is an old one; None where it says nothing of it."""
    if found := _KIND.search(line):
        return is_old_kind(found["kind"])
    return (
        True if "老旧小区" in line and "非老旧" not in line and len(line) < _LONGEST_LINE else None
    )


def is_old_kind(kind: str) -> bool | None:
    """Whether a word for a kind of estate is one for old ones."""
    text = folded(kind)
    return bool(_OLD.search(text)) and not _NOT_OLD.search(text) if text else None


def holds_instructions(sheet: str) -> bool:
    """Whether a sheet, by its name, tells how to fill in the others."""
    return bool(_INSTRUCTIONS.search(compact(sheet)))


def _stem_and_part(text: str) -> tuple[str, str]:
    """A text without notes, and the one among them that tells a part of an estate."""
    known = compact(text)
    part = _PART.search(known)
    return _NOTES.sub("", known), part.group() if part else ""


def _named(text: str, part: str, line: str) -> str | None:
    name = text.strip("-_·.、,: ")
    if not name or _NO_NAME.fullmatch(name):
        return None
    return _as_written(name, line) + _as_written(part, line)


@lru_cache(maxsize=_SAME_NAMES_NEARBY)
def _as_written(name: str, line: str) -> str:
    """A folded name in the characters in which a line has it: 春和苑（北区）, not 春和苑(北区)."""
    if name in line:
        return name
    places = [(place, each) for place, character in enumerate(line) for each in compact(character)]
    at = "".join(each for _, each in places).find(name)
    if at < 0:
        return name
    first, last = places[at][0], places[at + len(name) - 1][0]
    return "".join(line[first : last + 1].split())
