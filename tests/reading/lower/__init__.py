"""Tests of bytes, visible words and automatic mail."""
