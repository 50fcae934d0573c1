"""Merges that a colleague has made are rows of the history as well, with whose they are, so that they can be undone."""

SQL = """
ALTER TABLE contact_merges ADD COLUMN author TEXT;
"""
