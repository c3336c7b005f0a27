"""Body to words: what the author wrote now, apart from quote, forward and signature."""

from dplmaild.reading.visible.blocks import FORM_MARK, Block, Forwarded, Line, Table, Visible

__all__ = ["FORM_MARK", "Block", "Forwarded", "Line", "Table", "Visible"]
