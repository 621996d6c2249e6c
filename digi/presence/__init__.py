"""Who is here: expiring, never stored as a change. Knows people by their ids, and neither sockets nor the wire."""
