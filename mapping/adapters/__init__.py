"""Readers of published and submitted files: one module a format."""
