"""The companion begun with the session: what systemd, launchd and Windows want to be told."""
