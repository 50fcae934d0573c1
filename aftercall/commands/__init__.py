"""One module per command. Each has a ``command``; what it needs of the rooms is imported when it runs."""
