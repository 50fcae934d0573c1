"""A team's book: what is shared of a store, made one with what others share, in a PostgreSQL database."""
