"""The tables of a team's book in PostgreSQL, as migrations: each is recorded in the transaction that makes it."""
