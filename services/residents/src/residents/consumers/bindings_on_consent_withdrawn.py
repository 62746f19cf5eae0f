"""Who no longer agrees to being bound to a household is no longer bound."""

from datetime import datetime
from typing import ClassVar

import msgspec
from chassis.events import Received
from chassis.listening import Handle

from residents.application.logins.end_bindings import EndBindings

_HOUSEHOLD_BINDING = "household_binding"
_ACCOUNT = "account_"


class ConsentWithdrawn(msgspec.Struct, frozen=True):
    """What is needed of consent.withdrawn.

    Attributes:
        subject_id: an account, or a resident who had agreed at the counter.
    """

    type: ClassVar[str] = "consent.withdrawn.v1"

    subject_id: str
    purpose: str
    withdrawn_at: datetime


def bindings_on_consent_withdrawn(end_bindings: EndBindings) -> Handle[ConsentWithdrawn]:
    """End the bindings; other purposes are not about them."""

    async def handle(event: Received[ConsentWithdrawn]) -> None:
        withdrawn = event.data
        if withdrawn.purpose != _HOUSEHOLD_BINDING:
            return
        is_account = withdrawn.subject_id.startswith(_ACCOUNT)
        end = end_bindings.of_account if is_account else end_bindings.of_resident
        await end(event.community_id, withdrawn.subject_id, withdrawn_at=withdrawn.withdrawn_at)

    return handle
