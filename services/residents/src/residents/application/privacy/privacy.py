"""What this room can do, on one page."""

from dataclasses import dataclass

from residents.application.privacy.consent_reading import ReadConsents
from residents.application.privacy.give_consent import GiveConsent
from residents.application.privacy.read_reveals import ReadReveals
from residents.application.privacy.read_trail import ReadTrail
from residents.application.privacy.request_export import RequestExport
from residents.application.privacy.reveal_contact import RevealContact
from residents.application.privacy.take_export import TakeExport
from residents.application.privacy.withdraw_consent import WithdrawConsent


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """The room's use cases."""

    reveal_contact: RevealContact
    read_reveals: ReadReveals
    read_trail: ReadTrail
    give_consent: GiveConsent
    withdraw_consent: WithdrawConsent
    read_consents: ReadConsents
    request_export: RequestExport
    take_export: TakeExport
