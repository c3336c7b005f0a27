"""How the record, the deployment log and the calendar stand when a story is over."""

from datetime import datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar
from openpyxl import load_workbook

from dplmaild.store.cases import Cases
from dplmaild.store.database import Database
from journeys.cast import cast
from journeys.parse import CLOCK
from journeys.story import Ending

_COLUMNS = ("Environment", "Product", "Type", "Version", "Start", "End", "State")


def stands(database: Database, folder: Path) -> dict[str, Ending]:
    """Every deployment on record as a story's end would tell it, by reference."""
    with database.reading() as connection:
        cases = Cases(connection)
        states = {case.reference: case.state.value for case in cases.all()}
        paths = {reference: _path(cases.history_of(reference)) for reference in states}
    rows, events = _rows(folder / "logs"), _events(folder / "deployments.ics")
    return {
        reference: Ending(reference, state, rows.get(reference, "nothing"), events.get(reference, "nothing"),
                          paths[reference], 0)
        for reference, state in states.items()
    }  # fmt: skip


def _path(entries: Any) -> str:
    """The states one after the other, each with who brought it about (STATE-2)."""
    names, told, was = {person.address: name for name, person in cast().items()}, list[str](), None
    for entry in entries:
        if entry.became is not None and entry.became is not was:
            told.append(f"{entry.became.value} by {names.get(entry.who, entry.who)}")
            was = entry.became
    return ", ".join(told)


def _rows(folder: Path) -> dict[str, str]:
    """The rows of all deployment logs, by reference."""
    found: dict[str, str] = {}
    for path in folder.glob("*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
            head = next((line for line in lines if "Deployment" in line and "State" in line), None)
            for line in lines if head else []:
                row = dict(zip(head or [], line, strict=False))
                if str(row.get("Deployment")).startswith("DPL-"):
                    found[str(row["Deployment"])] = ", ".join(_cell(row.get(name)) for name in _COLUMNS)
    return found


def _cell(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "-")


def _events(path: Path) -> dict[str, str]:
    """The calendar's entries, by reference: `2026-11-10 10:00 to 12:30, confirmed`."""
    if not path.exists():
        return {}
    found: dict[str, str] = {}
    for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
        start, end = (event.decoded(name).astimezone(CLOCK) for name in ("DTSTART", "DTEND"))
        reference = str(event["UID"]).partition("@")[0].upper()
        found[reference] = f"{start:%Y-%m-%d %H:%M} to {end:%H:%M}, {str(event['STATUS']).lower()}"
    return found
