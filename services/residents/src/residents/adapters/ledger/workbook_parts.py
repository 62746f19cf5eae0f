"""Measuring the parts of a workbook before anybody unpacks them.

What a zip says of its parts need not be true, so each part is unpacked here once, a piece at a
time and keeping none, as far as the limits go.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from residents.adapters.ledger.formula_values import FormulaCells, FormulaValues
from residents.adapters.ledger.hidden_columns import HiddenColumns
from residents.adapters.ledger.sheet_extent import SheetExtent
from residents.adapters.ledger.stated_counts import StatedCounts
from residents.adapters.ledger.workbook_limits import WorkbookLimits
from residents.domain.ledger.errors import (
    LedgerDamaged,
    LedgerEncrypted,
    LedgerNotASpreadsheet,
    LedgerUnpacksTooLarge,
)

_PIECE_BYTES = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_WITHIN = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz")


class PartSeen(NamedTuple):
    """What was seen of a part, besides how large it is; nothing unless it is a sheet."""

    formulas: FormulaCells
    hidden_columns: frozenset[int]


NOTHING_SEEN = PartSeen({}, frozenset())


def check_parts(file: IO[bytes], limits: WorkbookLimits) -> dict[str, PartSeen]:
    """Measure a workbook; told of each part is what its formulas come to, and what is hidden.

    Raises: LedgerNotASpreadsheet, LedgerEncrypted, LedgerDamaged, LedgerUnpacksTooLarge,
        LedgerTooManyRows.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        raise LedgerDamaged from None
    _check_names(parts, limits)
    _check_what_they_say(parts, limits)
    left_bytes = limits.unpacked_bytes
    seen: dict[str, PartSeen] = {}
    for part in parts:
        watch = _Watch(part, limits)
        left_bytes -= _measure(file, part, left_bytes, watch)
        seen[part.filename.lower()] = watch.seen
    return seen


def _check_names(parts: list[zipfile.ZipInfo], limits: WorkbookLimits) -> None:
    if len(parts) > limits.parts:
        raise LedgerUnpacksTooLarge
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(_WITHIN) for name in names) or len(set(names)) < len(names):
        raise LedgerUnpacksTooLarge
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise LedgerEncrypted
    if not any(name.endswith("workbook.xml") for name in names):
        raise LedgerNotASpreadsheet


def _check_what_they_say(parts: list[zipfile.ZipInfo], limits: WorkbookLimits) -> None:
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise LedgerUnpacksTooLarge
    for part in parts:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise LedgerDamaged
        if part.file_size > limits.ratio_from_bytes + limits.ratio * part.compress_size:
            raise LedgerUnpacksTooLarge


class _Watch:
    """What is looked for in a part while it goes by."""

    def __init__(self, part: zipfile.ZipInfo, limits: WorkbookLimits) -> None:
        self._is_a_sheet = "worksheets/" in part.filename.lower()
        self._counts = StatedCounts(part.file_size)
        self._extent = SheetExtent(limits)
        self._formulas = FormulaValues()
        self._hidden = HiddenColumns()

    @property
    def seen(self) -> PartSeen:
        return PartSeen(self._formulas.cells, self._hidden.columns)

    def take(self, piece: bytes) -> None:
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise LedgerDamaged
        self._counts.take(piece)
        if self._is_a_sheet:
            self._extent.take(piece)
            self._formulas.take(piece)
            self._hidden.take(piece)

    def check(self) -> None:
        self._extent.check()


def _measure(file: IO[bytes], part: zipfile.ZipInfo, left_bytes: int, watch: _Watch) -> int:
    """The bytes of a part, unpacked; they must be as many as it says."""
    unpacked_bytes = checksum = 0
    for piece in _pieces(file, part):
        unpacked_bytes += len(piece)
        if unpacked_bytes > min(left_bytes, part.file_size):
            raise LedgerUnpacksTooLarge
        checksum = zlib.crc32(piece, checksum)
        watch.take(piece)
    if unpacked_bytes != part.file_size or checksum != part.CRC:
        raise LedgerDamaged
    watch.check()
    return unpacked_bytes


def _pieces(file: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.header_offset < 0:
        raise LedgerDamaged
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        raise LedgerDamaged
    signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
    if signature != b"PK\x03\x04":
        raise LedgerDamaged
    file.seek(name_bytes + extra_bytes, 1)
    packed = _packed_pieces(file, part.compress_size)
    return packed if part.compress_type == zipfile.ZIP_STORED else _inflated(packed)


def _packed_pieces(file: IO[bytes], left_bytes: int) -> Iterator[bytes]:
    while left_bytes:
        piece = file.read(min(left_bytes, _PIECE_BYTES))
        if not piece:
            raise LedgerDamaged
        left_bytes -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            waiting = piece
            while waiting and not unpacking.eof:
                yield unpacking.decompress(waiting, _PIECE_BYTES)
                waiting = unpacking.unconsumed_tail
        if unpacking.eof:
            return
        yield unpacking.flush()
    except zlib.error:
        raise LedgerDamaged from None
    if not unpacking.eof:
        raise LedgerDamaged
