"""A campaign: money that somebody gives, as vouchers that neighbours claim and use."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from vouchers.domain.actors import Actor
from vouchers.domain.campaigns.errors import (
    CampaignNotDraft,
    CampaignNotLive,
    CampaignNotPaused,
    CampaignNotRunning,
    CampaignTermsChanged,
)
from vouchers.domain.campaigns.events import (
    CampaignApproved,
    CampaignEnded,
    CampaignLive,
    CampaignPaused,
)
from vouchers.domain.campaigns.terms import CampaignTerms, check_money, check_window, checked_terms
from vouchers.domain.errors import MakerMayNotApprove
from vouchers.domain.events import Event


class CampaignState(StrEnum):
    """draft → approved → minting → live ⇄ paused → ended; live → ended."""

    DRAFT = "draft"
    APPROVED = "approved"
    MINTING = "minting"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


RUNNING = frozenset({CampaignState.LIVE, CampaignState.PAUSED})
_TO_MINT = frozenset({CampaignState.APPROVED, CampaignState.MINTING})
GIVING = RUNNING | _TO_MINT


class Campaign(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign of a community.

    Attributes:
        funder_id: the same for the same funder in the community.
        terms_number: of the terms, one more whenever they are written anew.
        makers: everybody who drafted or amended; none of them may approve.
        minted: how many vouchers are certainly there.
        change_number: of the last pause, resumption or end, which the vouchers copy.
        has_work: whether vouchers are still to be made, or to learn of the last change.
    """

    id: str
    community_id: str
    terms: CampaignTerms
    funder_id: str
    state: CampaignState
    drafted_at: datetime
    makers: tuple[str, ...]
    terms_number: int = 1
    approved_at: datetime | None = None
    approved_by: str | None = None
    minted: int = 0
    live_at: datetime | None = None
    live_by: str | None = None
    paused_at: datetime | None = None
    paused_by: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    change_number: int = 0
    has_work: bool = False
    version: int = 0

    @classmethod
    def draft(
        cls, campaign_id: str, terms: CampaignTerms, *, funder_id: str, by: Actor, at: datetime
    ) -> "Campaign":
        """A campaign that waits for a second person. Raises: what `checked_terms` raises."""
        return cls(
            id=campaign_id,
            community_id=by.community_id,
            terms=checked_terms(terms, at),
            funder_id=funder_id,
            state=CampaignState.DRAFT,
            drafted_at=at,
            makers=(by.account_id,),
        )

    @property
    def to_mint(self) -> bool:
        """Whether vouchers are still to be made."""
        return self.state in _TO_MINT

    @property
    def slots_left(self) -> range:
        """The slots whose vouchers may not be there yet."""
        return range(self.minted, self.terms.stock)

    def amend(self, terms: CampaignTerms, *, funder_id: str, by: Actor, at: datetime) -> "Changed":
        """Write other terms; who does is one of the makers from now on.

        Raises: CampaignNotDraft; what `checked_terms` raises.
        """
        if self.state is not CampaignState.DRAFT:
            raise CampaignNotDraft
        makers = self.makers if by.account_id in self.makers else (*self.makers, by.account_id)
        amended = msgspec.structs.replace(
            self,
            terms=checked_terms(terms, at),
            terms_number=self.terms_number + 1,
            funder_id=funder_id,
            makers=makers,
        )
        return amended, ()

    def approve(self, by: Actor, at: datetime, *, terms_number: int) -> "Changed":
        """Let the money be spent.

        Args:
            terms_number: of the terms that the approver has read.
        Raises: CampaignNotDraft; MakerMayNotApprove; CampaignTermsChanged; BudgetTooSmall;
            WindowOver.
        Emits: campaign.approved v1.
        """
        if self.state is not CampaignState.DRAFT:
            raise CampaignNotDraft
        if by.account_id in self.makers:
            raise MakerMayNotApprove
        if terms_number != self.terms_number:
            raise CampaignTermsChanged
        check_money(self.terms)
        check_window(self.terms, at)
        approved = msgspec.structs.replace(
            self,
            state=CampaignState.APPROVED,
            approved_at=at,
            approved_by=by.account_id,
            has_work=True,
        )
        return approved, (_approval(approved, by.account_id, at),)

    def begin_minting(self) -> "Changed":
        """Say that vouchers are being made; nothing where they already are."""
        if self.state is not CampaignState.APPROVED:
            return self, ()
        return msgspec.structs.replace(self, state=CampaignState.MINTING), ()

    def note_minted(self, minted: int) -> "Changed":
        """Remember how many vouchers are there, so that a restart begins behind them."""
        if self.state is not CampaignState.MINTING or minted <= self.minted:
            return self, ()
        return msgspec.structs.replace(self, minted=minted), ()

    def go_live(self, at: datetime) -> "Changed":
        """Open it: every voucher is there. Emits: campaign.live v1, once."""
        if self.state is not CampaignState.MINTING:
            return self, ()
        live = msgspec.structs.replace(
            self,
            state=CampaignState.LIVE,
            minted=self.terms.stock,
            live_at=at,
            live_by=None,
            has_work=False,
        )
        return live, (_opening(live, None, at),)

    def pause(self, by: Actor, at: datetime) -> "Changed":
        """Stop claims and uses for now. Raises: CampaignNotLive. Emits: campaign.paused v1."""
        if self.state is not CampaignState.LIVE:
            raise CampaignNotLive
        paused = self._changed(state=CampaignState.PAUSED, paused_at=at, paused_by=by.account_id)
        return paused, (_pause(paused, by.account_id, at),)

    def resume(self, by: Actor, at: datetime) -> "Changed":
        """Go on after a pause. Raises: CampaignNotPaused. Emits: campaign.live v1."""
        if self.state is not CampaignState.PAUSED:
            raise CampaignNotPaused
        live = self._changed(
            state=CampaignState.LIVE,
            live_at=at,
            live_by=by.account_id,
            paused_at=None,
            paused_by=None,
        )
        return live, (_opening(live, by.account_id, at),)

    def end(self, by: Actor, at: datetime) -> "Changed":
        """Give out no more. Raises: CampaignNotRunning. Emits: campaign.ended v1."""
        if self.state not in RUNNING:
            raise CampaignNotRunning
        return self._ended(by.account_id, at)

    def lapse(self, at: datetime) -> "Changed":
        """End it after its last day; nothing before that, or again. Emits: campaign.ended v1."""
        if self.state not in RUNNING or at < self.terms.use_until:
            return self, ()
        return self._ended(None, at)

    def carried(self, change_number: int) -> "Changed":
        """Every voucher knows of this change; nothing is left to do unless there was another."""
        if self.change_number != change_number or not self.has_work or self.to_mint:
            return self, ()
        return msgspec.structs.replace(self, has_work=False), ()

    def _ended(self, by: str | None, at: datetime) -> "Changed":
        ended = self._changed(
            state=CampaignState.ENDED,
            ended_at=at,
            ended_by=by,
            paused_at=None,
            paused_by=None,
        )
        return ended, (_end(ended, by, at),)

    def _changed(self, **fields: object) -> "Campaign":
        """What the vouchers must learn of."""
        changed = msgspec.structs.replace(self, **fields)
        return msgspec.structs.replace(changed, change_number=self.change_number + 1, has_work=True)


Changed = tuple[Campaign, Sequence[Event]]


def campaign_facts(campaign: Campaign) -> Sequence[Event]:
    """What there is to say of it as it now is: nothing of a draft."""
    facts: list[Event] = []
    if campaign.approved_at is not None and campaign.approved_by is not None:
        facts.append(_approval(campaign, campaign.approved_by, campaign.approved_at))
    match campaign.state:
        case CampaignState.LIVE if campaign.live_at is not None:
            facts.append(_opening(campaign, campaign.live_by, campaign.live_at))
        case CampaignState.PAUSED if campaign.paused_at and campaign.paused_by:
            facts.append(_pause(campaign, campaign.paused_by, campaign.paused_at))
        case CampaignState.ENDED if campaign.ended_at is not None:
            facts.append(_end(campaign, campaign.ended_by, campaign.ended_at))
        case _:
            pass
    return facts


def _approval(campaign: Campaign, by: str, at: datetime) -> CampaignApproved:
    terms = campaign.terms
    return CampaignApproved(
        community_id=campaign.community_id,
        campaign_id=campaign.id,
        funder_id=campaign.funder_id,
        face_value_fen=terms.face_value_fen,
        stock=terms.stock,
        budget_fen=terms.budget_fen,
        approved_at=at,
        approved_by=by,
    )


def _opening(campaign: Campaign, by: str | None, at: datetime) -> CampaignLive:
    return CampaignLive(
        community_id=campaign.community_id, campaign_id=campaign.id, live_at=at, live_by=by
    )


def _pause(campaign: Campaign, by: str, at: datetime) -> CampaignPaused:
    return CampaignPaused(
        community_id=campaign.community_id, campaign_id=campaign.id, paused_at=at, paused_by=by
    )


def _end(campaign: Campaign, by: str | None, at: datetime) -> CampaignEnded:
    return CampaignEnded(
        community_id=campaign.community_id, campaign_id=campaign.id, ended_at=at, ended_by=by
    )
