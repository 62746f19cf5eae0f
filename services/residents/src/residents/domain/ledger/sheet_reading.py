"""One sheet, row after row: the lines over its header, the header, and the rows under it."""

from itertools import takewhile

from residents.domain.ledger.cells import Cell, SheetCells, compact, is_empty
from residents.domain.ledger.entries import InferredColumn, SkippedSheet
from residents.domain.ledger.estates import holds_instructions
from residents.domain.ledger.faults import Fault, RowRefused
from residents.domain.ledger.gathering import Gathering
from residents.domain.ledger.header_words import Field
from residents.domain.ledger.headers import (
    Columns,
    columns_of,
    combined,
    folded_headers,
    is_exactly_a_header,
    is_header_word,
)
from residents.domain.ledger.inferred_columns import (
    are_enough,
    inferred_fields,
    missing_fields,
    unknown_words,
)
from residents.domain.ledger.likeness import looks_like_people
from residents.domain.ledger.merged_cells import MergedDown
from residents.domain.ledger.row_reading import RowReading
from residents.domain.ledger.rows_ahead import RowsAhead
from residents.domain.ledger.sheet_head import SheetHead
from residents.domain.ledger.vacancy_words import vacancy_words_in

_LONGEST_INSTRUCTIONS = 1_000
_FIELDS_OF_ANOTHER_HEADER = 4
"""A row may hold a word or two by mistake; a new header holds more."""
_ROWS_LOOKED_AT_AHEAD = 500
_HEADERS_TRIED = 5
"""Of a sheet; so that one of nothing but half a header is read in one pass."""
_EXAMPLE = frozenset(("例", "例子", "示例", "样例", "范例", "举例", "例如", "填写示例", "填表示例"))
_GOES_ON = frozenset(
    (
        Field.ESTATE,
        Field.ESTATE_KIND,
        Field.DOOR,
        Field.BUILDING,
        Field.UNIT,
        Field.ROOM,
        Field.STATE,
    )
)


def read_sheet(sheet: SheetCells, into: Gathering) -> None:
    """Read a sheet to its end; whatever its cells hold, it raises nothing."""
    if sheet.is_hidden:
        into.skipped.append(SkippedSheet(sheet.name, "工作表已隐藏，未读取。"))
    elif holds_instructions(sheet.name):
        _read_instructions(sheet, into)
    else:
        rows = RowsAhead(sheet.rows)
        reading = _SheetReading(sheet, rows, into)
        for row, cells in enumerate(rows, 1):
            reading.read(row, cells)
        reading.close()


def _read_instructions(sheet: SheetCells, into: Gathering) -> None:
    head = SheetHead(sheet.name, into.as_of)
    for row, cells in enumerate(sheet.rows):
        if row >= _LONGEST_INSTRUCTIONS:
            break
        head.hear(cells)
        into.vacancy_words |= vacancy_words_in(cells)
    into.skipped.append(SkippedSheet(sheet.name, "填表说明，没有居民。"))


class _SheetReading:
    def __init__(self, sheet: SheetCells, ahead: RowsAhead, into: Gathering) -> None:
        self._sheet = sheet.name
        self._ahead = ahead
        self._hidden = sheet.hidden_columns
        self._headers_tried = 0
        self._inferred_before = len(into.inferred)
        self._into = into
        self._head = SheetHead(sheet.name, into.as_of)
        self._merged = MergedDown(sheet.merged)
        self._rows: RowReading | None = None
        self._goes_on: frozenset[int] = frozenset()
        self._name = -1
        self._width = 0
        self._header: list[list[str]] = []
        self._last_header_row = 0
        self._line_above: list[str] = []
        self._row_to_blame: int | None = None

    def read(self, row: int, cells: list[Cell]) -> None:
        """Take the next row; its last cell from here on is an empty one."""
        cells = [*cells, *([None] * (self._width - len(cells))), None]
        self._merged.spread(row, cells, self._goes_on)
        if all(map(is_empty, cells)):
            return
        if self._rows is None:
            self._look_for_header(row, cells)
        elif self._is_of_a_header(row, cells):
            self._last_header_row = row
            self._head.begin_block()
        elif self._rows.counts_others(cells):
            self._rows.forget()
        elif not _is_an_example(cells):
            self._rows.read(row, cells)

    def close(self) -> None:
        """Say so if people were here and no header over them was found."""
        if self._rows is not None:
            return
        if self._row_to_blame is None:
            self._into.skipped.append(SkippedSheet(self._sheet, "没有居民信息。"))
            return
        reason = "找不到表头，或表头缺少姓名列、门牌列，本工作表未读取。"
        refusal = RowRefused(Fault.HEADER_NOT_FOUND, reason)
        self._into.refuse(self._sheet, self._row_to_blame, refusal)

    def _look_for_header(self, row: int, cells: list[Cell]) -> None:
        words = folded_headers(cells)
        if (columns := columns_of(words)).make_a_ledger:
            self._use(row, columns, [words])
        elif (both := columns_of(combined(self._line_above, words))).make_a_ledger and _is_of_words(
            cells
        ):
            self._use(row, both, [self._line_above, words])
        elif (lines := self._header_by_contents(words, cells)) is not None:
            self._use(row, columns_of(_joined(lines)), lines)
        else:
            self._head.hear(cells)
            self._into.vacancy_words |= vacancy_words_in(cells)
            self._line_above = words
            if self._row_to_blame is None and (
                columns.lack_names_or_doors or looks_like_people(cells)
            ):
                self._row_to_blame = row

    def _is_of_a_header(self, row: int, cells: list[Cell]) -> bool:
        """Whether this is the second line of a header, a repeated one, or a new one."""
        is_next = row == self._last_header_row + 1
        if not is_next and not _may_be_a_header(cells[self._name]):
            return False
        words = folded_headers(cells)
        if words in self._header:
            return True
        if is_next and len(self._header) == 1 and _is_second_line(words):
            lines = [*self._header, words]
            columns, fewest = columns_of(combined(*lines)), 0
        else:
            lines = [words]
            columns, fewest = columns_of(words), _FIELDS_OF_ANOTHER_HEADER
        if not columns.make_a_ledger or len(columns.of) < fewest:
            return False
        self._use(row, columns, lines)
        return True

    def _header_by_contents(self, words: list[str], cells: list[Cell]) -> list[list[str]] | None:
        """The lines of a header that makes a ledger once what stands below is looked at."""
        for lines in ([words], [self._line_above, words]):
            columns = columns_of(_joined(lines))
            if not are_enough(columns) or not _is_of_words(cells):
                continue
            if self._headers_tried == _HEADERS_TRIED or self._goes_on_below(words):
                return None
            self._headers_tried += 1
            columns.of |= self._inferred(columns, lines)
            if columns.make_a_ledger:
                return lines
        return None

    def _goes_on_below(self, words: list[str]) -> bool:
        """Whether the next row is the header, or the second line of this one."""
        below = next(self._ahead.ahead(1), [])
        next_words = folded_headers([*below, None])
        heads = (columns_of(next_words), columns_of(combined(words, next_words)))
        return any(columns.make_a_ledger for columns in heads) and _is_of_words(below)

    def _inferred(self, columns: Columns, lines: list[list[str]]) -> dict[Field, int]:
        """The columns that are taken for what they hold, until the next header."""
        words = _joined(lines)
        unknown = unknown_words(words, self._hidden)
        if not unknown or not missing_fields(columns):
            return {}
        ahead = self._ahead.ahead(_ROWS_LOOKED_AT_AHEAD)
        rows = list(takewhile(lambda cells: not _heads_others(cells), ahead))
        return inferred_fields(
            columns,
            words,
            unknown,
            rows,
            latest=self._into.latest_birth_date,
            vacancy_words=self._into.vacancy_words,
        )

    def _use(self, row: int, columns: Columns, header: list[list[str]]) -> None:
        if len(header) == 1:
            self._inferred_before = len(self._into.inferred)
        inferred, words = self._inferred(columns, header), _joined(header)
        columns.of |= inferred
        self._into.inferred[self._inferred_before :] = (
            InferredColumn(self._sheet, words[at], known) for known, at in inferred.items()
        )
        self._head.begin_block()
        self._rows = RowReading(self._sheet, columns, self._head, self._into)
        self._goes_on = frozenset(columns.of[known] for known in _GOES_ON & columns.of.keys())
        self._name = columns.of[Field.NAME]
        self._width = max(map(len, header))
        self._header, self._last_header_row = header, row


def _joined(lines: list[list[str]]) -> list[str]:
    return combined(*lines) if len(lines) > 1 else lines[0]


def _heads_others(cells: list[Cell]) -> bool:
    columns = columns_of(folded_headers(cells))
    return columns.make_a_ledger and len(columns.of) >= _FIELDS_OF_ANOTHER_HEADER


def _may_be_a_header(name: Cell) -> bool:
    return isinstance(name, str) and is_exactly_a_header(compact(name))


def _is_second_line(words: list[str]) -> bool:
    """Whether all that a row holds are header words."""
    said = [word for word in words if word]
    return bool(said) and all(map(is_header_word, said))


def _is_of_words(cells: list[Cell]) -> bool:
    """Whether a row could be of a header: nothing in it is a value of somebody."""
    said = [cell for cell in cells if not is_empty(cell)]
    return all(isinstance(cell, str) for cell in said) and not looks_like_people(cells)


def _is_an_example(cells: list[Cell]) -> bool:
    first = cells[0]
    return isinstance(first, str) and compact(first).strip("()[]:") in _EXAMPLE
