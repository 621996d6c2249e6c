"""The reference's settings: Django's defaults wherever there are any."""

import os
from urllib.parse import urlsplit

SECRET_KEY = "for-the-bench-alone"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "daphne",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "channels",
    "bench.reference",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bench.reference.urls"
ASGI_APPLICATION = "bench.reference.asgi.application"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        # redis gives up reading after five seconds, which is how long the layer waits: idle sockets would be closed.
        "CONFIG": {"hosts": [{"address": os.environ.get("BENCH_REDIS", ""), "socket_timeout": 30}]},
    }
}
_place = urlsplit(os.environ.get("BENCH_DATABASE", "sqlite:////tmp/bench-reference.sqlite3"))
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": _place.path[1:],
    # Not a default: without it the reference would only be slower.
    "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
}
_POSTGRES = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": _place.path[1:],
    "USER": _place.username or "",
    "PASSWORD": _place.password or "",
    "HOST": _place.hostname or "",
    "PORT": str(_place.port or ""),
}
DATABASES = {"default": _SQLITE if _place.scheme == "sqlite" else _POSTGRES}
