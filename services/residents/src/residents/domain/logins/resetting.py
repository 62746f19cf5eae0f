"""How two people have the credentials of a third reset. The account is the aggregate."""

from datetime import datetime

import msgspec

from residents.domain.account import Account
from residents.domain.events import Event
from residents.domain.fingerprint import fingerprint, matches
from residents.domain.logins.binding_rules import checked_reason
from residents.domain.logins.credential_reset import CODE_LIFETIME, CredentialReset, ResetCode
from residents.domain.logins.errors import (
    AccountNotResettable,
    ResetCodeInvalid,
    ResetNotFound,
    ResetOfOneself,
    SecondPersonNeeded,
    SecretaryNeeded,
)
from residents.domain.permissions import OFFICE
from residents.domain.roles import Actor, Role

Outcome = tuple[Account, tuple[Event, ...]]


def request_reset(account: Account, reset_id: str, reason: str, *, by: Actor, at: datetime) -> (
    Outcome
):  # fmt: skip
    """Ask that the account's credentials be reset; a later request takes the place of one before.

    Raises: ResetOfOneself; AccountNotResettable; ReasonInvalid.
    """
    _check_resettable(account)
    if account.id == by.account_id:
        raise ResetOfOneself
    asked = CredentialReset(id=reset_id, requested_by=by.account_id, requested_at=at)
    said = checked_reason(reason)
    return msgspec.structs.replace(account, credential_reset=asked, reset_reason=said), ()


def approve_reset(
    account: Account, reset_id: str, secret: str, *, asker: Actor | None, by: Actor,
    has_other_secretary: bool, at: datetime,
) -> Outcome:  # fmt: skip
    """Let a second person agree, and make the code that they hand over.

    Args:
        reset_id: the request that the approver saw; one that took its place is not approved.
        asker: who asked, with the roles of today; a request by nobody of the office falls.
        has_other_secretary: whether somebody besides the account leads the whole community.

    Raises: ResetNotFound; ResetOfOneself; SecondPersonNeeded; SecretaryNeeded;
        AccountNotResettable.
    """
    _check_resettable(account)
    if account.id == by.account_id:
        raise ResetOfOneself
    asked = account.credential_reset
    if asked is None or asked.id != reset_id or not asked.waits_at(at):
        raise ResetNotFound
    if asked.requested_by == by.account_id:
        raise SecondPersonNeeded
    if asker is None or asker.account_id != asked.requested_by or not asker.holds_for_all(*OFFICE):
        raise ResetNotFound
    one_is_secretary = any(each.holds_for_all(Role.SECRETARY) for each in (asker, by))
    if not (one_is_secretary or _may_go_without(account, has_other_secretary)):
        raise SecretaryNeeded
    return _with_code(account, asked, secret, by=by.account_id, at=at)


def reset_by_operator(
    account: Account, reset_id: str, secret: str, *, operator: str, at: datetime
) -> Outcome:
    """Reset where there is nobody else: who runs the installation stands for both.

    Raises: AccountNotResettable.
    """
    _check_resettable(account)
    asked = CredentialReset(id=reset_id, requested_by=operator, requested_at=at)
    return _with_code(account, asked, secret, by=operator, at=at)


def begin_completion(account: Account, secret: str, *, above: int, at: datetime) -> Outcome:
    """Number one more completion; it voids those before.

    Args:
        above: the number of the attempt that set the credentials there are.

    Raises: ResetCodeInvalid.
    """
    asked, code = _open_code(account)
    if at >= code.expires_at or not matches(secret, code.secret_hash):
        raise ResetCodeInvalid
    begun = msgspec.structs.replace(code, attempt=max(code.attempt, above) + 1)
    reset = msgspec.structs.replace(asked, code=begun)
    return msgspec.structs.replace(account, credential_reset=reset), ()


def finish_completion(account: Account, attempt: int) -> Outcome:
    """Void the code by which this attempt has set new credentials. Raises: ResetCodeInvalid."""
    _, code = _open_code(account)
    if code.attempt != attempt:
        raise ResetCodeInvalid
    return msgspec.structs.replace(account, credential_reset=None, reset_reason=None), ()


def _check_resettable(account: Account) -> None:
    if not account.is_staff or not account.is_active:
        raise AccountNotResettable


def _may_go_without(account: Account, has_other_secretary: bool) -> bool:
    """Whether any two others will do: where the secretary who is locked out is the only one.

    The code is handed to who approves, so that otherwise two clerks could become secretary.
    """
    is_secretary = any(grant.role is Role.SECRETARY for grant in account.roles)
    return is_secretary and not has_other_secretary


def _with_code(
    account: Account, asked: CredentialReset, secret: str, *, by: str, at: datetime
) -> Outcome:
    code = ResetCode(
        approved_by=by,
        approved_at=at,
        secret_hash=fingerprint(secret),
        expires_at=at + CODE_LIFETIME,
    )
    reset = msgspec.structs.replace(asked, code=code)
    return msgspec.structs.replace(account, credential_reset=reset), ()


def _open_code(account: Account) -> tuple[CredentialReset, ResetCode]:
    asked = account.credential_reset
    if asked is None or asked.code is None or not account.is_active:
        raise ResetCodeInvalid
    return asked, asked.code
