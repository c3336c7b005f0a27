"""Body to words: what the author wrote now, apart from quote, forward and signature."""

from dplmaild.reading.visible.blocks import FORM_MARK, Block, Forwarded, Line, Table, Visible
from dplmaild.reading.visible.read import blocks_of_html, blocks_of_text, visible

__all__ = ["FORM_MARK", "Block", "Forwarded", "Line", "Table", "Visible", "blocks_of_html", "blocks_of_text", "visible"]
