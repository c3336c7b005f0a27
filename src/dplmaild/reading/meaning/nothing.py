"""Answers without an answer: an empty reply, a signature or a picture alone, our form sent back as it was."""

import re
from collections.abc import Iterator

from dplmaild.deployment.said import Place
from dplmaild.reading.fields import Sentence, sentence
from dplmaild.reading.lexicon import lexicon, squeeze
from dplmaild.reading.meaning.hints import Expecting
from dplmaild.reading.values import is_placeholder

_LABELLED = re.compile(r"^\W{0,4}([^\n:]{2,60}):(.{0,60})$")
_SIGNED = re.compile(r"\s{0,9}-- ?\n")  # a signature, and no word above it
_FEW = 12  # lines
_POLITE = ("thanks", "greeting", "assent", "handed_over")


def says_nothing(text: str, expecting: Expecting) -> bool:
    """Whether a reply's own words hold no word of an answer.

    `Here it is.` or `ok` is none only where we wait for one, and a form only where no line of it is filled in.
    """
    if not text.strip() or _SIGNED.match(text):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > _FEW or not any(sign.isalnum() for sign in text):
        return False
    said = [line for line in lines if not _is_unfilled(line)]
    sentences = [sentence(line, Place("body")) for line in said]
    if not all(_is_courtesy(one) for one in sentences):
        return False
    handed = any(one.scan.has("assent", "handed_over") for one in sentences)
    return len(said) < len(lines) or (handed and expecting.answer)


def _is_unfilled(line: str) -> bool:
    """A line of a form that stands as we sent it, or with something that only holds its place."""
    match = _LABELLED.match(line.strip())
    return match is not None and squeeze(match[1]) in lexicon().labels and is_placeholder(match[2])


def _is_courtesy(said: Sentence) -> bool:
    """Whether every word is one of thanks, greeting, assent or handing over, or it is a name below them."""
    tokens = said.scan.tokens
    return (said.text.istitle() and len(tokens) <= 2) or len(set(_polite(said))) == len(tokens)


def _polite(said: Sentence) -> Iterator[int]:
    for hit in (hit for name in _POLITE for hit in said.scan.of(name) if hit.group == name):
        yield from range(hit.first, hit.last + 1)
