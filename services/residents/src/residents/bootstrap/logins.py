"""WeChat logins, bindings to households, resets, sessions listed."""

from chassis.ids import derived_id
from chassis.listening import Listener
from chassis.rooms import Plan
from wechat.client import WeChatClient
from wechat.credentials import AppCredentials

from residents.adapters.logins import mongo_identities
from residents.adapters.logins.archived_people import ArchivedPeople
from residents.adapters.logins.mongo_identities import (
    MongoResidentClaims,
    MongoWeChatIdentities,
    MongoWeChatUnions,
    identity_codec,
)
from residents.adapters.logins.wechat_mini_program import WeChatMiniProgram
from residents.application.logins.logins import LoginsPorts, LoginsRoom
from residents.application.logins.personal_data import (
    PersonalBindings,
    PersonalSessions,
    PersonalWeChatLogins,
)
from residents.application.privacy.ports import AuditTrail
from residents.bootstrap.archive import ArchiveRoom
from residents.bootstrap.bound_accounts import bound_accounts, pseudonyms
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.identity import Identity
from residents.bootstrap.privacy import consent_given
from residents.bootstrap.room import Room
from residents.consumers.bindings_on_consent_withdrawn import (
    ConsentWithdrawn,
    bindings_on_consent_withdrawn,
)
from residents.consumers.bindings_on_resident_moved import ResidentMoved, bindings_on_resident_moved
from residents.consumers.residents_on_account_bound import AccountBound, residents_on_account_bound
from residents.domain.events import SERVICE_TOPIC
from residents.settings import ResidentsSettings

PLAN = Plan(indexes=mongo_identities.INDEXES)


def build(
    foundation: Foundation, identity: Identity, archive: ArchiveRoom, audit: AuditTrail
) -> Room[LoginsRoom]:
    """Build it; neither the store nor WeChat need be there yet."""
    settings, store = foundation.settings, foundation.store
    client = WeChatClient(settings.wechat_api_base_url, foundation.now)
    mini_program = WeChatMiniProgram(client, _credentials(settings))
    identities = MongoWeChatIdentities(store, codec=identity_codec(foundation.person_keys))
    own = LoginsPorts(
        identities=identities,
        unions=MongoWeChatUnions(store),
        claims=MongoResidentClaims(store),
        mini_program=mini_program,
        archive=ArchivedPeople(archive.reading, archive.enter_person),
        consent_given=consent_given(foundation, bound_accounts(foundation)),
        audit=audit,
        pseudonyms=pseudonyms(foundation),
        attempts_key=lambda username: derived_id(
            "attempts", foundation.keyed_hash("login.username", username)
        ),
    )
    use_cases = LoginsRoom(identity.ports, own, identity.room.use_cases)
    end_bindings = use_cases.end_bindings
    return Room(
        use_cases=use_cases,
        listeners=[
            Listener(
                SERVICE_TOPIC,
                AccountBound,
                residents_on_account_bound(use_cases.settle_bound_resident),
            ),
            Listener(SERVICE_TOPIC, ConsentWithdrawn, bindings_on_consent_withdrawn(end_bindings)),
            Listener(SERVICE_TOPIC, ResidentMoved, bindings_on_resident_moved(end_bindings)),
        ],
        stops={"wechat": mini_program.close},
        personal_data=[
            PersonalBindings(identity.ports.accounts),
            PersonalWeChatLogins(identity.ports.accounts, identities),
            PersonalSessions(identity.ports.sessions),
        ],
    )


def _credentials(settings: ResidentsSettings) -> AppCredentials | None:
    app_id, secret = settings.wechat_miniprogram_app_id, settings.wechat_miniprogram_secret
    if app_id is None or secret is None:
        return None
    return AppCredentials(app_id, secret.get_secret_value())
