"""Which resident an owner is."""

from chassis.ids import derived_id
from residents.domain.owners.owner import OwnerMarks, ResidentLink
from residents.domain.owners.recognition import MarkedResident, resident_of


def resident(
    name: str, *marks: str, identity: str | None = None, lives_here: bool = True
) -> MarkedResident:
    link = ResidentLink(derived_id("resident", name), derived_id("person", name), lives_here)
    return MarkedResident(link, frozenset((*marks, *filter(None, [identity]))), identity)


WANG = OwnerMarks(identity="number of Wang", same_person="王建国|1980")


def test_the_same_number_is_the_same_person_under_any_name() -> None:
    wang = resident("wang", "王大国|1980", identity="number of Wang")
    namesake = resident("namesake", "王建国|1980")

    assert resident_of(WANG, [namesake, wang]) == wang.link


def test_a_namesake_born_on_the_same_day_with_another_number_is_another() -> None:
    namesake = resident("namesake", "王建国|1980", identity="another number")

    assert resident_of(WANG, [namesake]) is None


def test_without_a_number_name_and_birth_date_will_do() -> None:
    unnumbered = resident("unnumbered", "王建国|1980")
    another = resident("another", "王建国|1980", identity="another number")

    assert resident_of(WANG, [unnumbered, another]) == unnumbered.link
    assert resident_of(OwnerMarks(same_person="王建国|1980"), [another]) == another.link


def test_of_several_who_could_be_nobody_is_chosen() -> None:
    assert resident_of(WANG, [resident("a", "王建国|1980"), resident("b", "王建国|1980")]) is None
    gone = resident("gone", "王建国|1980", lives_here=False)
    here = resident("here", "王建国|1980")
    assert resident_of(WANG, [gone, here]) == here.link
