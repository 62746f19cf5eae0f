"""What a password may be."""

import unicodedata

from residents.domain.errors import PasswordTooWeak
from residents.domain.naming import folded_username

_SHORTEST = 10
_LONGEST = 128
_FEWEST_DIFFERENT = 4

# Those of ten characters and more that lists of leaked passwords put first, and what people
# here make of the place's own name; shorter ones are refused by their length.
_COMMON = frozenset(
    {
        "0123456789", "0987654321", "1029384756", "11223344556", "1234567890",
        "12345678900", "12345678910", "123456789a", "123456789q", "1234567891",
        "147258369a", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "5201314520",
        "a123456789", "aa123456789", "abc1234567", "abc123456789", "abcd123456",
        "abcd1234567", "abcdefghij", "admin123456", "administrator", "asd123456789",
        "asdfghjkl123", "iloveyou123", "jiaowoniubi", "letmein1234", "linli123456",
        "linli12345678", "linlilinli", "p@ssw0rd123", "p@ssword123", "passw0rd123",
        "password01", "password12", "password123", "password1234", "password12345",
        "q123456789", "qaz123456789", "qazwsxedcrfv", "qq123456789", "qwer123456",
        "qwer12345678", "qwerasdfzxcv", "qwerty12345", "qwerty123456", "qwertyuiop",
        "qwertyuiop123", "shequ123456", "shijiazhuang", "w123456789", "wang123456",
        "welcome1234", "woaini1314", "woaini123456", "woaini520", "woaini5201314",
        "woaiwojia123", "z123456789", "zhang123456", "zxc123456789", "zxcvbnm123",
    }
)  # fmt: skip


def folded_password(typed: str) -> str:
    """The one spelling of a password, whichever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", typed)


def checked_password(typed: str, *, username: str) -> str:
    """A password to be set. Raises: PasswordTooWeak."""
    password = folded_password(typed)
    lowered = password.lower()
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise PasswordTooWeak
    if lowered in _COMMON or len(set(lowered)) < _FEWEST_DIFFERENT:
        raise PasswordTooWeak
    if folded_username(password) == username:
        raise PasswordTooWeak
    return password
