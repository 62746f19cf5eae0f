"""How large a file may be."""

LARGEST_FILE_BYTES = 100_000_000
