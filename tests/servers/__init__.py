"""Servers that tests run: real ones, and doubles of ours on real sockets."""
