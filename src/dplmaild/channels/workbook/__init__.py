"""The customers' deployment logs as Excel workbooks (LOG)."""

from dplmaild.channels.workbook.columns import KEYS
from dplmaild.channels.workbook.folder import WorkbookFolder

__all__ = ["KEYS", "WorkbookFolder"]
