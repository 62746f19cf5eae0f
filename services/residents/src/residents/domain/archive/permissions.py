"""Who may do what with the archive; how far they reach is a rule of each use case."""

from residents.domain.permissions import OFFICE, Permission
from residents.domain.roles import Role

NEIGHBOURS = frozenset({Role.RESIDENT, Role.STEWARD, Role.CLERK, Role.SECRETARY})

READ_PLACES = Permission("estates", NEIGHBOURS)
FIND_HOUSEHOLD = Permission("findHousehold", NEIGHBOURS)
LIST_HOUSEHOLDS = Permission("Building.households", frozenset({Role.STEWARD, *OFFICE}))
READ_HOUSEHOLD = Permission("household", NEIGHBOURS)
OWN_HOUSEHOLDS = Permission("myHouseholds", frozenset({Role.RESIDENT}))
READ_RESIDENT = Permission("resident", NEIGHBOURS)
SEARCH_RESIDENTS = Permission("searchResidents", frozenset({Role.STEWARD, *OFFICE}))
SEARCH_BY_WHOLE_PHONE = Permission("searchResidents (whole phone)", OFFICE)
READ_SENSITIVE = Permission("Resident.tags", OFFICE)
POPULATION = Permission("Community.population", OFFICE)
MOVE_IN = Permission("moveIn", OFFICE)
CHANGE_HOUSEHOLD = Permission("changeHousehold", OFFICE)
MOVE_OUT = Permission("moveOut", OFFICE)
CORRECT_RESIDENT = Permission("correctResident", OFFICE)
TAG_RESIDENT = Permission("tagResident", OFFICE)
UNTAG_RESIDENT = Permission("untagResident", OFFICE)
MARK_VACANT = Permission("markVacant", OFFICE)
SET_ESTATE_KIND = Permission("setEstateKind", OFFICE)
DESCRIBE_BUILDING = Permission("describeBuilding", OFFICE)
