"""What this room can do, on one page."""

from dataclasses import dataclass

from residents.application.owners.link_owners import LinkOwners
from residents.application.owners.owner_queries import OwnerQueries
from residents.application.owners.ownership_figures import ReadOwnershipFigures
from residents.application.owners.record_ownership import RecordOwnership
from residents.application.owners.recount_owners import RecountOwners
from residents.application.owners.sets_of_owners import SetsOfOwners
from residents.application.owners.transfer_ownership import TransferOwnership


@dataclass(frozen=True, kw_only=True)
class OwnersRoom:
    """The use cases; importing a register is a kind of import."""

    record_ownership: RecordOwnership
    transfer_ownership: TransferOwnership
    queries: OwnerQueries
    figures: ReadOwnershipFigures
    sets_of_owners: SetsOfOwners
    link_owners: LinkOwners
    recount_owners: RecountOwners
