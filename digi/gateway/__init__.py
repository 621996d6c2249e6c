"""The WebSocket door: dialects, connections, who may connect. Holds no feature: a new command never edits it."""
