"""What this room can do, on one page."""

from dataclasses import dataclass

from residents.application.end_sessions_of_account import EndSessionsOfAccount
from residents.application.logins.approve_credential_reset import ApproveCredentialReset
from residents.application.logins.bindings_in_reach import BindingsInReach
from residents.application.logins.bound_accounts import ClaimedAccounts
from residents.application.logins.change_password import ChangePassword
from residents.application.logins.complete_credential_reset import CompleteCredentialReset
from residents.application.logins.end_bindings import EndBindings
from residents.application.logins.end_other_sessions import EndOtherSessions
from residents.application.logins.give_phone_number import GivePhoneNumber
from residents.application.logins.list_credential_resets import ListCredentialResets
from residents.application.logins.list_sessions import ListSessions
from residents.application.logins.list_staff_invitations import ListStaffInvitations
from residents.application.logins.log_in_with_wechat import LogInWithWeChat
from residents.application.logins.ports import (
    ArchivePeople,
    MiniProgram,
    Pseudonyms,
    ResidentClaims,
    WeChatIdentities,
    WeChatUnions,
)
from residents.application.logins.prove_oneself import AttemptsKey, ProveOneself
from residents.application.logins.refuse_binding import RefuseBinding
from residents.application.logins.reissue_invitation import ReissueInvitation
from residents.application.logins.replace_totp import ReplaceTotp
from residents.application.logins.request_binding import RequestBinding
from residents.application.logins.request_credential_reset import RequestCredentialReset
from residents.application.logins.reset_by_operator import ResetByOperator
from residents.application.logins.revoke_binding import RevokeBinding
from residents.application.logins.revoke_other_sessions import RevokeOtherSessions
from residents.application.logins.settle_bound_resident import SettleBoundResident
from residents.application.logins.verify_binding import VerifyBinding
from residents.application.logins.waiting_bindings import ListWaitingBindings
from residents.application.logins.wechat_people import WeChatPeople
from residents.application.logins.withdraw_invitation import WithdrawInvitation
from residents.application.privacy.ports import AuditTrail, ConsentGiven
from residents.application.residents import Ports, Residents


@dataclass(frozen=True, kw_only=True)
class LoginsPorts:
    """What these use cases need beside the ports of accounts and sessions."""

    identities: WeChatIdentities
    unions: WeChatUnions
    claims: ResidentClaims
    mini_program: MiniProgram
    archive: ArchivePeople
    consent_given: ConsentGiven
    audit: AuditTrail
    pseudonyms: Pseudonyms
    attempts_key: AttemptsKey


class LoginsRoom:
    """WeChat logins, bindings, invitations, resets, sessions."""

    def __init__(self, shared: Ports, own: LoginsPorts, residents: Residents) -> None:
        accounts, now, pseudonyms = shared.accounts, shared.now, own.pseudonyms
        in_reach = BindingsInReach(accounts)
        end_others = EndOtherSessions(shared.sessions, now)
        self.bound_accounts = ClaimedAccounts(accounts, own.claims, pseudonyms)

        self.log_in_with_wechat = LogInWithWeChat(
            shared.communities,
            accounts,
            own.mini_program,
            WeChatPeople(own.identities, own.unions, pseudonyms),
            pseudonyms,
            residents.limits,
            residents.start_session,
            now,
        )
        self.give_phone_number = GivePhoneNumber(accounts, own.mini_program, pseudonyms)

        self.request_binding = RequestBinding(
            accounts, own.archive, own.consent_given, pseudonyms, now
        )
        self.bindings_to_verify = ListWaitingBindings(accounts, own.archive)
        self.verify_binding = VerifyBinding(
            accounts, in_reach, own.claims, own.archive, pseudonyms, now
        )
        self.refuse_binding = RefuseBinding(accounts, in_reach, now)
        self.revoke_binding = RevokeBinding(accounts, in_reach, now)
        self.settle_bound_resident = SettleBoundResident(accounts, own.archive)
        self.end_bindings = EndBindings(accounts, self.bound_accounts, own.archive, now)

        self.staff_invitations = ListStaffInvitations(accounts)
        self.reissue_invitation = ReissueInvitation(
            accounts, residents.reservations, shared.invitation_secret, now
        )
        self.withdraw_invitation = WithdrawInvitation(accounts, residents.reservations, now)

        self.credential_resets = ListCredentialResets(accounts)
        self.request_credential_reset = RequestCredentialReset(accounts, own.audit, now)
        self.approve_credential_reset = ApproveCredentialReset(accounts, pseudonyms, own.audit, now)
        self.reset_by_operator = ResetByOperator(
            accounts, shared.logins, pseudonyms, own.audit, now
        )
        self.complete_credential_reset = CompleteCredentialReset(
            accounts,
            shared.logins,
            shared.passwords,
            shared.totp,
            own.audit,
            EndSessionsOfAccount(shared.sessions),
            now,
        )
        prove = ProveOneself(
            accounts, shared.logins, residents.check, residents.limits, own.attempts_key
        )
        self.change_password = ChangePassword(prove, shared.logins, shared.passwords, end_others)
        self.replace_totp = ReplaceTotp(prove, shared.logins, shared.totp, end_others)

        self.sessions = ListSessions(accounts, shared.sessions, now)
        self.revoke_other_sessions = RevokeOtherSessions(end_others)
