"""What every room of this service stands on, beside what every service's do."""

from functools import cached_property

from chassis.encryption import LookupHash

from chassis import foundation
from vouchers.settings import VouchersSettings


class Foundation(foundation.Foundation[VouchersSettings]):
    """A key more."""

    @cached_property
    def code_hash(self) -> LookupHash:
        """Makes the codes that are shown at a till."""
        return self.settings.code_hash()
