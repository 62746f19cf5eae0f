"""How a binding comes to be and ends. The account is the aggregate: one write each."""

import unicodedata
from collections.abc import Callable
from datetime import datetime

import msgspec

from residents.domain.account import Account
from residents.domain.events import Event
from residents.domain.logins.binding import (
    Binding,
    BindingState,
    BindingWords,
    HouseholdPlace,
    HouseholdRelation,
    VerifiedAs,
)
from residents.domain.logins.errors import (
    BindingDecided,
    BindingExists,
    BindingNotFound,
    ReasonInvalid,
    TooManyBindings,
    VerifyingOneself,
)
from residents.domain.logins.events import AccountBound, AccountUnbound
from residents.domain.naming import checked_name
from residents.domain.roles import Role, RoleGrant

MOST_BINDINGS = 5
CLOSED_KEPT = 10
_REASON_LENGTH = 200

Outcome = tuple[Account, tuple[Event, ...]]


class BindingRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says: that they live there, under this name.

    Attributes:
        name_mark: a keyed hash of the name.
    """

    binding_id: str
    place: HouseholdPlace
    relation: HouseholdRelation
    name: str
    name_mark: str


def checked_reason(typed: str) -> str:
    """A reason as it is kept. Raises: ReasonInvalid."""
    reason = unicodedata.normalize("NFC", typed).strip()
    if not 1 <= len(reason) <= _REASON_LENGTH:
        raise ReasonInvalid
    return reason


def person_key(account: Account) -> str:
    """The pseudonym of an account's person: of the resident first bound, so that people count."""
    for binding in verified_bindings(account):
        if binding.resident is not None:
            return binding.resident.person_key
    return account.own_person_key or account.id


def verified_bindings(account: Account) -> tuple[Binding, ...]:
    """Those that stand, the first verified one first."""
    standing = [each for each in account.bindings if each.is_verified]
    return tuple(sorted(standing, key=_verified_at))


def binding_of(account: Account, binding_id: str) -> Binding:
    """Raises: BindingNotFound."""
    for binding in account.bindings:
        if binding.id == binding_id:
            return binding
    raise BindingNotFound


def bound_event(account: Account, binding: Binding) -> AccountBound:
    """The fact of a binding that stands."""
    if binding.resident is None or binding.verified_at is None:
        raise BindingNotFound
    return AccountBound(
        community_id=account.community_id,
        account_id=account.id,
        person_key=person_key(account),
        resident_id=binding.resident.resident_id,
        household_id=binding.place.household_id,
        estate_id=binding.place.estate_id,
        building_id=binding.place.building_id,
        union_mark=account.union_mark,
        bound_at=binding.verified_at,
    )


def bound_events(account: Account) -> tuple[AccountBound, ...]:
    """The facts of all bindings that stand."""
    return tuple(bound_event(account, each) for each in verified_bindings(account))


def request_binding(account: Account, wanted: BindingRequest, at: datetime) -> Outcome:
    """Say where one lives; somebody has to verify it. The same id again changes nothing.

    Raises: NameInvalid; BindingExists; TooManyBindings.
    """
    name = checked_name(wanted.name)
    if any(each.id == wanted.binding_id for each in account.bindings):
        return account, ()
    open_ones = [each for each in account.bindings if each.is_open]
    if any(each.place.household_id == wanted.place.household_id for each in open_ones):
        raise BindingExists
    if len(open_ones) >= MOST_BINDINGS:
        raise TooManyBindings
    binding = Binding(
        id=wanted.binding_id,
        place=wanted.place,
        relation=wanted.relation,
        name_mark=wanted.name_mark,
        requested_at=at,
    )
    words = {**(account.binding_words or {}), binding.id: BindingWords(name)}
    return _with_bindings(account, (*account.bindings, binding), words), ()


def verify_binding(
    account: Account, binding_id: str, resident: VerifiedAs, *, by: str, at: datetime
) -> Outcome:
    """Know that the person of the account is this resident; the next token is for the estate.

    Raises: BindingNotFound; BindingDecided; VerifyingOneself.
    Emits: account.bound v1.
    """
    binding = _waiting(account, binding_id, by)
    verified = msgspec.structs.replace(
        binding,
        state=BindingState.VERIFIED,
        resident=resident,
        verified_at=at,
        decided_at=at,
        decided_by=by,
    )
    after = _replaced(account, verified)
    return after, (bound_event(after, verified),)


def refuse_binding(
    account: Account, binding_id: str, reason: str, *, by: str, at: datetime
) -> Outcome:
    """Say that it is not so, and why.

    Raises: BindingNotFound; BindingDecided; VerifyingOneself; ReasonInvalid.
    """
    binding = _waiting(account, binding_id, by)
    return _closed(account, binding, BindingState.REFUSED, reason, by=by, at=at), ()


def revoke_binding(
    account: Account, binding_id: str, reason: str, *, by: str, at: datetime
) -> Outcome:
    """End a binding, or take back a request.

    Raises: BindingNotFound; BindingDecided; ReasonInvalid.
    Emits: account.unbound v1 for one that stood, and account.bound v1 for those that still stand
        if the person is known under another pseudonym now.
    """
    binding = binding_of(account, binding_id)
    if not binding.is_open:
        raise BindingDecided
    after = _closed(account, binding, BindingState.REVOKED, reason, by=by, at=at)
    if not binding.is_verified:
        return after, ()
    unbound = AccountUnbound(account.community_id, account.id, binding.place.household_id, at)
    renamed = person_key(after) != person_key(account)
    return after, (unbound, *(bound_events(after) if renamed else ()))


def revoke_bindings_where(
    account: Account, is_to_end: Callable[[Binding], bool], reason: str, *, by: str, at: datetime
) -> Outcome:
    """End every open binding of a kind; none is no error. Emits: as `revoke_binding`."""
    events: list[Event] = []
    for binding in account.bindings:
        if binding.is_open and is_to_end(binding):
            account, emitted = revoke_binding(account, binding.id, reason, by=by, at=at)
            events.extend(emitted)
    return account, tuple(events)


def give_phone(account: Account, phone: str, phone_mark: str) -> Outcome:
    """Keep the number that WeChat vouches for."""
    return msgspec.structs.replace(account, phone=phone, phone_mark=phone_mark), ()


def join_union(account: Account, union_mark: str | None) -> Outcome:
    """Learn the mark of the unionid. Emits: account.bound v1 again, for who joins by it."""
    if union_mark is None or account.union_mark == union_mark:
        return account, ()
    after = msgspec.structs.replace(account, union_mark=union_mark)
    return after, bound_events(after)


def _waiting(account: Account, binding_id: str, by: str) -> Binding:
    binding = binding_of(account, binding_id)
    if account.id == by:
        raise VerifyingOneself
    if not binding.is_waiting:
        raise BindingDecided
    return binding


def _closed(
    account: Account, binding: Binding, state: BindingState, reason: str, *, by: str, at: datetime
) -> Account:
    closed = msgspec.structs.replace(binding, state=state, decided_at=at, decided_by=by)
    words = dict(account.binding_words or {})
    known = words.get(binding.id, BindingWords(""))
    words[binding.id] = BindingWords(known.name, checked_reason(reason))
    bindings = tuple(closed if each.id == closed.id else each for each in account.bindings)
    return _with_bindings(account, bindings, words)


def _replaced(account: Account, binding: Binding) -> Account:
    bindings = tuple(binding if each.id == binding.id else each for each in account.bindings)
    return _with_bindings(account, bindings, account.binding_words)


def _with_bindings(
    account: Account, bindings: tuple[Binding, ...], words: dict[str, BindingWords] | None
) -> Account:
    """The account with these, the oldest closed ones forgotten, and what follows from them."""
    closed = [each for each in bindings if not each.is_open]
    forgotten = {each.id for each in sorted(closed, key=_decided_at)[:-CLOSED_KEPT]}
    kept = tuple(each for each in bindings if each.id not in forgotten)
    waiting = [each for each in kept if each.is_waiting]
    return msgspec.structs.replace(
        account,
        bindings=kept,
        binding_words={id_: said for id_, said in (words or {}).items() if id_ not in forgotten},
        waiting_since=min((each.requested_at for each in waiting), default=None),
        waiting_estates=tuple(sorted({each.place.estate_id for each in waiting})),
        roles=_roles_by(account, kept),
    )


def _roles_by(account: Account, bindings: tuple[Binding, ...]) -> tuple[RoleGrant, ...]:
    """A resident of the estates where a binding stands; of nothing while there is none."""
    estates = sorted({each.place.estate_id for each in bindings if each.is_verified})
    others = [
        grant
        for grant in account.roles
        if grant.role is not Role.RESIDENT or grant.source is not None
    ]
    return (RoleGrant(Role.RESIDENT, tuple(estates)), *others)


def _verified_at(binding: Binding) -> tuple[datetime, str]:
    return binding.verified_at or binding.requested_at, binding.id


def _decided_at(binding: Binding) -> tuple[datetime, str]:
    return binding.decided_at or binding.requested_at, binding.id
