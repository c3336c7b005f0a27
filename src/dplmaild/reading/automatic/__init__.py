"""Mail that a machine sent: never answered (MSG-3)."""

from dplmaild.reading.automatic.read import LOOP_HEADER, automatic

__all__ = ["LOOP_HEADER", "automatic"]
