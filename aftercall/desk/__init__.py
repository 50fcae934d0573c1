"""What a rep does, for every face: record, transcribe, read, due, brief, export, upkeep. No terminal, no page in it."""
