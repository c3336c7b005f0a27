"""The records: calendar, invitation and deployment log."""
