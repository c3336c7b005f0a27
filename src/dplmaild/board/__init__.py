"""The board: web pages that show what the record holds, and change nothing. Off unless `[board]` is configured."""

from importlib.util import find_spec


def lacking() -> str:
    """What the board needs and is not installed, with what to do; empty where all is there. Loads nothing."""
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if not missing:
        return ""
    return f"the board needs {' and '.join(missing)}: install it with pip install 'dplmaild[board]'"
