"""Folders that fill by themselves: which sound in them is new, and has stopped growing. Nothing in them is changed."""
