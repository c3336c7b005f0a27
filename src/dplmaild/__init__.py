"""dplmaild reads deployment requests from mail and tickets, checks them and answers."""

__version__ = "0.1.0"
