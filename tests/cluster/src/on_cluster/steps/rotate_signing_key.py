"""The next key signs, and whoever holds a token of the old one notices nothing."""

import base64
import json
from functools import partial

import httpx
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually

from on_cluster.outcome import check
from on_cluster.trial import Trial

_TEAMS = "query T { teams(first: 1) { nodes { id } } }"
_KNOWN_WITHIN_SECONDS = 60.0


async def rotate_signing_key(trial: Trial) -> str:
    """Rotate under load; a token of each key is good before, during and after."""
    doings = await trial.doings()
    await doings.town.renew()
    old_token = doings.town.token
    figures = await trial.under_load(partial(_rotate, trial))
    check(not figures.failures, "no failed request", f"{figures}: {figures.why()}")
    await doings.town.renew()
    old, new = key_id(old_token), key_id(doings.town.token)
    check(old != new, "another key signs", new)
    for token in (old_token, doings.town.token):
        answer = await doings.town.ask_as(token, _TEAMS)
        check("errors" not in answer, f"a token of {key_id(token)} is believed", answer)
    return f"{old} → {new}; {figures}"


async def _rotate(trial: Trial) -> None:
    doings = await trial.doings()
    keys = await _published(doings.town)
    said = await trial.cluster.operate("residents", "rotate-signing-key", "--force")
    signer = said.split()[0]
    check(signer in keys, "the next key was published before it signs", f"{signer} of {keys}")

    async def signs() -> bool:
        await doings.town.renew()
        return key_id(doings.town.token) == signer

    await eventually(signs, within_seconds=_KNOWN_WITHIN_SECONDS, every_seconds=2.0)


async def _published(town: Town) -> set[str]:
    answer = await town.client.get(f"{town.layout.address('residents-api')}/jwks.json")
    check(answer.status_code == httpx.codes.OK, "keys", answer.text)
    return {key["kid"] for key in answer.json()["keys"]}


def key_id(token: str) -> str:
    """Return the id of the key that signed a token."""
    head = token.split(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"])
