"""The only writers of rooms and messages; called by `execute` (and later by games)."""
