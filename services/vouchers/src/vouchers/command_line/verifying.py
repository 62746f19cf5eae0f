"""The commands that verify the books and expire what is due: figures, or JSON."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated

import typer
from chassis.errors import StoreUnavailable

from vouchers.application.cards.expire_vouchers import ExpireVouchers
from vouchers.application.ledger.verify_ledger import VerifyLedger
from vouchers.domain.ledger.verification import CampaignFigures, LedgerReport

_BROKEN, _NOT_YET = 1, 2

OpenVerification = Callable[[], AbstractAsyncContextManager[VerifyLedger]]
OpenExpiry = Callable[[], AbstractAsyncContextManager[ExpireVouchers]]


def mount_verifying(app: typer.Typer, open_verification: OpenVerification) -> None:
    """Add `verify-ledger` to the service's commands."""

    @app.command("verify-ledger")
    def verify_ledger(
        community: Annotated[
            str | None, typer.Option(help="Its id. Default: every community that has books.")
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="A JSON array.")] = False,
    ) -> None:
        """Verify the chain, the balance, and the books against the vouchers, in fen.

        Exit code 1: an entry is not as it was sealed, books and vouchers differ, or an event is
        missing in the books for long. Exit code 2: events are still on their way into the books,
        ask again.
        """
        try:
            reports = asyncio.run(_verified(open_verification, community))
        except StoreUnavailable as error:
            typer.echo(error.for_operators, err=True)
            raise typer.Exit(_BROKEN) from None
        if as_json:
            typer.echo(json.dumps([_as_json(report) for report in reports]))
        else:
            _print(reports)
        if any(report.disagreeing or not report.is_whole for report in reports):
            raise typer.Exit(_BROKEN)
        if any(report.awaited for report in reports):
            raise typer.Exit(_NOT_YET)


def mount_expiring(app: typer.Typer, open_expiry: OpenExpiry) -> None:
    """Add `expire-vouchers` to the service's commands."""

    @app.command("expire-vouchers")
    def expire_vouchers(
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say how many are due, do nothing.")
        ] = False,
    ) -> None:
        """Give back what is left of vouchers whose time is over; the worker does so, too."""
        try:
            expired = asyncio.run(_expired(open_expiry, dry_run=dry_run))
        except StoreUnavailable as error:
            typer.echo(error.for_operators, err=True)
            raise typer.Exit(_BROKEN) from None
        typer.echo(f"{expired} vouchers {'would expire' if dry_run else 'expired'}")


async def _verified(open_verification: OpenVerification, only: str | None) -> list[LedgerReport]:
    async with open_verification() as verify:
        return [await verify.of(only)] if only else await verify()


async def _expired(open_expiry: OpenExpiry, *, dry_run: bool) -> int:
    async with open_expiry() as expire:
        return await (expire.count_due() if dry_run else expire())


def _print(reports: Sequence[LedgerReport]) -> None:
    if not reports:
        typer.echo("0 entries, whole")
    for report in reports:
        typer.echo(_line(report), err=not report.is_whole)
        for figures in sorted(report.campaigns.values(), key=lambda each: each.campaign_id):
            typer.echo(f"  {_figures(figures)}", err=figures in report.disagreeing)


def _line(report: LedgerReport) -> str:
    bad, begins = report.bad_entry, f"{report.community_id}: "
    if bad is not None:
        return f"{begins}broken at entry {bad.seq} ({bad.entry_id or 'none'}): {bad.fault}"
    if report.total_fen:
        return f"{begins}the legs of all entries come to {report.total_fen} fen, not to 0"
    waiting = f", {report.unsealed} to be sealed" if report.unsealed else ""
    awaited = f", {report.awaited} events on their way" if report.awaited else ""
    return f"{begins}{report.sealed_through} entries, whole, balance 0{waiting}{awaited}"


def _figures(figures: CampaignFigures) -> str:
    said = (
        f"{figures.campaign_id}: budget {figures.reserved_fen} = "
        f"campaign {figures.booked_campaign_fen} + holders {figures.booked_open_fen} + "
        f"merchants {figures.booked_used_fen} + returned {figures.returned_fen}; vouchers: "
        f"claimed {figures.claimed_fen} = open {figures.open_fen} + used {figures.used_fen} + "
        f"expired {figures.expired_fen}"
    )
    if figures.lost:
        return f"{said}; {figures.lost} events LOST"
    if figures.awaited > 0:
        return f"{said}; {figures.awaited} events on their way"
    return f"{said}; {'they agree' if figures.agrees else 'THEY DIFFER'}"


def _as_json(report: LedgerReport) -> dict[str, object]:
    bad = report.bad_entry
    return {
        "communityId": report.community_id,
        "sealedThrough": report.sealed_through,
        "unsealed": report.unsealed,
        "awaited": report.awaited,
        "lost": report.lost,
        "whole": report.is_whole,
        "inBalance": report.is_whole and not report.awaited and not report.disagreeing,
        "badEntry": {"seq": bad.seq, "entryId": bad.entry_id, "fault": bad.fault} if bad else None,
        "campaigns": [
            {
                "campaignId": each.campaign_id,
                "budgetFen": each.reserved_fen,
                "returnedFen": each.returned_fen,
                "claimedFen": each.claimed_fen,
                "openFen": each.open_fen,
                "usedFen": each.used_fen,
                "expiredFen": each.expired_fen,
                "bookedCampaignFen": each.booked_campaign_fen,
                "bookedOpenFen": each.booked_open_fen,
                "bookedUsedFen": each.booked_used_fen,
                "approvedFen": each.approved_fen,
                "awaited": each.awaited,
                "lost": each.lost,
                "agrees": each.agrees,
            }
            for each in report.campaigns.values()
        ],
    }
