"""What can go wrong with the books."""


class Unbalanced(Exception):
    """The legs of an entry do not come to zero: a fault of this program, nothing is posted."""
