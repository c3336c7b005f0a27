"""Taking the readable part of a message over the size limit; the rest stays on the server."""

from dplmaild.channels.imap.link import Link
from dplmaild.channels.imap.structure import NoSkeletonError, assembled, plan, skeleton


def reduced(link: Link, uid: int, size: int, limit: int) -> tuple[bytes, tuple[str, ...]] | None:
    """A smaller valid message and what it left out; None when the message is gone."""
    try:
        body = link.structure(uid)
        if body is None:
            return None
        tree = skeleton(body)
    except NoSkeletonError:
        return _beginning(link, uid, size, limit)
    taken = plan(tree, limit)
    pieces = link.pieces(uid, taken.sections(tree))
    return None if pieces is None else (assembled(tree, pieces), taken.left_out)


def _beginning(link: Link, uid: int, size: int, limit: int) -> tuple[bytes, tuple[str, ...]] | None:
    """The first bytes as they are, for a message whose parts the server cannot name."""
    pieces = link.pieces(uid, [("", limit)])
    if pieces is None:
        return None
    return pieces.get("", b""), (f"everything after the first {limit} of {size} bytes",)
