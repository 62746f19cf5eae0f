"""What a campaign promises, and the rules that its money and times must keep."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from vouchers.domain.campaigns.errors import (
    BudgetInvalid,
    BudgetTooSmall,
    CampaignTitleInvalid,
    CapInvalid,
    DailyStockInvalid,
    FaceValueInvalid,
    FunderInvalid,
    MinimumSpendInvalid,
    StockInvalid,
    TooManyPlaces,
    WindowInvalid,
    WindowOver,
)
from vouchers.domain.campaigns.release import claimable_from

HIGHEST_FACE_VALUE_FEN = 100_000
HIGHEST_MINIMUM_SPEND_FEN = 1_000_000
HIGHEST_BUDGET_FEN = 100_000_000_000
MOST_VOUCHERS = 200_000
MOST_PER_PERSON = 20
MOST_PER_HOUSEHOLD = 100
MOST_ESTATES = 100
MOST_MERCHANTS = 200
LONGEST = timedelta(days=3 * 366)
_TITLE_LENGTH = 40
_FUNDER_LENGTH = 60
_ID_LENGTH = 90


class CampaignKind(StrEnum):
    """A red packet is used once; a welfare card in parts, until nothing remains."""

    RED_PACKET = "red_packet"
    WELFARE_CARD = "welfare_card"


class Reward(StrEnum):
    """What a voucher is given for, without being claimed."""

    ISSUE_CONFIRMED = "issue_confirmed"


class FunderKind(StrEnum):
    """Which organisation gives the money; who gives as a person gives by one of these."""

    GOVERNMENT = "government"
    COMMITTEE = "committee"
    COMPANY = "company"
    CHARITY = "charity"
    ALLIANCE = "alliance"
    OTHER = "other"


class Funder(msgspec.Struct, frozen=True):
    """Whose money it is: an organisation, never a person; its name is kept in clear."""

    kind: FunderKind
    name: str


class CampaignTerms(msgspec.Struct, frozen=True, kw_only=True):
    """All that people decide about a campaign. Money is whole fen.

    Attributes:
        minimum_spend_fen: of a bill that a voucher pays; 0 for any.
        per_person: how many somebody may claim, as `per_household` for all who live together.
        claim_until: from then on nobody claims; `use_until`: from then on nobody uses.
        estate_ids: whose verified residents may claim; () for the whole community.
        merchant_ids: where it may be used; () for every approved merchant.
        reward_for: what it is given for; None for a campaign that people claim from.
        daily_stock: how many are let out on each day in China; None: all at `claim_from`.
    """

    title: str
    funder: Funder
    kind: CampaignKind
    face_value_fen: int
    minimum_spend_fen: int
    stock: int
    budget_fen: int
    per_person: int
    per_household: int
    claim_from: datetime
    claim_until: datetime
    use_until: datetime
    estate_ids: tuple[str, ...] = ()
    merchant_ids: tuple[str, ...] = ()
    reward_for: Reward | None = None
    daily_stock: int | None = None

    @property
    def most_spent_fen(self) -> int:
        """What all the vouchers are worth together."""
        return self.face_value_fen * self.stock


def checked_terms(terms: CampaignTerms, at: datetime) -> CampaignTerms:
    """The terms with their texts tidied.

    Raises: CampaignTitleInvalid; FunderInvalid; FaceValueInvalid; MinimumSpendInvalid;
        StockInvalid; DailyStockInvalid; BudgetInvalid; BudgetTooSmall; CapInvalid; WindowInvalid;
        WindowOver; TooManyPlaces.
    """
    check_money(terms)
    _check_caps(terms)
    check_window(terms, at)
    _check_release(terms)
    title = _text(terms.title)
    if not 1 <= len(title) <= _TITLE_LENGTH or not title.isprintable():
        raise CampaignTitleInvalid
    funder = _text(terms.funder.name)
    if not 1 <= len(funder) <= _FUNDER_LENGTH or not funder.isprintable():
        raise FunderInvalid
    return msgspec.structs.replace(
        terms,
        title=title,
        funder=Funder(terms.funder.kind, funder),
        estate_ids=_places(terms.estate_ids, MOST_ESTATES),
        merchant_ids=_places(terms.merchant_ids, MOST_MERCHANTS),
    )


def check_money(terms: CampaignTerms) -> None:
    """Face value × stock is never more than the budget.

    Raises: FaceValueInvalid; MinimumSpendInvalid; StockInvalid; DailyStockInvalid; BudgetInvalid;
        BudgetTooSmall.
    """
    if not 1 <= terms.face_value_fen <= HIGHEST_FACE_VALUE_FEN:
        raise FaceValueInvalid
    if not 0 <= terms.minimum_spend_fen <= HIGHEST_MINIMUM_SPEND_FEN:
        raise MinimumSpendInvalid
    if not 1 <= terms.stock <= MOST_VOUCHERS:
        raise StockInvalid
    if terms.daily_stock is not None and not 1 <= terms.daily_stock <= terms.stock:
        raise DailyStockInvalid
    if not 1 <= terms.budget_fen <= HIGHEST_BUDGET_FEN:
        raise BudgetInvalid
    if terms.most_spent_fen > terms.budget_fen:
        raise BudgetTooSmall


def check_window(terms: CampaignTerms, at: datetime) -> None:
    """Raises: WindowInvalid; WindowOver when nobody could claim any more."""
    in_order = terms.claim_from < terms.claim_until <= terms.use_until
    if not in_order or terms.use_until - terms.claim_from > LONGEST:
        raise WindowInvalid
    if terms.claim_until <= at:
        raise WindowOver


def _check_release(terms: CampaignTerms) -> None:
    """Raises: DailyStockInvalid when the last are let out after the last day to claim them."""
    last_from = claimable_from(
        terms.stock - 1, begins_at=terms.claim_from, daily_stock=terms.daily_stock
    )
    if last_from >= terms.claim_until:
        raise DailyStockInvalid


def _check_caps(terms: CampaignTerms) -> None:
    fits = 1 <= terms.per_person <= MOST_PER_PERSON
    if not fits or not terms.per_person <= terms.per_household <= MOST_PER_HOUSEHOLD:
        raise CapInvalid


def _places(ids: Sequence[str], most: int) -> tuple[str, ...]:
    """Each once, in an order that does not depend on how they were typed."""
    places = tuple(sorted(set(ids)))
    if len(places) > most or not all(1 <= len(place) <= _ID_LENGTH for place in places):
        raise TooManyPlaces
    return places


def _text(typed: str) -> str:
    return unicodedata.normalize("NFC", typed).strip()
