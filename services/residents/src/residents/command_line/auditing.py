"""The command that verifies audit trails: a line for each community, or JSON."""

import asyncio
import json
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated

import typer
from chassis.errors import StoreUnavailable

from residents.application.privacy.verify_trail import VerifyTrail
from residents.domain.privacy.chain import NO_ENTRIES, Head
from residents.domain.privacy.verdict import Verdict

_EXPECTED = re.compile(r"(\d{1,12}):([0-9a-f]{64})")


OpenVerification = Callable[[], AbstractAsyncContextManager[VerifyTrail]]


def mount_audit_commands(app: typer.Typer, open_verification: OpenVerification) -> None:
    """Add `verify-audit` to the service's commands."""

    @app.command("verify-audit")
    def verify_audit(
        community: Annotated[
            str | None, typer.Option(help="Its id. Default: every community that has a trail.")
        ] = None,
        expect: Annotated[
            str | None,
            typer.Option(help="COUNT:HASH as printed at some time before. Needs --community."),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False,
    ) -> None:
        """Walk the audit trails from end to end; exit code 1 if one is not as it was written.

        Note the head that is printed somewhere outside the store, and give it to --expect later:
        that finds an earlier state of the whole store that was put back.
        """
        expected = _head_of(expect, community)
        try:
            verdicts = asyncio.run(_verified(open_verification, community, expected))
        except StoreUnavailable as error:
            typer.echo(error.for_operators, err=True)
            raise typer.Exit(1) from None
        if as_json:
            typer.echo(json.dumps(_as_json(verdicts)))
        else:
            for verdict in verdicts:
                typer.echo(_line(verdict), err=not verdict.is_whole)
            if not verdicts:
                typer.echo("0 entries, whole")
        if not all(verdict.is_whole for verdict in verdicts):
            raise typer.Exit(1)


def _head_of(text: str | None, community: str | None) -> Head:
    if text is None:
        return NO_ENTRIES
    typed = _EXPECTED.fullmatch(text)
    if typed is None or community is None:
        raise typer.BadParameter("--expect takes COUNT:HASH of the one --community")
    return Head(int(typed[1]), typed[2])


async def _verified(
    open_verification: OpenVerification, community_id: str | None, expected: Head
) -> list[Verdict]:
    async with open_verification() as verify:
        communities = [community_id] if community_id else await verify.communities()
        return [await verify(each, expected) for each in communities]


def _line(verdict: Verdict) -> str:
    found = verdict.first_break
    if found is not None:
        return f"{verdict.community_id}: broken at entry {found.seq}: {found.kind}"
    whole = f"{verdict.community_id}: {verdict.entries} entries, whole"
    return f"{whole}; head {verdict.entries}:{verdict.head_hash}" if verdict.entries else whole


def _as_json(verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    return [
        {
            "communityId": verdict.community_id,
            "entries": verdict.entries,
            "headHash": verdict.head_hash,
            "whole": verdict.is_whole,
            "firstBreak": (
                {"seq": verdict.first_break.seq, "kind": verdict.first_break.kind.name}
                if verdict.first_break
                else None
            ),
        }
        for verdict in verdicts
    ]
