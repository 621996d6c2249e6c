"""Settings, root URLs and the ASGI application: where all parts are put together."""
