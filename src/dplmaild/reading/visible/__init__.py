"""Body to words: what the author wrote now, apart from quote, forward and signature."""

from dplmaild.reading.visible.blocks import FORM_MARK, Block, Forwarded, Line, Table, Visible
from dplmaild.reading.visible.read import blocks_of_html, blocks_of_text, visible
from dplmaild.reading.visible.subjects import bare_subject, is_reply

__all__ = [
    "FORM_MARK",
    "Block",
    "Forwarded",
    "Line",
    "Table",
    "Visible",
    "bare_subject",
    "blocks_of_html",
    "blocks_of_text",
    "is_reply",
    "visible",
]
