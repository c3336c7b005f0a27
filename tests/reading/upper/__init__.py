"""Tests of fields, replies and meaning."""
