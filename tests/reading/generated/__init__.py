"""Mails made by the thousand: what is put in is read back or asked about, and nothing else is ever read.

`DPLMAILD_EXAMPLES=50` makes fifty times as many.
"""

import os

TIMES = int(os.environ.get("DPLMAILD_EXAMPLES", "1"))


def examples(usual: int) -> int:
    """How many mails a test makes."""
    return usual * TIMES
