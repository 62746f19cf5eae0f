"""Who may see what is hidden, agree, take data out, and look over the shoulder of who did."""

from residents.domain.permissions import ANYBODY, OFFICE, SECRETARY, Permission
from residents.domain.roles import Role

REVEAL_CONTACT = Permission("revealContact", OFFICE | {Role.RESIDENT})
READ_REVEALS = Permission("reveals", SECRETARY | {Role.AUDITOR})
READ_REVEAL_NOTES = Permission("RevealRecord.note", SECRETARY)
READ_AUDIT_TRAIL = Permission("auditTrail", frozenset({Role.AUDITOR}))
OWN_CONSENTS = Permission("giveConsent", ANYBODY)
CONSENTS_AT_THE_COUNTER = Permission("recordConsent", OFFICE)
READ_CONSENTS = Permission("consentsOf", OFFICE)
EXPORT_OWN_DATA = Permission("requestDataExport", ANYBODY)
EXPORT_FOR_RESIDENT = Permission("requestResidentDataExport", SECRETARY)
