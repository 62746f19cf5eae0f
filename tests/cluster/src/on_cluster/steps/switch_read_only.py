"""Read-only mode: writes are told so by name, reads go on."""

import secrets

from story.graph import operation

from on_cluster.outcome import check
from on_cluster.trial import Trial


async def switch_read_only(trial: Trial) -> str:
    """Switch it on, write and read, switch it off, and write."""
    doings = await trial.doings()
    # Tokens are written, too: this one has to last.
    await doings.town.renew()
    await trial.upgrade("readOnly=true")
    refused = await doings.town.ask(operation("CreateTeam"), **_team())
    codes = [error["extensions"]["code"] for error in refused.get("errors", ())]
    check(codes == ["UNAVAILABLE"], "a write that is refused as UNAVAILABLE", refused)
    figures = doings.read_figures(0)
    read = await doings.town.data(figures.document, **figures.variables)
    check(figures.is_right(read), "figures of four services", read)
    await trial.upgrade("readOnly=false")
    await doings.town.renew()
    made = await doings.town.data(operation("CreateTeam"), **_team())
    founded = made["createTeam"]["__typename"]
    check(founded == "CreateTeamSuccess", "a write that is done", made)
    return "writes UNAVAILABLE, figures of four services readable; writes again afterwards"


def _team() -> dict[str, object]:
    name = f"巡逻队{secrets.token_hex(4)}"
    given = {"requestId": secrets.token_hex(8), "kind": "RED_VOLUNTEERS", "name": name}
    return {"input": {**given, "foundedOn": "2026-01-01"}}
