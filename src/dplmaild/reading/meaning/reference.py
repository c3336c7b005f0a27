"""Our own reference: DPL-2026-0042."""

import re

_MOST = 200_000  # characters
_REFERENCE = re.compile(r"(?<![\w-])DPL-(?:19|20)\d\d-\d{4,9}(?![\w-])", re.IGNORECASE)


def reference_in(*texts: str) -> str | None:
    """The first reference of ours in the texts, in the order given."""
    for text in texts:
        match = _REFERENCE.search(text[:_MOST]) if "DPL-" in text[:_MOST].upper() else None
        if match:
            return match[0].upper()
    return None
