"""The faces at a terminal: recording screen, reading, questions, tables."""
