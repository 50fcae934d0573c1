"""Sound becomes a recording, safe on disk."""
