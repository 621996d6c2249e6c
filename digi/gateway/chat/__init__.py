"""Sockets that carry the conversation."""
