"""The process itself. Pure: no clock, no files, no sockets, no SQL."""
