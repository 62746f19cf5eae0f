"""Who may do what about logins and bindings; what is not listed is refused."""

from residents.domain.permissions import ANYBODY, OFFICE, SECRETARY, Permission
from residents.domain.roles import Role

_RESIDENT = frozenset({Role.RESIDENT})
STAFF = frozenset({Role.CLERK, Role.SECRETARY, Role.AUDITOR})
VERIFIERS = frozenset({Role.STEWARD, Role.CLERK, Role.SECRETARY})

GIVE_PHONE_NUMBER = Permission("givePhoneNumber", _RESIDENT)
REQUEST_BINDING = Permission("requestBinding", _RESIDENT)
BINDINGS_TO_VERIFY = Permission("bindingsToVerify", VERIFIERS)
VERIFY_BINDING = Permission("verifyBinding", VERIFIERS)
REFUSE_BINDING = Permission("refuseBinding", VERIFIERS)
REVOKE_BINDING = Permission("revokeBinding", _RESIDENT | VERIFIERS)
STAFF_INVITATIONS = Permission("staffInvitations", SECRETARY)
REISSUE_INVITATION = Permission("reissueInvitation", SECRETARY)
WITHDRAW_INVITATION = Permission("withdrawInvitation", SECRETARY)
REQUEST_CREDENTIAL_RESET = Permission("requestCredentialReset", OFFICE)
APPROVE_CREDENTIAL_RESET = Permission("approveCredentialReset", OFFICE)
CREDENTIAL_RESETS = Permission("credentialResets", OFFICE)
CHANGE_PASSWORD = Permission("changePassword", STAFF)
REPLACE_TOTP = Permission("replaceTotp", STAFF)
MY_SESSIONS = Permission("mySessions", ANYBODY)
SESSIONS_OF = Permission("sessionsOf", SECRETARY)
REVOKE_OTHER_SESSIONS = Permission("revokeOtherSessions", ANYBODY)
