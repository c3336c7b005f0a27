"""`check`, `list`, `show`, `audit`, `replay`: what is, and why."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from dplmaild.board import lacking
from dplmaild.cli.context import Room, json_flag, language_option, print_json
from dplmaild.cli.errors import Exit, told
from dplmaild.cli.own_letters import problems_of
from dplmaild.cli.settling import item_json
from dplmaild.cli.table import line_of
from dplmaild.deployment.case import Case
from dplmaild.deployment.site import LIBRARY
from dplmaild.deployment.timers import Timer
from dplmaild.desk.dossier import Dossier, TimerWords, customer_of
from dplmaild.desk.recording import findings_in
from dplmaild.desk.saying import Said, in_json, saying
from dplmaild.feeds import Kept, Source, sources_of
from dplmaild.settings import ConfigurationError, Problem
from dplmaild.settings.lines import Lines
from dplmaild.store.cases import Cases, Entry
from dplmaild.store.debts import Debts, name_of
from dplmaild.store.inbox import Inbox
from dplmaild.store.marks import Marks
from dplmaild.store.settlements import Item, Settlements
from dplmaild.wiring import letters_of, shelf_of
from dplmaild.writing.phrases import FALLBACK

_SETTLED = 50  # items that `audit` names


@click.command()
@json_flag
@click.pass_obj
def check(room: Room, as_json: bool) -> None:
    """Read the whole configuration, own letters too, and print every problem with its file and line."""
    try:
        settings = room.settings
    except ConfigurationError as error:
        _refuse(error.problems, as_json=as_json)
    _refuse([*problems_of(letters_of(settings), settings), *_of_the_board(room)], as_json=as_json)
    found = {"customers": len(settings.customers), "profiles": sorted(settings.profiles), "problems": 0}
    if as_json:
        print_json(found)
    else:
        click.echo(f"good: {found['customers']} customers, profiles {', '.join(sorted(settings.profiles))}")


def _of_the_board(room: Room) -> list[Problem]:
    """A board that cannot be shown because its libraries are not there; the daemon would work on without it."""
    missing = lacking() if room.settings.board else ""
    return [Problem(room.path, Lines(room.path.read_text("utf-8")).of(("board",)), "board", missing)] if missing else []


def _refuse(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Print what is wrong and leave, where anything is."""
    if not problems:
        return
    if as_json:
        print_json([each.as_json() for each in problems])
    else:
        click.echo("\n".join(map(str, problems)), err=True)
    sys.exit(Exit.CONFIGURATION)


@click.command("list")
@click.option("--customer", help="Only this customer's.")
@json_flag
@click.pass_obj
def list_(room: Room, customer: str | None, as_json: bool) -> None:
    """List the deployments on record, newest first."""
    with told(), room.database.reading() as connection:
        cases = Cases(connection).all(customer=customer)
    if as_json:
        print_json([_brief(case) for case in cases])
        return
    table = Table("reference", "customer", "state", "start", "what")
    for case in cases:
        brief = _brief(case)
        table.add_row(brief["reference"], brief["customer"], brief["state"], brief["start"] or "", brief["what"])
    Console().print(table)


def _brief(case: Case) -> dict[str, str | None]:
    what = case.deployment
    words = (what.environment, what.product, what.type, what.target_version)
    return {
        "reference": case.reference,
        "customer": case.customer,
        "state": case.state.value,
        "start": case.slot.start.isoformat() if case.slot else None,
        "what": " ".join(str(w) for w in words if w),
    }


@click.command()
@click.argument("reference")
@language_option
@json_flag
@click.pass_obj
def show(room: Room, reference: str, language: str, as_json: bool) -> None:
    """Show one deployment: state, history with reasons, timers, and everything sent."""
    with told(), room.database.reading() as connection:
        dossier = Dossier.load(connection, reference.upper())
    if dossier is None:
        raise click.UsageError(f"there is no deployment {reference}")
    case, letters = dossier.case, letters_of(room.settings)
    customer = customer_of(case, room.settings)
    said = saying(letters, room.settings, customer, language)
    words = TimerWords.of(case, customer, room.settings, letters, FALLBACK)
    whole = {
        **_brief(case),
        "deadline": case.deadline,
        "offers": [{"number": o.number, "start": o.slot.start, "held until": o.until} for o in case.offers],
        "mailing_list": list(case.mailing_list),
        "history": [_step(entry, said) for entry in dossier.history],
        "timers": [_timer(timer, ended, note, words) for timer, ended, note in dossier.timers],
        "owed": [
            {"what": name_of(d.what), "state": d.state.value, "note": d.note, "settled": settled}
            for d, settled in dossier.owed
        ],
    }
    if as_json:
        print_json(whole)
    else:
        _print_whole(whole)


def _timer(timer: Timer, ended: datetime | None, note: str, words: TimerWords) -> dict[str, Any]:
    """One timer: when it is due on OPS's clock, what it does then, and how it ended."""
    clock = words.wording.clock
    return {
        "kind": timer.kind.value,
        "due": clock.local(timer.due),
        "does": words.does(timer),
        "ended": clock.local(ended) if ended else None,
        "note": note,
    }


def _step(entry: Entry, said: Said) -> dict[str, Any]:
    """One line of the history; what was judged then, with its sentences."""
    step = {"at": entry.at, "who": entry.who, "cause": entry.cause, "was": entry.was, "became": entry.became}
    found = [in_json(finding, said) for finding in findings_in(entry.why)]
    return {**step, **entry.why, **({"findings": found} if found else {})}


def _print_whole(whole: dict[str, Any]) -> None:
    click.echo(
        f"{whole['reference']}  {whole['customer']}  {whole['state']}  {whole['start'] or 'no slot'}  {whole['what']}"
    )
    for entry in whole["history"]:
        click.echo(f"  {entry['at']:%Y-%m-%d %H:%M}  {entry['who']} ({entry['cause']}): {entry['why']}")
        for finding in entry.get("findings", ()):
            if finding["applies"]:
                click.echo(f"  {line_of(finding)}")
    for timer in whole["timers"]:
        ended = f"{timer['note'] or 'fired'}, {_moment(timer['ended'])}" if timer["ended"] else f"open: {timer['does']}"
        click.echo(f"  timer  {timer['kind']}  due {_moment(timer['due'])}  {ended}")
    for debt in whole["owed"]:
        click.echo(f"  owed   {debt['what']}  {debt['state']}  {debt['note']}")


def _moment(moment: datetime) -> str:
    """With its weekday, for a deadline is a day first, and its offset."""
    return f"{moment:%a} {moment.isoformat(' ', 'minutes')}"


@click.command()
@json_flag
@click.pass_obj
def audit(room: Room, as_json: bool) -> None:
    """Count how every message ended, and name what needs a look (P3, P4)."""
    with told(), room.database.reading() as connection:
        messages = Inbox(connection).tally()
        debts = Debts(connection).tally()
        troubled = Debts(connection).troubled()
        looked_at = Marks(connection).seen_at()
        settlements = Settlements(connection)
        waiting, settled = settlements.count_waiting(), settlements.settled(_SETTLED)
    whole: dict[str, Any] = {
        "messages": messages,
        "all_messages": sum(messages.values()),
        "owed": debts,
        "look_at": [
            {"id": d.id, "reference": d.reference, "what": name_of(d.what), "state": d.state.value, "note": d.note}
            for d in troubled
        ],
        "waiting_for_a_look": waiting,
        "settled": [item_json(each) for each in settled],
        "holidays": LIBRARY,
        "booked_looked_at": looked_at,  # since when calendars and profiles are the ones that booked deployments kept
        "feeds": [_feed(source, shelf_of(room.settings).get(source)) for source in sources_of(room.settings)],
    }
    if as_json:
        print_json(whole)
        return
    for name, count in sorted(messages.items()):
        click.echo(f"{count:6}  {name}")
    click.echo(f"{whole['all_messages']:6}  messages in all")
    for entry in whole["look_at"]:
        click.echo(f"look at {entry['what']} of {entry['reference'] or '-'}: {entry['state']}, {entry['note']}")
    click.echo(f"{waiting:6}  of them wait for a look (`dplmaild settle`)")
    for item in settled:
        click.echo(_settled(item))
    for feed in whole["feeds"]:
        click.echo(f"vacation feed {feed['name']} of {feed['of']}: {_state(feed)}")


def _settled(item: Item) -> str:
    by = item.settled
    return f"settled message {item.message} by {by.who} at {by.at:%Y-%m-%d %H:%M} UTC: {by.why}" if by else ""


def _feed(source: Source, kept: Kept) -> dict[str, Any]:
    """One vacation feed: when it was last read, and what is wrong since when."""
    name = {"name": source.feed.title, "of": source.whose}
    return {**name, "read_at": kept.read_at, "trouble": kept.trouble or None, "since": kept.since}


def _state(feed: dict[str, Any]) -> str:
    read = f"read {feed['read_at']:%Y-%m-%d %H:%M} UTC" if feed["read_at"] else "never read"
    return (
        f"{read}; cannot be read since {feed['since']:%Y-%m-%d %H:%M}: {feed['trouble']}" if feed["trouble"] else read
    )


@click.command()
@click.argument("message", type=int)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.pass_obj
def replay(room: Room, message: int, dry_run: bool) -> None:
    """Let a quarantined or triaged message be decided again by the running daemon."""
    with told():
        with room.database.reading() as connection:
            try:
                stored = Inbox(connection).load(message)
            except KeyError:
                raise click.UsageError(f"there is no message {message}") from None
        if not dry_run:
            with room.database.writing() as connection:
                Inbox(connection).undecide(message)
                Settlements(connection).forget(message)  # whatever comes of it is looked at anew
        click.echo(
            f"message {message} of {stored.arrived.isoformat()} {'would be' if dry_run else 'will be'} decided again"
        )
