"""A day that no term can have is refused before anything is read."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from chassis.errors import BadUserInput
from residents.api.teams.queries import TeamQueryFields
from residents.api.teams.types import Team
from strawberry.types import get_object_definition

NOBODY = SimpleNamespace(account_id="account_1", community_id="here", session_id="s", roles=[])
NOTHING = SimpleNamespace(average_age=None, members=None, dual_appointments=None)


@pytest.mark.parametrize("on", [date.min, date(1899, 12, 31), date(2201, 1, 1), date.max])
@pytest.mark.parametrize(
    ("of", "field"),
    [(Team, "average_age"), (Team, "members"), (TeamQueryFields, "dual_appointments")],
)
async def test_a_day_beyond_every_life_is_refused(of: type, field: str, on: date) -> None:
    definition = get_object_definition(of, strict=True)
    (found,) = [each for each in definition.fields if each.python_name == field]
    resolve: Any = found.base_resolver
    application = SimpleNamespace(teams=SimpleNamespace(queries=NOTHING))
    asked = SimpleNamespace(
        context=SimpleNamespace(application=application, require_principal=lambda: NOBODY)
    )

    with pytest.raises(BadUserInput) as refused:
        await resolve(SimpleNamespace(id="team_1"), asked, on=on)

    assert refused.value.input_name == "on"
