"""By what residents and outreach both know a WeChat user."""

from chassis.encryption import LookupHash

KIND = "wechat.unionid"


class SharedUnionMarks:
    """A hash under a key that the two services share, for this and for nothing else."""

    def __init__(self, union_hash: LookupHash) -> None:
        self._union_hash = union_hash

    def __call__(self, unionid: str) -> str:
        """A keyed hash of a unionid."""
        return self._union_hash(KIND, unionid)
