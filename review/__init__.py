"""A transcript becomes a memo that the rep has read and confirmed, with its next call."""
