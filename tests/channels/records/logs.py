"""Builders and eyes for the deployment log."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dplmaild.channels.workbook import WorkbookFolder

TEMPLATES = Path(__file__).parents[3] / "templates"


def a_row(number: int = 42, **said: str) -> dict[str, str]:
    """A scheduled deployment of 1 December 2026, 10:00 to 14:30 in Berlin, but for what is said."""
    return {
        "id": f"DPL-2026-{number:04d}",
        "environment": "PRD",
        "product": "ICM",
        "type": "full",
        "version": "11.0.1 -> 11.0.2",
        "start": "2026-12-01T10:00:00+01:00",
        "end": "2026-12-01T14:30:00+01:00",
        "state": "scheduled",
        "downtime": "yes",
        **said,
    }


def logs(folder: Path) -> WorkbookFolder:
    """The channel under test."""
    return WorkbookFolder(folder, TEMPLATES)


def opened(path: Path) -> tuple[Workbook, Worksheet]:
    """The workbook and its sheet, as a person's program opens them."""
    workbook = load_workbook(path, rich_text=True)
    sheet = workbook.worksheets[0]
    return workbook, sheet


def shown(path: Path) -> dict[str, Mapping[str, Any]]:
    """What the log shows: id -> header -> value, wherever header and rows are."""
    _, sheet = opened(path)
    lines = [list(line) for line in sheet.iter_rows(values_only=True)]
    at = next(number for number, line in enumerate(lines) if "id" in line)
    headers = [str(header) for header in lines[at]]
    rows = [dict(zip(headers, line, strict=True)) for line in lines[at + 1 :]]
    return {str(row["id"]): row for row in rows if row["id"]}
