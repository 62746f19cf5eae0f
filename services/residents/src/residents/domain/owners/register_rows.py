"""One row of a register: an owner and their part."""

import re
from collections.abc import Callable
from datetime import date

import msgspec

from residents.domain.errors import ResidentsError
from residents.domain.ledger.birth_dates import birth_date_of
from residents.domain.ledger.cells import Cell, compact, folded, says_nothing
from residents.domain.ledger.faults import Fault, RowRefused
from residents.domain.ledger.identity_numbers import identity_number_of
from residents.domain.ledger.people import name_of
from residents.domain.ledger.phones import phone_of
from residents.domain.owners.errors import OwnershipInFuture
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.register_columns import About
from residents.domain.owners.share_reading import SaidShare, share_of

DATE_INVALID = "DATE_INVALID"
_LONGEST_COMPANY_NAME = 100
_LONGEST_ADDRESS = 200
_COMPANY = re.compile(
    r".{2,}(?:公司|集团|工厂|总厂|合作社|银行|分行|支行|学校|小学|中学|大学|医院|委员会|居委会|村委会|管理处"
    "|事务所|协会|基金会|研究院|研究所|幼儿园|经营部|中心)(?:[(].*[)])?"
)
_SAYS_COMPANY = re.compile(".*(?:公司|单位|企业|法人|公房|直管).*")
_SAYS_ELSEWHERE = re.compile(
    ".*(?:不在(?:本|此|该)?(?:小区|社区|地|处)?(?:居)?住|不居住|未居住|外地|异地|国外|境外|海外|住(?:在)?别处|另住"
    "|非本小区|他处|房屋出租|已出租).*"
)
_SEVERAL_NAMES = re.compile("[、,;/|&]")
_CREDIT_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")
_LIKE_AN_IDENTITY_NUMBER = re.compile("[0-9]{6}(?:19|20)[0-9]{9}[0-9X]")
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class SaidOwner(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of an owner, before it is seen beside the others of the dwelling."""

    kind: OwnerKind
    name: str
    identity_number: str | None
    phone: str | None
    address: str | None
    is_said_elsewhere: bool
    share: SaidShare
    registered_on: date | None


class OwnerRefused(msgspec.Struct, frozen=True):
    """Why a row cannot be used: a code, and a reason in zh-CN without anything the row holds."""

    code: str
    reason: str


class _Unusable(Exception):
    def __init__(self, code: str, reason: str) -> None:
        self.refused = OwnerRefused(code, reason)
        super().__init__(code)


def owner_of(cell: Callable[[About], Cell], *, latest: date) -> SaidOwner | OwnerRefused:
    """Read a row, given its cells.

    Args: latest: no registration is later.
    """
    try:
        return _read(cell, latest)
    except _Unusable as unusable:
        return unusable.refused
    except RowRefused as refused:
        return OwnerRefused(refused.fault, refused.reason)
    except ResidentsError as error:
        return OwnerRefused(error.code, error.message)


def credit_code_of(cell: Cell) -> str | None:
    """A company's unified social credit code (GB 32100-2015); None for anything else."""
    code = compact(cell).replace("-", "").upper()
    if not _CREDIT_CODE.fullmatch(code):
        return None
    total = sum(
        _CREDIT_CHARACTERS.index(character) * pow(3, place, 31)
        for place, character in enumerate(code[:17])
    )
    return code if _CREDIT_CHARACTERS[-total % 31] == code[17] else None


def _read(cell: Callable[[About], Cell], latest: date) -> SaidOwner:
    note = compact(cell(About.NOTE))
    name, credit_code = cell(About.OWNER), credit_code_of(cell(About.IDENTITY_NUMBER))
    # One in 31 identity numbers, wrong ones too, has the check character of a credit code.
    is_code = credit_code is not None and not _LIKE_AN_IDENTITY_NUMBER.fullmatch(credit_code)
    is_company = is_code or _names_a_company(name, note)
    number = cell(About.IDENTITY_NUMBER)
    address = folded(cell(About.ADDRESS))
    return SaidOwner(
        kind=OwnerKind.COMPANY if is_company else OwnerKind.PERSON,
        name=_company_name(name) if is_company else _person_name(name),
        identity_number=credit_code if is_company else identity_number_of(number),
        phone=phone_of(cell(About.PHONE)),
        address=None if says_nothing(address) else address[:_LONGEST_ADDRESS],
        is_said_elsewhere=bool(_SAYS_ELSEWHERE.fullmatch(note)),
        share=share_of(cell(About.SHARE)),
        registered_on=_day_of(cell(About.REGISTERED_ON), latest),
    )


def _names_a_company(name: Cell, note: str) -> bool:
    return bool(_COMPANY.fullmatch(compact(name)) or _SAYS_COMPANY.fullmatch(note))


def _company_name(cell: Cell) -> str:
    name = compact(cell)
    if says_nothing(cell):
        raise _Unusable(Fault.NAME_MISSING, "产权人未填写。")
    if len(name) > _LONGEST_COMPANY_NAME or not any(map(str.isalpha, name)):
        raise _Unusable(Fault.NAME_INVALID, "产权人名称无法识别，请核对。")
    return name


def _person_name(cell: Cell) -> str:
    if _SEVERAL_NAMES.search(compact(cell)):
        raise _Unusable(Fault.NAME_INVALID, "一行只能登记一位产权人，请分行填写。")
    name = name_of(cell)
    if name is None:
        raise _Unusable(Fault.NAME_MISSING, "产权人未填写。")
    return name


def _day_of(cell: Cell, latest: date) -> date | None:
    try:
        day = birth_date_of(cell, latest=date.max)
    except RowRefused:
        reason = "登记日期无法识别或不存在，应写明年、月、日，例如 2015-05-01。"
        raise _Unusable(DATE_INVALID, reason) from None
    if day is not None and day > latest:
        raise OwnershipInFuture
    return day
