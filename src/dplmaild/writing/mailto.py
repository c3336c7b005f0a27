"""Links that open a prepared reply; nothing acts when one is merely fetched (SEE-6)."""

from urllib.parse import quote


def prepared_reply(address: str, subject: str, body: str) -> str:
    """A mailto: link (RFC 6068) to `address` with subject and body filled in."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
