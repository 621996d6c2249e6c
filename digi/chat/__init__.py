"""The domain: rooms, members, messages. Knows people, and nothing of sockets or HTTP."""
