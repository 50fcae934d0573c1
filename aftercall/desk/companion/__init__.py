"""The companion: one quiet process of the rep's own that hears hang-ups, fetches memos from folders, and rings.

It only notices. What is to be done about it (importing, transcribing, ringing) is a command of its own in a process of
its own, which takes its memory with it when it ends. It may be killed, and so may the companion: each of these commands
does once what it is asked for twice.
"""
