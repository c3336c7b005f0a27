"""Plays a story: lets things happen at their moments, and holds every letter that goes out against the story."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import format_datetime, parsedate_to_datetime

from journeys.cast import cast
from journeys.outbox import Sent
from journeys.stage import Stage
from journeys.story import Act, Letter, Step, Story, Way

_TAG = re.compile(r"\[(DPL-\d{4}-\d{4})\]")
_SECOND = timedelta(seconds=1)
_SERVICE_DESK = "Service Desk <servicedesk@example.org>"


class StoryFailed(AssertionError):  # noqa: N818 - it is what a test's failure says
    """What went otherwise than told, with the line of the story and everything that did go out."""


@dataclass
class Conversation:
    """A thread or ticket under its first subject."""

    subject: str
    ids: list[str] = field(default_factory=list)  # Message-IDs of what was written to the desk
    letters: list[Sent] = field(default_factory=list)

    @property
    def references(self) -> tuple[str, ...]:
        """The deployments that its letters name."""
        found = (tag for sent in self.letters if (tag := reference_of(sent)))
        return tuple(dict.fromkeys(found))

    def last_letter(self, reference: str) -> Sent | None:
        """The newest mail of the desk here, about one deployment where it is named."""
        mails = [sent for sent in self.letters if sent.mail and (not reference or reference_of(sent) == reference)]
        return mails[-1] if mails else None


def reference_of(sent: Sent) -> str:
    """The deployment that a letter is about; empty for one that is about none."""
    match = _TAG.search(subject_of(sent.mail)) if sent.mail else None
    return match[1] if match else ""


def subject_of(mail: Message) -> str:
    """A subject as people read it."""
    return " ".join(str(make_header(decode_header(str(mail["Subject"])))).split())


@dataclass
class Player:
    """One story on its stage, in one of the ways."""

    story: Story
    stage: Stage
    way: Way
    talks: dict[str, Conversation] = field(default_factory=dict)
    current: str = ""
    last: Step | None = None
    count: int = 0

    def play(self) -> None:
        """Everything until the end; raises StoryFailed at the first thing that goes otherwise."""
        for step in self.story.steps:
            self._pass_time(step)
            self._happen(step)
            self._go(waits=step.act is Act.PASSES)
            self._compare(step)

    def _go(self, *, waits: bool = True) -> None:
        """Whatever there is to do now; a deadline waits until all mail up to it was read, so until a second later."""
        self.stage.go()
        if waits and self.stage.due_before(self.stage.clock.now + _SECOND):
            self.stage.clock.now += _SECOND
            self.stage.go()

    def _pass_time(self, step: Step) -> None:
        """Timers fire at their own moments, as in a desk that runs; what goes out then the story has to mention."""
        while due := self.stage.due_before(step.at):
            self.stage.clock.now = due
            self._go()
            sent, notes = self.stage.gone_out()
            sent = tuple(one for one in sent if not _goes_without_saying(one))
            if sent or notes:
                raise self._failed(
                    step.line, f"not mentioned, at {due.astimezone(step.at.tzinfo):%a %Y-%m-%d %H:%M}", sent, notes
                )
        self.stage.clock.now = step.at.astimezone(UTC)

    def _happen(self, step: Step) -> None:
        match step.act:
            case Act.PASSES:
                pass
            case Act.DOWN:
                self.stage.down()
            case Act.UP:
                self.stage.up()
            case Act.AGAIN | Act.OTHER_WAY:
                self._same_again(step)
            case Act.WRITES:
                self.current, self.last = step.subject, step
                self.talks[step.subject] = Conversation(step.subject)
                self._say(step, self.way)
            case Act.REPLIES | Act.ORDERS:
                self.current, self.last = self._about(step), step
                self._say(step, self.way)

    def _about(self, step: Step) -> str:
        """The conversation that a reply or an order belongs to."""
        if step.about in self.talks:
            return step.about
        named = [talk.subject for talk in self.talks.values() if step.about in talk.references]
        if step.about and not named:
            raise self._failed(step.line, f"there is no conversation or deployment {step.about} yet", (), ())
        return named[0] if named else self.current

    def _same_again(self, step: Step) -> None:
        """The last words of somebody once more, the same way or the other one."""
        if self.last is None or self.last.who != step.who:
            raise self._failed(step.line, f"{step.who} wrote nothing just before", (), ())
        other = Way.TICKET if self.way is Way.MAIL else Way.MAIL
        self._say(self.last, other if step.act is Act.OTHER_WAY else self.way)

    def _say(self, step: Step, way: Way) -> None:
        talk = self.talks[self.current]
        reference = step.about if step.about in talk.references else ""
        if way is Way.TICKET:
            title = f"Re: {talk.subject} [{reference}]" if reference else None
            self.stage.post_article(talk.subject, step.who, step.text, title)
        else:
            self.stage.deliver(self._mail(step, talk, reference))

    def _mail(self, step: Step, talk: Conversation, reference: str) -> bytes:
        """The mail as our border server hands it on; a reply goes under the desk's last letter, which it quotes."""
        self.count += 1
        person = cast()[step.who]
        domain = person.address.rpartition("@")[2]
        mail = EmailMessage()
        mail["Authentication-Results"] = f"mx.example.org; dmarc=pass header.from={domain}"
        mail["From"], mail["To"] = f"{person.name} <{person.address}>", _SERVICE_DESK
        mail["Date"] = format_datetime(step.sent or step.at)
        mail["Message-ID"] = f"<{self.story.name}-{self.count}@{domain}>"
        letter = None if step.act is Act.WRITES else talk.last_letter(reference)
        if letter is not None and letter.mail is not None:
            mail["Subject"] = subject_of(letter.mail)
            mail["In-Reply-To"] = str(letter.mail["Message-ID"])
            mail["References"] = " ".join(f"{letter.mail['References'] or ''} {letter.mail['Message-ID']}".split())
        elif step.act is Act.WRITES:
            mail["Subject"] = talk.subject
        else:
            mail["Subject"], mail["In-Reply-To"], mail["References"] = f"Re: {talk.subject}", talk.ids[-1], talk.ids[-1]
        quote = f"\n\n{_quoted(letter)}" if letter is not None and step.act is Act.REPLIES else ""
        mail.set_content(step.text + quote + "\n")
        talk.ids.append(str(mail["Message-ID"]))
        return mail.as_bytes()

    def _compare(self, step: Step) -> None:
        """Every letter of this step is in the story, and the other way round."""
        sent, notes = self.stage.gone_out()
        left = list(sent)
        for letter in (letter for letter in step.letters if letter.only in {None, self.way}):
            left.remove(self._found(letter, left, sent))
        if step.act is Act.ORDERS and self.way is Way.TICKET:
            notes = self._answered_below(step, notes)
        elif step.act is Act.ORDERS:
            left.remove(self._transcript(step, left, sent))
        if left := [one for one in left if not _goes_without_saying(one)]:
            raise self._failed(step.line, "not mentioned", left, ())
        self._compare_notes(step, notes)
        if self.current:
            self.talks[self.current].letters += [one for one in sent if cast()["OPS"].name not in one.to]
        for one in sent:
            self._well_formed(step, one)

    def _found(self, letter: Letter, left: list[Sent], sent: tuple[Sent, ...]) -> Sent:
        """The letter that is meant: its receivers and first line are as told, and its words stand in it."""
        alike = [one for one in left if _same(one.to, letter.to) and _same(one.copy, letter.copy)]
        exact = [one for one in alike if one.first == letter.first]
        if not exact:
            raise self._failed(
                letter.line, f"no letter to {', '.join(letter.to)} that begins with: {letter.first}", sent, ()
            )
        for one in exact:
            if self._lacking(letter, one) is None:
                return one
        raise self._failed(letter.line, self._lacking(letter, exact[0]) or "", exact, ())

    def _lacking(self, letter: Letter, one: Sent) -> str | None:
        """What stands in the way of taking a letter for the one that was told; None where nothing does."""
        if self.way is Way.TICKET and not _same(one.also_on, letter.also_on):
            return f"it stands also on {', '.join(one.also_on) or 'no other ticket'}"
        return _lacking(letter, one)

    def _transcript(self, step: Step, left: list[Sent], sent: tuple[Sent, ...]) -> Sent:
        """The answer to OPS's commands: each line with what became of it."""
        found = next((one for one in left if one.to == (step.who,) and one.first.startswith("COMMANDS: ")), None)
        if found is None:
            raise self._failed(step.line, f"{step.who} got no answer to the orders", sent, ())
        self._compare_answers(step, found.words)
        return found

    def _answered_below(self, step: Step, notes: tuple[str, ...]) -> tuple[str, ...]:
        """The same below the note in which they were given, where only OPS reads; what is left are other notes."""
        found = next((note for note in notes if note.startswith("COMMANDS: ")), None)
        if found is None:
            raise self._failed(step.line, f"{step.who} got no answer below the orders", (), notes)
        self._compare_answers(step, found)
        return tuple(note for note in notes if note is not found)

    def _compare_answers(self, step: Step, words: str) -> None:
        for line, answer in zip(step.text.splitlines(), step.answers, strict=True):
            told = f"{line}: {'done' if answer.done else 'not done'}"
            if told not in words or answer.words not in words:
                raise self._failed(answer.line, f"expected: {told} {answer.words}", (), (words,))

    def _compare_notes(self, step: Step, notes: tuple[str, ...]) -> None:
        wanted = [note for note in step.notes if note.only in {None, self.way}]
        told = all(any(note.words in words for words in notes) for note in wanted)
        if len(wanted) != len(notes) or not told:
            raise self._failed(step.line, "the notes on the ticket are others", (), notes)

    def _well_formed(self, step: Step, one: Sent) -> None:
        """What holds for every letter: marked as ours, once to everybody, and on the ticket where there is one."""
        if one.twice:
            raise self._failed(step.line, f"written to {', '.join(one.twice)} by Zammad and by us (MSG-9)", (one,), ())
        if one.mail is not None and not str(one.mail["Auto-Submitted"]).startswith("auto-"):
            raise self._failed(step.line, "not marked as automatic (SEE-9)", (one,), ())
        outside = any(name in cast() and not cast()[name].of_ops for name in one.to)
        if self.way is Way.TICKET and outside and not one.tickets:
            raise self._failed(step.line, "not on the ticket (RUN-6)", (one,), ())

    def _failed(self, line: int, what: str, sent: Sequence[Sent], notes: tuple[str, ...]) -> StoryFailed:
        letters = "\n".join(str(one) for one in sent)
        told = [f"{self.story.path.name}:{line} (by {self.way.value}): {what}", letters, *(f"Note: {n}" for n in notes)]
        return StoryFailed("\n".join(part for part in told if part))


def _lacking(letter: Letter, one: Sent) -> str | None:
    """The words that are missing, or too much; None where there are none."""
    for words in letter.words:
        if " ".join(words.split()) not in one.words:
            return f"words that do not stand in the letter: {words}"
    for words in letter.absent:
        if " ".join(words.split()) in one.words:
            return f"words that must not stand in the letter: {words}"
    return None


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return sorted(one) == sorted(other)


def _quoted(letter: Sent) -> str:
    """The letter under the reply, as mail programs put it there."""
    sent = parsedate_to_datetime(str(letter.mail["Date"])) if letter.mail is not None else None
    head = f"On {sent:%a, %d %b %Y at %H:%M}, {_SERVICE_DESK} wrote:" if sent else ""
    return "\n".join([head, *(f"> {line}".rstrip() for line in letter.text.splitlines())])


def _goes_without_saying(one: Sent) -> bool:
    """Before every start OPS reads that it is ready; a story has to mention only one that is not."""
    return one.to == (cast()["OPS"].name,) and one.first.startswith("READY TO START: ")
