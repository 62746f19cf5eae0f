"""Finding the row of headers, and what each column is about."""

import re
from dataclasses import dataclass, field

from residents.domain.ledger.cells import Cell, folded
from residents.domain.ledger.header_words import EXACT, PARTS, Field
from residents.domain.ledger.people import tag_named

_NOT_THE_WORD = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|[\s*:?、,./\\|·_+&()\[\]-]+")
_LONGEST_HEADER = 30
_OF_A_PERSON = frozenset(
    (Field.RELATION, Field.GENDER, Field.BIRTH_DATE, Field.IDENTITY_NUMBER, Field.PHONE)
)
_PLACED = frozenset((Field.AREA, Field.RELATION))
_WITHIN = frozenset((Field.UNIT, Field.ROOM, Field.DOOR))
_OF_A_DOOR = (Field.DOOR, Field.ROOM)
_FIELDS_OF_ANY_LEDGER = 3
_RANKS = {word: (known, rank) for known, words in EXACT.items() for rank, word in enumerate(words)}
_RANK_OF_A_PART = 1_000


@dataclass(slots=True)
class Columns:
    """Which column holds what, counted from 0; a field without a column is missing.

    Attributes:
        ticks: columns of ticks, each with the tag that it is about.
    """

    of: dict[Field, int] = field(default_factory=dict)
    ticks: list[tuple[int, str]] = field(default_factory=list)

    @property
    def make_a_ledger(self) -> bool:
        """Whether people can be read: there are names, and doors in one way or another."""
        return Field.NAME in self.of and self.have_doors

    @property
    def have_doors(self) -> bool:
        """Whether there is a column of doors or of rooms."""
        return any(known in self.of for known in _OF_A_DOOR)

    @property
    def lack_names_or_doors(self) -> bool:
        """Whether this heads a list of people in which names or doors cannot be found."""
        said = len(_OF_A_PERSON & self.of.keys())
        if Field.NAME in self.of:
            return not self.have_doors and said + 1 >= _FIELDS_OF_ANY_LEDGER
        return self.have_doors and said + 1 >= _FIELDS_OF_ANY_LEDGER


def columns_of(headers: list[str]) -> Columns:
    """What a row of headers says; of two columns about the same the more exact is taken."""
    columns, best = Columns(), dict[Field, int]()
    for position, header in enumerate(headers):
        if not header:
            continue
        if (tag := tag_named(header)) is not None:
            columns.ticks.append((position, tag))
        elif (known := meaning_of(header)) is not None:
            about, rank = known
            if rank < best.get(about, _RANK_OF_A_PART * 2):
                best[about] = rank
                columns.of[about] = position
    _tell_rooms_from_doors(columns)
    return columns


def meaning_of(header: str) -> tuple[Field, int] | None:
    """What a folded header is about, and how exactly it says so (0 is best)."""
    if (exact := _RANKS.get(header)) is not None:
        return exact
    for about, contained, barred in PARTS:
        if any(map(header.__contains__, contained)) and not any(map(header.__contains__, barred)):
            return about, _RANK_OF_A_PART
    return None


def folded_header(cell: Cell) -> str:
    """A header without what varies: spaces, brackets, stars; "" for what is none."""
    if not isinstance(cell, str) or not (text := folded(cell).lower()):
        return ""
    word = _NOT_THE_WORD.sub("", text) or _NOT_THE_WORD.sub("", text.strip("()[]【】"))
    return word if len(word) <= _LONGEST_HEADER else ""


def is_exactly_a_header(word: str) -> bool:
    """Whether a compact word is one of the known headers, letter by letter."""
    return word in _RANKS


def is_header_word(word: str) -> bool:
    """Whether a folded word is one that stands over a column."""
    return meaning_of(word) is not None or tag_named(word) is not None


def folded_headers(cells: list[Cell]) -> list[str]:
    """The folded headers of a row, as far as it goes."""
    words = [folded_header(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return words


def combined(upper: list[str], lower: list[str]) -> list[str]:
    """The headers of two rows in one: both words as one, else the lower, else the upper."""
    width = max(len(upper), len(lower))
    pairs = zip(_padded(upper, width), _padded(lower, width), strict=True)
    return [_meant(above, below) for above, below in pairs]


def _meant(above: str, below: str) -> str:
    if above + below in _RANKS:
        return above + below
    known = (word for word in (below, above + below, above) if word and is_header_word(word))
    return next(known, below or above)


def _padded(words: list[str], width: int) -> list[str]:
    return words + [""] * (width - len(words))


def _tell_rooms_from_doors(columns: Columns) -> None:
    """A column headed "房号" or "门牌号" holds rooms beside one of buildings, else whole doors.

    One headed "楼栋号" holds whole doors if homes are listed and nothing else says where they are.
    """
    of = columns.of
    if Field.BUILDING in of and Field.ROOM not in of and Field.DOOR in of:
        of[Field.ROOM] = of.pop(Field.DOOR)
    elif Field.BUILDING not in of and Field.ROOM in of and Field.DOOR not in of:
        of[Field.DOOR] = of.pop(Field.ROOM)
    elif Field.BUILDING in of and not _PLACED.isdisjoint(of) and _WITHIN.isdisjoint(of):
        of[Field.DOOR] = of.pop(Field.BUILDING)
