"""Which binding a resident of the archive belongs to: one account a resident."""

import msgspec

from residents.domain.events import Event
from residents.domain.logins.binding import Binding
from residents.domain.logins.errors import ResidentAlreadyClaimed


class ClaimHolder(msgspec.Struct, frozen=True):
    """A binding of an account."""

    account_id: str
    binding_id: str


class ResidentClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim on a resident. Its id is derived from the resident's: there is one.

    It is written before the binding is verified. What holds it is decided by the binding alone,
    so nothing has to be given back: see `is_void`.
    """

    id: str
    community_id: str
    resident_id: str
    holder: ClaimHolder
    version: int = 0

    def hold(
        self, holder: ClaimHolder, *, instead_of: ClaimHolder | None = None
    ) -> tuple["ResidentClaim", tuple[Event, ...]]:
        """Claim the resident; the same holder again changes nothing.

        Args:
            instead_of: a holder that was found void.

        Raises: ResidentAlreadyClaimed.
        """
        if self.holder == holder:
            return self, ()
        if self.holder != instead_of:
            raise ResidentAlreadyClaimed
        return msgspec.structs.replace(self, holder=holder), ()

    def is_void(self, binding: Binding | None) -> bool:
        """Whether the holder's binding, as it now is, can never be of this resident again.

        One that still waits may be in the middle of being verified: it holds.
        """
        if binding is None or not binding.is_open:
            return True
        return (
            binding.is_verified
            and binding.resident is not None
            and binding.resident.resident_id != self.resident_id
        )
