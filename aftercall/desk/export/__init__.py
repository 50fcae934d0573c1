"""Memos, contacts and calls for other programs."""
