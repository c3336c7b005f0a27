"""The doors, tried against real servers."""
