"""Who may do what with merchants."""

from vouchers.domain.actors import Role
from vouchers.domain.permissions import OFFICE, SECRETARY, Permission

READ_MERCHANTS = Permission("merchants", OFFICE | {Role.AUDITOR})
READ_MERCHANT = Permission("merchant", OFFICE | {Role.AUDITOR, Role.MERCHANT})
REGISTER_MERCHANT = Permission("registerMerchant", OFFICE)
ADD_STORE = Permission("addStore", OFFICE)
APPROVE_MERCHANT = Permission("approveMerchant", SECRETARY)
SUSPEND_MERCHANT = Permission("suspendMerchant", SECRETARY)
REINSTATE_MERCHANT = Permission("reinstateMerchant", SECRETARY)
