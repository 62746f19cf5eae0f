"""Notices: what people are told of, in the app and on their phones."""

from typing import Any

from chassis.lease import Lease
from chassis.listening import Handle, Listener
from chassis.rooms import Plan, Room
from wechat.client import WeChatClient
from wechat.credentials import AppCredentials

from outreach.adapters.notices import mongo_followers, mongo_grants, mongo_notifications
from outreach.adapters.notices.identities import DerivedNoticeIdentities
from outreach.adapters.notices.mongo_followers import MongoFollowings, MongoIssueSteps
from outreach.adapters.notices.mongo_grants import MongoGrants, MongoWeChatUsers
from outreach.adapters.notices.mongo_notifications import MongoNotifications
from outreach.adapters.notices.wechat_mini_program import WeChatMiniProgram
from outreach.adapters.topics import ISSUES_EVENTS, RESIDENTS_EVENTS, VOUCHERS_EVENTS
from outreach.application.notices.fit_notices import FitNotices
from outreach.application.notices.lock_openids import LockOpenids
from outreach.application.notices.mark_notices_read import MarkNoticesRead
from outreach.application.notices.note_following import NoteFollowing
from outreach.application.notices.note_issue_step import NoteIssueStep
from outreach.application.notices.note_voucher_change import NoteVoucherChange
from outreach.application.notices.notices import Notices
from outreach.application.notices.queries import NoticeQueries
from outreach.application.notices.record_grant import RecordGrant
from outreach.application.notices.send_due_notifications import SendDueNotifications
from outreach.application.notices.send_notification import SendNotification
from outreach.bootstrap.foundation import Foundation
from outreach.bootstrap.joining import Joining
from outreach.consumers.notices.on_account_bound import AccountBound, on_account_bound
from outreach.consumers.notices.on_coordination_recorded import (
    CoordinationRecorded,
    on_coordination_recorded,
)
from outreach.consumers.notices.on_issue_acknowledged import (
    IssueAcknowledged,
    on_issue_acknowledged,
)
from outreach.consumers.notices.on_issue_assigned import IssueAssigned, on_issue_assigned
from outreach.consumers.notices.on_issue_confirmed import IssueConfirmed, on_issue_confirmed
from outreach.consumers.notices.on_issue_followed import IssueFollowed, on_issue_followed
from outreach.consumers.notices.on_issue_reopened import IssueReopened, on_issue_reopened
from outreach.consumers.notices.on_issue_resolved import IssueResolved, on_issue_resolved
from outreach.consumers.notices.on_issue_unfollowed import IssueUnfollowed, on_issue_unfollowed
from outreach.consumers.notices.on_issue_updated import IssueUpdated, on_issue_updated
from outreach.consumers.notices.on_voucher_claimed import VoucherClaimed, on_voucher_claimed
from outreach.consumers.notices.on_voucher_expired import VoucherExpired, on_voucher_expired
from outreach.consumers.notices.on_voucher_redeemed import VoucherRedeemed, on_voucher_redeemed
from outreach.consumers.notices.on_voucher_reversed import VoucherReversed, on_voucher_reversed
from outreach.settings import OutreachSettings

PLAN = Plan(indexes=(*mongo_followers.INDEXES, *mongo_notifications.INDEXES, *mongo_grants.INDEXES))


def build(foundation: Foundation, joining: Joining) -> Room[Notices]:
    """Build it; neither the store nor WeChat need be there yet."""
    settings, store, now = foundation.settings, foundation.store, foundation.now
    steps, followings = MongoIssueSteps(store), MongoFollowings(store)
    notifications, grants = MongoNotifications(store), MongoGrants(store)
    users = MongoWeChatUsers(store, foundation.person_keys)
    identities = DerivedNoticeIdentities(foundation.keyed_hash, settings.wechat_miniprogram_app_id)
    mini_program = WeChatMiniProgram(
        WeChatClient(settings.wechat_api_base_url, now),
        _credentials(settings),
        settings.template_ids(),
    )
    fit = FitNotices(notifications, grants, identities, now)
    note_issue_step = NoteIssueStep(steps, followings, notifications, identities, fit, now)
    note_following = NoteFollowing(steps, followings, notifications, identities, fit, now)
    note_voucher_change = NoteVoucherChange(notifications, identities, now)
    send_due_notifications = SendDueNotifications(
        notifications,
        SendNotification(notifications, users, grants, mini_program, foundation.tally, now),
        foundation.tally,
        now,
    )
    sending = Lease(store, "notice-sending")
    use_cases = Notices(
        record_grant=RecordGrant(joining.accounts, users, grants, mini_program, identities, now),
        mark_notices_read=MarkNoticesRead(notifications, now),
        queries=NoticeQueries(notifications, mini_program, now),
    )
    return Room(
        use_cases=use_cases,
        listeners=[
            *(Listener(ISSUES_EVENTS, *hears) for hears in _issue_listeners(note_issue_step)),
            Listener(
                RESIDENTS_EVENTS,
                AccountBound,
                on_account_bound(LockOpenids(joining.accounts, users)),
            ),
            Listener(ISSUES_EVENTS, IssueFollowed, on_issue_followed(note_following)),
            Listener(ISSUES_EVENTS, IssueUnfollowed, on_issue_unfollowed(note_following)),
            *(
                Listener(VOUCHERS_EVENTS, *hears)
                for hears in _voucher_listeners(note_voucher_change)
            ),
        ],
        background={
            "notices": lambda: sending.run_every(
                settings.notice_send_seconds, send_due_notifications
            )
        },
        stops={"mini-program": mini_program.close},
    )


def _issue_listeners(note_issue_step: NoteIssueStep) -> list[tuple[type[Any], Handle[Any]]]:
    return [
        (IssueAcknowledged, on_issue_acknowledged(note_issue_step)),
        (IssueAssigned, on_issue_assigned(note_issue_step)),
        (IssueUpdated, on_issue_updated(note_issue_step)),
        (CoordinationRecorded, on_coordination_recorded(note_issue_step)),
        (IssueResolved, on_issue_resolved(note_issue_step)),
        (IssueConfirmed, on_issue_confirmed(note_issue_step)),
        (IssueReopened, on_issue_reopened(note_issue_step)),
    ]


def _voucher_listeners(
    note_voucher_change: NoteVoucherChange,
) -> list[tuple[type[Any], Handle[Any]]]:
    return [
        (VoucherClaimed, on_voucher_claimed(note_voucher_change)),
        (VoucherRedeemed, on_voucher_redeemed(note_voucher_change)),
        (VoucherReversed, on_voucher_reversed(note_voucher_change)),
        (VoucherExpired, on_voucher_expired(note_voucher_change)),
    ]


def _credentials(settings: OutreachSettings) -> AppCredentials | None:
    app_id, secret = settings.wechat_miniprogram_app_id, settings.wechat_miniprogram_secret
    if app_id is None or secret is None:
        return None
    return AppCredentials(app_id, secret.get_secret_value())
