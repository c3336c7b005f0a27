"""File names made from a customer's name: never a path, never another customer's file."""

import hashlib
import unicodedata

from dplmaild.channels.workbook.columns import cell_text

SUFFIX = " - Deployment log.xlsx"
TEMPLATE_NAME = f"TEMPLATE{SUFFIX}"

_FORBIDDEN = frozenset('/\\:*?"<>|')
_LONGEST = 120  # bytes; leaves room for our suffix and for the names of copies


def file_name(customer: str) -> str:
    """`CUSTOMER - Deployment log.xlsx`; a name that had to be changed gets a mark, so that two never meet."""
    customer = unicodedata.normalize("NFC", customer)
    plain = "".join("-" if c in _FORBIDDEN else c for c in full_name(customer))
    plain = " ".join(plain.split()).lstrip(".~$ ").rstrip(". ")
    plain = plain.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    if plain != customer or plain.casefold() == "template":
        mark = hashlib.sha256(customer.encode(errors="replace")).hexdigest()[:8]
        plain = f"{plain or 'Customer'} ({mark})"
    return plain + SUFFIX


def full_name(customer: str) -> str:
    """The customer's name as it stands inside the workbook."""
    return " ".join(cell_text(unicodedata.normalize("NFC", customer)).split()) or "Customer"
