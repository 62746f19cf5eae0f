"""Who may import."""

from residents.domain.permissions import OFFICE, SECRETARY, Permission

READ_IMPORTS = Permission("imports", OFFICE)
UPLOAD_LEDGER = Permission("POST /imports/resident-ledger", OFFICE)
UPLOAD_REGISTER = Permission("POST /imports/owners-register", OFFICE)
ACCEPT_IMPORT = Permission("acceptImport", SECRETARY)
DISCARD_IMPORT = Permission("discardImport", OFFICE)
