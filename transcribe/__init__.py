"""A recording becomes a transcript with a confidence on every word."""
