"""The migrations, each the SQL of a step in a module of its own that is never edited once published."""
