"""What every room stands on: durable writes, a lock, printable text, and errors that carry an exit code."""
