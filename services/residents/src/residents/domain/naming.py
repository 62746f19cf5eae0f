"""What a name may be."""

import re
import unicodedata

from residents.domain.errors import NameInvalid, UsernameInvalid

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")
_NAME_LENGTH = 50


def folded_username(typed: str) -> str:
    """The one spelling of a username, however it was typed; it need not be a valid one."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def checked_username(typed: str) -> str:
    """A username to give to somebody. Raises: UsernameInvalid."""
    username = folded_username(typed)
    if not _USERNAME.fullmatch(username):
        raise UsernameInvalid
    return username


def checked_name(typed: str) -> str:
    """A person's or community's name as it will be shown. Raises: NameInvalid."""
    name = unicodedata.normalize("NFC", typed).strip()
    if not 1 <= len(name) <= _NAME_LENGTH or not name.isprintable():
        raise NameInvalid
    return name
