"""What this service can do, on one page."""

from dataclasses import dataclass

from residents.application.activate_staff_account import ActivateStaffAccount
from residents.application.attempt_limits import AttemptLimits
from residents.application.create_community import CreateCommunity
from residents.application.create_staff_account import CreateStaffAccount
from residents.application.credential_check import CredentialCheck
from residents.application.disable_staff_account import DisableStaffAccount
from residents.application.end_sessions_of_account import EndSessionsOfAccount
from residents.application.invitation_code import InvitationSecret
from residents.application.log_in_staff import LogInStaff
from residents.application.log_out import LogOut
from residents.application.ports import (
    AccessTokens,
    Accounts,
    AttemptCounts,
    Communities,
    EstateRegister,
    Logins,
    NewSecret,
    Now,
    Passwords,
    Sessions,
    TotpCodes,
)
from residents.application.queries import Queries
from residents.application.refresh_session import RefreshSession
from residents.application.revoke_session import RevokeSession
from residents.application.start_session import StartSession
from residents.application.tell_roles import TellRoles
from residents.application.token_pair import TokenPairs
from residents.application.username_reservation import UsernameReservations


@dataclass(frozen=True, kw_only=True)
class Ports:
    """What the use cases share."""

    communities: Communities
    accounts: Accounts
    logins: Logins
    attempts: AttemptCounts
    sessions: Sessions
    passwords: Passwords
    totp: TotpCodes
    access_tokens: AccessTokens
    estates: EstateRegister
    invitation_secret: InvitationSecret
    new_secret: NewSecret
    now: Now


class Residents:
    """Accounts, staff logins and sessions; the other rooms have facades of their own."""

    def __init__(self, ports: Ports) -> None:
        self.reservations = reservations = UsernameReservations(ports.logins, ports.now)
        self.limits = limits = AttemptLimits(ports.attempts, ports.now)
        token_pairs = TokenPairs(ports.access_tokens)

        self.queries = Queries(ports.communities, ports.accounts, ports.sessions, ports.now)
        self.create_community = CreateCommunity(
            ports.communities,
            ports.accounts,
            ports.logins,
            reservations,
            ports.passwords,
            ports.totp,
            ports.now,
        )
        self.create_staff_account = CreateStaffAccount(
            ports.accounts, reservations, ports.estates, ports.invitation_secret, ports.now
        )
        self.activate_staff_account = ActivateStaffAccount(
            ports.accounts, ports.logins, ports.passwords, ports.totp, ports.now
        )
        self.disable_staff_account = DisableStaffAccount(ports.accounts, ports.now)
        self.check = CredentialCheck(ports.passwords, ports.totp, ports.now)
        self.start_session = StartSession(ports.sessions, token_pairs, ports.new_secret, ports.now)
        self.log_in_staff = LogInStaff(
            ports.logins, ports.accounts, self.check, limits, self.start_session
        )
        self.refresh_session = RefreshSession(
            ports.sessions, ports.accounts, token_pairs, ports.new_secret, ports.now
        )
        self.log_out = LogOut(ports.sessions, ports.now)
        self.revoke_session = RevokeSession(ports.sessions, ports.now)
        self.tell_roles = TellRoles(ports.accounts, ports.now)
        self.end_sessions_of_account = EndSessionsOfAccount(ports.sessions)
