"""What else a row says of a person: name, gender, relation, tags."""

import re
from functools import lru_cache
from sys import intern

from residents.domain.ledger.cells import (
    NOTHING_SAID,
    Cell,
    compact,
    folded,
    is_formula_error,
    says_nothing,
)
from residents.domain.ledger.faults import Fault, RowRefused

_LONGEST_NAME = 50
_SAME_WORDS_NEARBY = 4_096
_DOTS = str.maketrans("•・‧∙⋅●.", "·······")
_NOTES = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_GAP_BY_CHINESE = re.compile(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+|\s*·\s*")
_VACANT = re.compile(
    "(?:此|该|本)?(?:户|房|房屋)?(?:长期|暂时|现|暂)?"
    "(?:空置?|空着|空房|空户|空置房|空置户|空关|空关房|闲置|闲置房|无人|无人居住|无人住|没人|没人住|未入住|未住人|未居住)"
    "(?:房|户|中)?"
)
_HEAD = re.compile("(?:本人|户主)(?:本人)?|房主|业主|家主")
_MALE = frozenset(("男", "男性", "M", "MALE", "1"))
_FEMALE = frozenset(("女", "女性", "F", "FEMALE", "2"))
_BETWEEN_TAGS = re.compile(r"[、,;/|\s+]+")
_TAGS = {
    "党员": ("中共党员", "共产党员", "中国共产党员", "中共预备党员", "预备党员", "是党员"),
    "独居": ("独居老人", "独居户", "独居人员", "空巢独居", "单独居住"),
    "低保": ("低保户", "低保人员", "低保对象", "低保家庭", "最低生活保障"),
    "残疾": ("残疾人", "残疾人员", "残疾人士", "残障", "残障人士"),
    "退役军人": ("退伍军人", "复员军人", "转业军人", "退役士兵", "复退军人", "退役", "退伍"),
}
_ONE_WORD = {other: word for word, others in _TAGS.items() for other in (word, *others)}
_NO_TAG = NOTHING_SAID | {"普通", "普通居民", "一般", "一般居民", "群众", "正常", "否"}
_YES = frozenset(("是", "有", "√", "✓", "✔", "v", "y", "yes", "true", "1", "对", "●"))


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def says_vacant(text: str) -> bool:
    """Whether a text says that nobody lives there."""
    return bool(_VACANT.fullmatch(_unframed(compact(text))))


def name_of(cell: Cell) -> str | None:
    """A name as it is shown: no space within a Chinese one, "·" between parts; None if empty.

    Raises: RowRefused (NAME_INVALID).
    """
    return None if says_nothing(cell) else _name(folded(cell))


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def _name(written: str) -> str:
    text = _NOTES.sub("", written).strip().translate(_DOTS)
    name = _GAP_BY_CHINESE.sub(lambda gap: "·" if "·" in gap.group() else "", text)
    letters = sum(map(str.isalpha, name))
    if not letters or len(name) > _LONGEST_NAME or any(map(_is_no_part_of_a_name, name)):
        raise RowRefused(Fault.NAME_INVALID, "姓名无法识别，请核对姓名栏。")
    return " ".join(name.split())


def gender_of(cell: Cell) -> str | None:
    """The gender as "MALE" or "FEMALE", None if it is not said or not understood."""
    text = compact(cell).upper()
    if text in _MALE:
        return "MALE"
    return "FEMALE" if text in _FEMALE else None


def relation_of(cell: Cell) -> str | None:
    """The relation to the head of the household, as it is written."""
    if says_nothing(cell) or is_formula_error(cell):
        return None
    return intern(compact(cell)[:_LONGEST_NAME])


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def is_head(relation: str | None) -> bool:
    """Whether a relation is that of the head, with whom a household begins."""
    return relation is not None and bool(_HEAD.fullmatch(relation))


def tags_of(cell: Cell) -> tuple[str, ...]:
    """What somebody is listed as, each once, in the order written, under its usual word."""
    return _tags_in(cell) if isinstance(cell, str) else ()


@lru_cache(maxsize=_SAME_WORDS_NEARBY)
def _tags_in(cell: str) -> tuple[str, ...]:
    words = (word for word in _BETWEEN_TAGS.split(folded(cell)) if word.lower() not in _NO_TAG)
    return tuple(dict.fromkeys(intern(_ONE_WORD.get(word, word)[:_LONGEST_NAME]) for word in words))


def tag_named(header: str) -> str | None:
    """The tag that a column of ticks is about, by its header."""
    return _ONE_WORD.get(header.removeprefix("是否").removeprefix("为"))


def is_ticked(cell: Cell) -> bool:
    """Whether a cell of a column of ticks says yes."""
    return compact(cell).lower() in _YES


def _unframed(text: str) -> str:
    return text.strip("()[]【】<>《》\"'“”。!-*·")


def _is_no_part_of_a_name(character: str) -> bool:
    return character.isdigit() or character in ':;,/\\|=<>@#%&+!?。!"“”(){}[]' or character < " "
