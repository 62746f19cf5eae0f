"""The words that a ledger itself asks for in place of a name: 空置房在姓名栏填“空置”."""

import re

from residents.domain.ledger.cells import Cell, compact

_SENTENCE_ENDS = re.compile("[。;；\n]")
_OF_VACANT_HOMES = re.compile("空置|空房|空户|空关|闲置|无人|没人|未入住")
_QUOTED = "[\"“”「『'‘][^\"“”「」『』'‘’]{1,10}[\"“”」』'’]"
_TO_FILL_IN = re.compile(
    "姓名.{0,10}?(?:填|写|注明|标注|标明|标记|录入|输入)[写入为成上:]*"
    f"(?P<words>{_QUOTED}(?:[或和、,/]?{_QUOTED})*|[^\"“”「」『』'‘’,、:]{{1,6}}$)"
)
_WORDS = re.compile("[^\"“”「」『』'‘’或和、,/]+(?=[\"“”」』'’]|$)")

NO_NAMES = frozenset(("待售", "未售", "待出售", "待租", "未租", "待出租", "未出租"))
"""In place of a name they say that nobody lives there; as a state they do not."""


def vacancy_words_in(cells: list[Cell]) -> frozenset[str]:
    """The compact words that instructions want where the name of a vacant home would be."""
    return frozenset(
        word
        for cell in cells
        if isinstance(cell, str)
        for sentence in _SENTENCE_ENDS.split(cell)
        if _OF_VACANT_HOMES.search(sentence)
        for asked in _TO_FILL_IN.finditer(compact(sentence))
        for word in _WORDS.findall(asked["words"])
    )
