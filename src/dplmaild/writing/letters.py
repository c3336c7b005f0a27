"""A letter that is owed becomes words: one content, shown by a text and an HTML layout."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from jinja2 import BaseLoader, ChoiceLoader

from dplmaild.deployment.owed import Facts, Letter, LetterKind
from dplmaild.writing.blocks import Group, LayoutError, Sort, blocks_of, groups_of
from dplmaild.writing.event_words import event_words
from dplmaild.writing.mailto import prepared_reply
from dplmaild.writing.moments import Clock
from dplmaild.writing.own import Fault, Proof, bounded, with_steps
from dplmaild.writing.phrases import FALLBACK, LANGUAGES, Phrases, Worded, layout_environment, letter_environment
from dplmaild.writing.sheet import sheet_of
from dplmaild.writing.subject import subject_of
from dplmaild.writing.wording import Wording

FOR_OPS = frozenset(  # always in English
    {
        LetterKind.TRANSCRIPT,
        LetterKind.TRIAGE,
        LetterKind.ALARM,
        LetterKind.READY,
        LetterKind.LOOKED_AGAIN,
        LetterKind.DIGEST,
    }
)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in words; text and HTML say the same."""

    subject: str
    text: str
    html: str
    not_own: str = ""  # why the templates of one's own could not word it, and those that ship did


class Tone(StrEnum):
    """The colour a letter has; nothing depends on seeing it."""

    GOOD = "good"
    ASK = "ask"
    BAD = "bad"
    PLAIN = "plain"


_TONES = {
    **dict.fromkeys(
        (
            LetterKind.CONFIRMED,
            LetterKind.CONFIRMED_AND_BINDING,
            LetterKind.BINDING,
            LetterKind.KEPT,
            LetterKind.SUCCEEDED,
        ),
        Tone.GOOD,
    ),
    **dict.fromkeys(
        (
            LetterKind.ASKED,
            LetterKind.ADOPT,
            LetterKind.OVERTAKEN,
            LetterKind.WHICH,
            LetterKind.EMPTY,
            LetterKind.OFFERED,
            LetterKind.INSTRUCTIONS_INCOMPLETE,
            LetterKind.REMINDER,
            LetterKind.COMPLETED,
            LetterKind.TEST_REMINDER,
            LetterKind.READY,
            LetterKind.TRIAGE,
            LetterKind.UNREADABLE,
        ),
        Tone.ASK,
    ),
    **dict.fromkeys(
        (
            LetterKind.CANCELLED,
            LetterKind.DECLINED,
            LetterKind.TOO_LATE,
            LetterKind.ISSUE,
            LetterKind.ROLLING_BACK,
            LetterKind.FAILED,
            LetterKind.ABORTED,
            LetterKind.ALARM,
            LetterKind.LOOKED_AGAIN,
        ),
        Tone.BAD,
    ),
}


class Letters:
    """Words letters from templates; `templates` and `overrides` are jinja2 loaders handed in from outside.

    `overrides` may hold any of the shipped files, TOML sentences also in part. They are read once, here: what is wrong
    with them is in `faults` and stays out of force. Where one's own template fails on a letter all the same, that
    letter is worded by the shipped ones. `reply_to` is the address prepared replies go to.
    `words` are what profiles call their own fields, types and rules: by language, then by the sentence's name.
    """

    def __init__(
        self,
        templates: BaseLoader,
        *,
        reply_to: str,
        overrides: BaseLoader | None = None,
        words: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._reply_to = reply_to
        shipped = letter_environment(templates, shipped=True)
        plain = {language: Phrases(shipped, language) for language in LANGUAGES}
        phrases = {language: each.with_more((words or {}).get(language, {})) for language, each in plain.items()}
        self._shipped = _Set(templates, phrases)
        proof = _proof(overrides, templates, phrases) if overrides else None
        self._own = _own_set(templates, phrases, proof) if proof else None
        self.faults: tuple[Fault, ...] = tuple(proof.faults) if proof else ()
        self.own: frozenset[str] = proof.names if proof else frozenset()  # files and sentences of one's own, in force

    def render(self, letter: Letter) -> Written:
        """The letter in words; raises DplmaildError only where the shipped templates are broken."""
        if self._own is None:
            return self._shipped.render(letter, self._reply_to)
        try:
            return self._own.render(letter, self._reply_to)
        except Exception as error:  # whatever it is: a letter in our words is better than none
            written = self._shipped.render(letter, self._reply_to)
            return replace(written, not_own=f"{type(error).__name__}: {error}")

    def render_strictly(self, letter: Letter) -> Written:
        """The letter by the customer's own templates where there are any, with their errors let through."""
        return (self._own or self._shipped).render(letter, self._reply_to)

    def load(self) -> None:
        """Have the templates ready before the first letter is owed; a broken one is told when it is used."""
        with suppress(Exception):
            (self._own or self._shipped).load()

    def event(self, facts: Facts, language: str) -> tuple[str, str]:
        """What a calendar shows of a deployment: summary and description."""
        if self._own:
            with suppress(Exception):
                return self._own.event(facts, language)
        return self._shipped.event(facts, language)

    def wording(self, language: str, ops_zone: str, zone: str) -> Wording:
        """The voice for single sentences outside a letter, on these two clocks."""
        return Wording(self.phrases(language), Clock(language, ops_zone, zone))

    def phrases(self, language: str) -> Phrases:
        """The sentences of a language as they are in force."""
        return (self._own or self._shipped).phrases[language]


def language_of(letter: Letter) -> str:
    """The language a letter is really written in: OPS reads English, and so does whose language is not offered."""
    return FALLBACK if letter.kind in FOR_OPS or letter.language not in LANGUAGES else letter.language


def _proof(own: BaseLoader, templates: BaseLoader, phrases: Mapping[str, Phrases]) -> Proof:
    from dplmaild.writing.proofs import proof_of  # noqa: PLC0415 - with samples that few desks need

    return proof_of(own, templates, phrases)


def _own_set(templates: BaseLoader, phrases: Mapping[str, Phrases], proof: Proof) -> "_Set":
    """What ships with what is good of one's own over it; the sandbox only where a template is."""
    said = {language: each.with_own(proof.sentences.get(language, {})) for language, each in phrases.items()}
    loader = ChoiceLoader([proof.loader, templates]) if proof.templates else templates
    return _Set(loader, said, own=bool(proof.templates))


class _Set:
    """Templates and sentences that belong together."""

    def __init__(self, loader: BaseLoader, phrases: Mapping[str, Phrases], *, own: bool = False) -> None:
        self._own = own
        self.phrases = phrases
        self._content = letter_environment(loader, shipped=not self._own)
        self._layouts = {
            ending: layout_environment(loader, html=ending == "html", shipped=not self._own)
            for ending in ("txt", "html")
        }

    def load(self) -> None:
        for kind in LetterKind:
            self._content.get_template(f"kinds/{kind.value}.j2")
        for ending, layout in self._layouts.items():
            layout.get_template(f"layout.{ending}")

    def render(self, letter: Letter, reply_to: str) -> Written:
        language = language_of(letter)
        facts = letter.facts
        wording = Wording(self.phrases[language], Clock(language, facts.ops_zone, facts.zone))
        subject = subject_of(
            letter.title, facts.reference, wording.say("common.subject"), answers=letter.in_reply_to is not None
        )
        worded: dict[str, object] = {
            "groups": self._groups(replace(letter, language=language), wording),
            "language": language,
            "tone": _TONES.get(letter.kind, Tone.PLAIN).value,
            "reply": lambda body: prepared_reply(reply_to, subject, body),
        }
        return Written(subject, self._shown("txt", worded), self._shown("html", worded))

    def event(self, facts: Facts, language: str) -> tuple[str, str]:
        return event_words(facts, Wording(self.phrases[language], Clock(language, facts.ops_zone, facts.zone)))

    def _shown(self, ending: str, worded: Worded) -> str:
        shown = self._layouts[ending].get_template(f"layout.{ending}").render(with_steps(worded)).strip() + "\n"
        return bounded(shown) if self._own else shown

    def _groups(self, letter: Letter, wording: Wording) -> tuple[Group, ...]:
        sheet = sheet_of(letter, wording)

        def say(name: str, **more: object) -> str:
            return wording.fill(name, {**sheet, **more})

        template = self._content.get_template(f"kinds/{letter.kind.value}.j2")
        written = template.render(with_steps({**sheet, "say": say}))
        blocks = blocks_of(bounded(written) if self._own else written)
        if not blocks or blocks[0].sort is not Sort.HEAD or blocks[0].text.startswith(":"):
            raise LayoutError("a letter begins with its state: `! CONFIRMED: {{ where }}` (SEE-1)")
        return groups_of(blocks)
