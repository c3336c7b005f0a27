"""The digest in words: what is due, who waits for whom, what went wrong; short enough for a phone."""

from collections.abc import Iterable
from datetime import datetime

from dplmaild.deployment.status import Awaited, Digest, Party, Status, Undelivered
from dplmaild.writing.clean import one_line
from dplmaild.writing.status import (
    Section,
    labels,
    on_its_clock,
    place_of,
    state_of,
    waiting_in_words,
)
from dplmaild.writing.wording import Wording

_OURS, _OTHERS = (Party.MANAGER, Party.OPS), (Party.ATTENDANT, Party.PARTNER)


def digest_in_words(digest: Digest, wording: Wording) -> list[Section]:
    """The sections that have something to say, what waits for OPS first."""
    ours, others = (_waiting(digest, wording, parties) for parties in (_OURS, _OTHERS))
    whole = (
        *ours,
        *_held(digest, wording),
        *_trouble(digest, wording),
        *_days(digest, wording),
        *others,
        *_notes(digest, wording),
    )
    more, found = dict(digest.more), []
    for name, title, lines in whole:
        left_out = [wording.say("ops.digest.more", count=more[name])] if more.get(name) else []
        if lines:
            found.append((title, [*lines, *left_out]))
    return found


def summary_of(digest: Digest, wording: Wording) -> str:
    """The digest in one sentence."""
    if not digest.says_something:
        return wording.say("ops.digest.nothing")
    parties = [each.party for status in _all(digest) for each in status.calls(digest.at)]
    ours = sum(party in _OURS for party in parties)
    counts = {"today": len(digest.due_today), "next": len(digest.due_next)}
    return wording.say("ops.digest.summary", **counts, ops=ours, others=len(parties) - ours)


def _all(digest: Digest) -> tuple[Status, ...]:
    return (*digest.due_today, *digest.due_next, *digest.waiting)


Named = tuple[str, str, list[str]]  # the list of the digest, a title, lines


def _days(digest: Digest, wording: Wording) -> Iterable[Named]:
    clock = wording.clock
    today = wording.say("ops.digest.today", day=clock.day(digest.today))
    following = wording.say("ops.digest.next", day=clock.day(digest.next_day))
    yield "due_today", today, [_due(each, wording, day=False) for each in digest.due_today]
    yield "due_next", following, [_due(each, wording, day=True) for each in digest.due_next]


def _due(status: Status, wording: Wording, *, day: bool) -> str:
    """One deployment of a day; what would keep it from starting is named."""
    own = on_its_clock(status.zone, wording)
    hours = "" if status.slot is None else own.clock.window(status.slot) if day else own.clock.hours(status.slot)
    open_ = own.listed(tuple(each.name for each in status.ready if not each.met))
    return own.say("ops.digest.due", hours=hours, place=place_of(status, own), state=state_of(status, own), open=open_)


def _waiting(digest: Digest, wording: Wording, parties: tuple[Party, ...]) -> Iterable[Named]:
    """Whose turn it is; a deployment that waits for two stands twice."""
    for party in parties:
        lines = [line for status in _all(digest) for line in _waits_for(status, party, digest, wording)]
        yield "waiting" if party is Party.PARTNER else "", wording.say(f"ops.digest.waits_{party.value}"), lines


def _waits_for(status: Status, party: Party, digest: Digest, wording: Wording) -> Iterable[str]:
    own = on_its_clock(status.zone, wording)
    for waiting in status.calls(digest.at):
        if waiting.party is party and waiting.awaited is not Awaited.RESUMPTION:  # a hold stands by itself
            owed = waiting.awaited is Awaited.INSTRUCTIONS
            lacks = {Awaited.INSTRUCTIONS: status.missing, Awaited.OWN_LINES: status.own_missing}
            yield own.say(
                "ops.digest.waiting",
                **waiting_in_words(waiting, own),
                place=place_of(status, own),
                missing=labels(lacks.get(waiting.awaited, ()), own),
                cancels=owed and status.cancels and status.deadline is not None,
                since=_day(status.since, own),
            )


def _notes(digest: Digest, wording: Wording) -> Iterable[Named]:
    since = _day(digest.since, wording)
    overridden = [
        wording.say(
            "ops.digest.overridden_line",
            reference=status.reference, rule=each.rule, by=each.by, reason=each.reason,
        )
        for status in digest.overridden
        for each in status.overrides
        if each.at >= digest.since
    ]  # fmt: skip
    yield "overridden", wording.say("ops.digest.overridden", since=since), overridden
    came_in = [wording.say("ops.digest.came_in_line", outcome=name, count=count) for name, count in digest.came_in]
    yield "came_in", wording.say("ops.digest.came_in", since=since), came_in
    unsaid = [
        wording.say(
            "ops.digest.unsaid_line",
            to=wording.listed(each.to), first_line=each.first_line, answers=each.answers,
        )
        for each in digest.unsaid
    ]  # fmt: skip
    yield "unsaid", wording.say("ops.digest.unsaid"), unsaid


def _held(digest: Digest, wording: Wording) -> Iterable[Named]:
    yield "held", wording.say("ops.digest.held"), [_held_line(each, wording) for each in digest.held]


def _held_line(status: Status, wording: Wording) -> str:
    own = on_its_clock(status.zone, wording)
    until = own.clock.moment(status.hold_until) if status.hold_until else None
    return own.say("ops.digest.held_line", place=place_of(status, own), hold=status.hold, hold_until=until)


def _trouble(digest: Digest, wording: Wording) -> Iterable[Named]:
    since = _day(digest.since, wording)
    looked = [
        wording.say(
            "ops.digest.looked_line",
            number=each.number, sender=each.sender, subject=each.subject or "-", why=each.why,
        )
        for each in digest.looked
    ]  # fmt: skip
    yield "looked", wording.say("ops.digest.looked", since=since), looked
    undelivered = [_undelivered(each, wording) for each in digest.undelivered]
    yield "undelivered", wording.say("ops.digest.undelivered"), undelivered
    yield "unread", wording.say("ops.digest.unread"), [one_line(each) for each in digest.unread]
    yield "unknown", wording.say("ops.digest.unknown"), [wording.listed(digest.unknown)] if digest.unknown else []


def _undelivered(each: Undelivered, wording: Wording) -> str:
    what = each.what.replace("_", " ")
    return wording.say(
        "ops.digest.undelivered_line",
        what=what, reference=each.reference, to=wording.listed(each.to), state=each.state, note=each.note,
    )  # fmt: skip


def _day(moment: datetime | None, wording: Wording) -> str | None:
    return wording.clock.day(wording.clock.local(moment).date()) if moment else None
