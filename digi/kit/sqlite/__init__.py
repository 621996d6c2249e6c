"""Django's backend for SQLite, which rewrites the placeholders of a statement once and not each time it runs."""
