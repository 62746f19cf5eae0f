"""Who may do what with merchants' clients; what is not listed is refused."""

from residents.domain.permissions import OFFICE, Permission

MERCHANT_CLIENTS = Permission("merchantClients", OFFICE)
ISSUE_MERCHANT_CLIENT = Permission("issueMerchantClient", OFFICE)
REVOKE_MERCHANT_CLIENT = Permission("revokeMerchantClient", OFFICE)
