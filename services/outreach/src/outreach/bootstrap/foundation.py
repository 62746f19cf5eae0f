"""What every room of this service stands on, beside what every service's do."""

from functools import cached_property

from chassis import foundation
from outreach.adapters.identities import DerivedIdentities
from outreach.adapters.prometheus_tally import PrometheusTally
from outreach.settings import OutreachSettings


class Foundation(foundation.Foundation[OutreachSettings]):
    """Ids and counters that all rooms share."""

    @cached_property
    def identities(self) -> DerivedIdentities:
        """Ids made of what WeChat knows people and comments by."""
        return DerivedIdentities(self.keyed_hash)

    @cached_property
    def tally(self) -> PrometheusTally:
        """Counts what happens."""
        return PrometheusTally()
