"""Memos, contacts and calls for other programs."""

from typing import Final

CRMS: Final = ("hubspot", "salesforce", "pipedrive")

FORMATS: Final = ("csv", "json", *CRMS)
"""What is written without a plugin."""
