"""Subject and body as plain lower-case words, for looking up phrases."""

import re

from dplmaild.reading.mime import Message

MAX_BODY = 50_000

_REPLY_PREFIX = re.compile(r"\s{0,3}(?:re|aw|sv|antw|odp|res|rv|r)\s{0,2}:\s{0,3}", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BLANKS = re.compile(r"\s+")


def subject_words(message: Message) -> str:
    """The subject on one line in lower case."""
    return _BLANKS.sub(" ", message.subject).strip().lower().replace("’", "'")


def bare_subject(message: Message) -> str:
    """The same without reply prefixes."""
    subject = subject_words(message)
    for _ in range(3):
        prefix = _REPLY_PREFIX.match(subject)
        if prefix is None:
            break
        subject = subject[prefix.end() :]
    return subject


def body_words(message: Message) -> str:
    """The body on one line in lower case, quotes and all, markup left out."""
    raw = message.text if message.text is not None else _TAGS.sub(" ", (message.html or "")[:MAX_BODY])
    return " ".join(raw[:MAX_BODY].split()).lower().replace("’", "'")
