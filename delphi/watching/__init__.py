"""Watching a round while it runs, planning when it closes, and trying other rules when it has closed."""
