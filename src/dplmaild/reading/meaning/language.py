"""The language of a mail: a vote of everyday words and labels."""

from collections import Counter

from dplmaild.reading.fields.entries import VOTES
from dplmaild.reading.lexicon import bare_words, lexicon

_WORDS = 400


def votes(text: str) -> Counter[str]:
    """How many everyday words of each language stand in the text; a word of two languages counts for both by half."""
    common = lexicon().common
    found: Counter[str] = Counter()
    for word in bare_words(text[: _WORDS * 10])[:_WORDS]:
        languages = common.get(word, frozenset())
        for language in languages:
            found[language] += VOTES // len(languages)
    return found


def elected(found: Counter[str], fallback: str | None) -> str:
    """The language with the most votes; at a tie or without votes the fallback, else English."""
    most = max(found.values(), default=0)
    tied = {language for language, count in found.items() if count == most}
    if len(tied) == 1:
        return next(iter(tied))
    if fallback and (not tied or fallback in tied):
        return fallback
    return min(tied) if tied and "en" not in tied else "en"
