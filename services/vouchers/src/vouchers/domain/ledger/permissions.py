"""Who may look into the books."""

from vouchers.domain.actors import Role
from vouchers.domain.permissions import OFFICE, Permission

READ_LEDGER = Permission("ledgerEntries", frozenset({Role.AUDITOR, Role.SECRETARY}))
READ_OWN_STATEMENT = Permission("merchantStatement (own)", frozenset({Role.MERCHANT}))
READ_STATEMENT = Permission("merchantStatement", OFFICE | {Role.AUDITOR})
