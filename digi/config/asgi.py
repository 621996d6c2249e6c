"""The ASGI application: static files first, then WebSocket or HTTP. Wiring only."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digi.config.settings")

import django

django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter

from digi.config.http import PooledHandler
from digi.config.static import with_static_files
from digi.gateway.auth import AuthMiddlewareStack
from digi.gateway.origins import OriginCheck
from digi.gateway.routing import websocket_urlpatterns

application = with_static_files(
    ProtocolTypeRouter(
        {
            "http": PooledHandler(),
            "websocket": OriginCheck(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
        }
    )
)

# What is loaded by now stays for good: the collector need not go through it again and again while people talk. Nor
# once a second, under load, through all that was said lately: that is a pause of 45 ms.
gc.collect()
gc.freeze()
gc.set_threshold(5_000)
