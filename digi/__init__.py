"""Digi: a self-hosted, real-time chat platform."""

__version__ = "0.1.0"
