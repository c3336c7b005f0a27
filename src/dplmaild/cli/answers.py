"""What a command answers, for people and as JSON; documented in docs/operating.md."""

import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from dplmaild.cli.context import Room, print_json
from dplmaild.cli.errors import Exit
from dplmaild.deployment.owed import CommandResult
from dplmaild.deployment.status import Digest, Precondition, Status
from dplmaild.desk.explained import window_json
from dplmaild.wiring import letters_of
from dplmaild.writing.phrases import FALLBACK
from dplmaild.writing.status import Section
from dplmaild.writing.transcript import below
from dplmaild.writing.wording import Wording

Json = dict[str, Any]


def show(room: Room, result: CommandResult, *, dry_run: bool, as_json: bool) -> None:
    """The answer, and what stands below it; leaves with the exit code of a refusal where it is one."""
    if as_json:
        print_json({**result_json(result), "dry_run": dry_run})
    else:
        click.echo(result.answer)
        print_sections(below(result, voice(room, result.digest)))
    sys.exit(Exit.DONE if result.done else Exit.REFUSED)


def voice(room: Room, digest: Digest | None) -> Wording:
    """OPS's English, on OPS's clock."""
    zone = digest.zone if digest else "UTC"  # a deployment brings its own
    return letters_of(room.settings).wording(FALLBACK, zone, zone)


def print_sections(sections: Iterable[Section]) -> None:
    """Titles, and their lines set in."""
    for title, lines in sections:
        if title:
            click.echo(f"\n{title}" if lines else title)
        for line in lines:
            click.echo(f"  {line}")


def result_json(result: CommandResult) -> Json:
    """One command's answer as JSON's own types."""
    whole: Json = {"done": result.done, "answer": result.answer}
    if result.unmet:
        whole["unmet"] = [_precondition(each) for each in result.unmet]
    if result.status is not None:
        whole["status"] = status_json(result.status)
    if result.digest is not None:
        whole["digest"] = digest_json(result.digest)
    return whole


def status_json(status: Status) -> Json:
    """How one deployment stands."""
    what = status.deployment
    return {
        "reference": status.reference,
        "customer": status.customer,
        "state": status.state.value,
        "since": _moment(status.since),
        "environment": what.environment.name if what.environment else None,
        "product": what.product.value if what.product else None,
        "type": what.type.value if what.type else None,
        "version": what.target_version.text if what.target_version else None,
        "slot": window_json(status.slot) if status.slot else None,
        "moving_to": window_json(status.moving_to) if status.moving_to else None,
        "hold": status.hold,
        "hold_until": _moment(status.hold_until),
        "missing": [field.value for field in status.missing],
        "own_missing": [field.value for field in status.own_missing],
        "deadline": _moment(status.deadline),
        "cancels": status.cancels,
        "waits": [
            {"party": w.party.value, "for": w.awaited.value, "who": list(w.who), "until": _moment(w.until)}
            for w in status.waits
        ],
        "timers": [{"kind": timer.kind.value, "due": _moment(timer.due)} for timer in status.ahead],
        "overrides": [{"rule": o.rule, "reason": o.reason, "by": o.by, "at": _moment(o.at)} for o in status.overrides],
        "start": [_precondition(each) for each in status.ready],
    }


def digest_json(digest: Digest) -> Json:
    """The whole day."""
    return {
        "at": _moment(digest.at),
        "since": _moment(digest.since),
        "today": digest.today.isoformat(),
        "next_day": digest.next_day.isoformat(),
        "due_today": [status_json(each) for each in digest.due_today],
        "due_next": [status_json(each) for each in digest.due_next],
        "waiting": [status_json(each) for each in digest.waiting],
        "held": [each.reference for each in digest.held],
        "overridden": [each.reference for each in digest.overridden],
        "looked": [
            {"message": m.number, "from": m.sender, "subject": m.subject, "why": m.why, "at": _moment(m.at)}
            for m in digest.looked
        ],
        "undelivered": [
            {"id": u.number, "reference": u.reference, "what": u.what, "to": list(u.to), "state": u.state,
             "note": u.note, "at": _moment(u.at)}
            for u in digest.undelivered
        ],
        "unread": list(digest.unread),
        "unknown": list(digest.unknown),
        "shadow": digest.shadow,
        "came_in": dict(digest.came_in),
        "unsaid": [
            {"reference": u.reference, "to": list(u.to), "first_line": u.first_line, "answers": u.answers}
            for u in digest.unsaid
        ],
        "left_out": dict(digest.more),
    }  # fmt: skip


def _precondition(each: Precondition) -> Json:
    override = {"by": each.override.by, "reason": each.override.reason} if each.override else None
    missing = [field.value for field in each.missing]
    return {"name": each.name, "met": each.met, "blocks": each.blocks, "missing": missing, "override": override}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
