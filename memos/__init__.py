"""Confirmed memos: store, search, contacts, follow-ups."""
