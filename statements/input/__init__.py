"""Reads the values that people and programs send, each sort in one place."""
