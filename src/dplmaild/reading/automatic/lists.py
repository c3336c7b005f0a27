"""Mail of mailing lists and newsletters; a group through which people write to us is none of them."""

from dplmaild.reading.automatic.signs import precedence
from dplmaild.reading.mime import Message

_OF_A_SENDING_SERVICE = ("Feedback-ID", "List-Unsubscribe-Post", "X-Campaign", "X-CampaignID", "X-Mailer-RecptId")


def is_list(message: Message, own_addresses: frozenset[str], *, known_sender: bool) -> bool:
    """Whether a list or a newsletter brought it.

    A list that is our own address is only the door people's mail came through. Likewise a group (its posts come back
    to it, or it has a name) when somebody of our directory wrote: MSG-3 means lists, not what a release manager asks.
    """
    names = (message.header("List-Id"), message.header("List-Post"))
    posted = " ".join(name for name in names if name).lower()
    if posted:
        ours = any(own in posted or own.replace("@", ".") in posted for own in own_addresses - {""})
        return not ours and not (known_sender and not _is_sent_in_bulk(message))
    return precedence(message) == "list" or message.header("List-Unsubscribe") is not None


def _is_sent_in_bulk(message: Message) -> bool:
    """A newsletter: nobody can post to it, or a sending service carries it."""
    post = (message.header("List-Post") or "").strip().lower()
    closed = post.startswith("no") or (not post and precedence(message) in ("bulk", "junk"))
    return closed or any(message.header(name) is not None for name in _OF_A_SENDING_SERVICE)
