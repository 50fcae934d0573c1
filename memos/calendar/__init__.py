"""Open calls as calendar events: made, written to a folder, a feed and a CalDAV server, and kept up to date there."""
