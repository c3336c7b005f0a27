"""`demo`: the daemon on files alone, and sample mails that arrive one after the other."""

import shutil
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event, Thread

import click
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dplmaild.cli.context import Room
from dplmaild.cli.errors import told
from dplmaild.cli.running import run
from dplmaild.settings import Settings
from dplmaild.settings.load import shipped
from dplmaild.settings.model import MaildirMailbox

_PAUSE = 1.5  # seconds between two mails
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@click.command()
@click.option("--fresh", is_flag=True, help="Forget everything the demo has done so far.")
@click.pass_context
def demo(context: click.Context, fresh: bool) -> None:
    """Run on sample mails, under var/demo/; drop an .eml into its inbox and see the answer in sent/new."""
    room: Room = context.obj
    with told():
        inbox = inbox_of(room.settings)
    if fresh and inbox.parent.is_dir():
        shutil.rmtree(inbox.parent)
    inbox.mkdir(parents=True, exist_ok=True)
    click.echo(f"inbox: drop .eml files into {inbox}; answers appear in {inbox.parent / 'sent' / 'new'}; Ctrl-C ends.")
    over = Event()
    Thread(target=feed, args=(inbox, shipped("demo") / "mails", over), daemon=True).start()
    context.invoke(run)
    over.set()


def inbox_of(settings: Settings) -> Path:
    """The folder of the demo's mailbox."""
    found = [box.path for box in settings.mailbox if isinstance(box, MaildirMailbox)]
    if not found:
        raise click.UsageError("the demo needs a [[mailbox]] of kind maildir")
    return found[0]


def feed(inbox: Path, mails: Path, over: Event) -> None:
    """Let every sample mail arrive once, each whole and at once by a rename."""
    words = Environment(loader=FileSystemLoader(mails), undefined=StrictUndefined, autoescape=False)  # noqa: S701  # mail
    words.globals.update(day=day, iso=iso, reference=reference, now=now)
    for name in sorted(words.list_templates(extensions=["eml"])):
        target = inbox / name
        if target.exists():
            continue
        if over.wait(_PAUSE):
            return
        written = inbox / f".{name}.tmp"
        written.write_text(words.get_template(name).render(), "utf-8")
        written.rename(target)


def ahead(weekday: str, weeks: int) -> date:
    """This weekday, `weeks` weeks after the current one."""
    today = datetime.now().astimezone().date()
    return today + timedelta(days=_WEEKDAYS.index(weekday) - today.weekday(), weeks=weeks)


def day(weekday: str, weeks: int, language: str = "en") -> str:
    """A date as people write it."""
    pattern = {"en": "d MMMM y", "es": "d 'de' MMMM 'de' y"}[language]
    return format_date(ahead(weekday, weeks), pattern, locale=language)


def iso(weekday: str, weeks: int) -> str:
    """A date as 2026-12-01."""
    return ahead(weekday, weeks).isoformat()


def reference(number: int) -> str:
    """The reference of one of this year's first cases."""
    return f"DPL-{datetime.now().astimezone().year}-{number:04d}"


def now() -> str:
    """A Date header."""
    return format_datetime(datetime.now().astimezone())
