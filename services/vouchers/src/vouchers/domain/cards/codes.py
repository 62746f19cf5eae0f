"""The code that is shown at a till: twenty digits, good for half a minute, and of no person.

    12 digits   find the voucher, by a keyed hash of its id
     8 digits   prove the moment, by a keyed hash of the voucher and the step of the clock

Digits alone, since that is what every till's scanner and keyboard can take.
"""

import hmac
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

KeyedHash = Callable[[str, str], str]
"""(kind, value) → hexadecimal, under a key that is nowhere in the store."""

STEP_SECONDS = 30
_FINDING_DIGITS = 12
_PROVING_DIGITS = 8
_DIGITS = _FINDING_DIGITS + _PROVING_DIGITS
_STEPS_ACCEPTED = 2
"""This one and the one before: somebody shows it, somebody else scans it."""


class ShownCode(msgspec.Struct, frozen=True):
    """A code and until when a new one need not be shown."""

    code: str
    valid_until: datetime


class ReadCode(msgspec.Struct, frozen=True):
    """What a till sent, taken apart; whether it is good, only the voucher can tell."""

    lookup_number: str
    proof: str


def step_at(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // STEP_SECONDS


def lookup_number(keyed_hash: KeyedHash, voucher_id: str) -> str:
    """The digits that find a voucher. Two may have the same: the proof tells them apart."""
    return _digits(keyed_hash("voucher.lookup", voucher_id), _FINDING_DIGITS)


def code_at(keyed_hash: KeyedHash, voucher_id: str, number: str, at: datetime) -> ShownCode:
    """The code of this half minute."""
    step = step_at(at)
    until = datetime.fromtimestamp((step + 1) * STEP_SECONDS, tz=UTC)
    return ShownCode(number + _proof(keyed_hash, voucher_id, step), until)


def read_code(text: str) -> ReadCode | None:
    """Take apart what was scanned or typed; None for what cannot be a code."""
    digits = text.replace(" ", "")
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    return ReadCode(digits[:_FINDING_DIGITS], digits[_FINDING_DIGITS:])


def step_of(keyed_hash: KeyedHash, voucher_id: str, code: ReadCode, at: datetime) -> int | None:
    """The step whose code of this voucher it is; None when it is none that is accepted now."""
    now = step_at(at)
    good = [
        step
        for step in range(now, now - _STEPS_ACCEPTED, -1)
        if hmac.compare_digest(_proof(keyed_hash, voucher_id, step), code.proof)
    ]
    return good[0] if good else None


def _proof(keyed_hash: KeyedHash, voucher_id: str, step: int) -> str:
    return _digits(keyed_hash("voucher.code", f"{voucher_id} {step}"), _PROVING_DIGITS)


def _digits(hexadecimal: str, count: int) -> str:
    # 256 bits taken modulo 10^12: no digit is likelier than another by any measure
    return str(int(hexadecimal, 16) % 10**count).zfill(count)
