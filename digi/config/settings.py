"""Settings: one file, from the environment only, safe for production as they stand. docs/operations.md lists them."""

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from digi.config.databases import database
from digi.config.keys import kept
from digi.kit import sealed
from digi.kit.environment import Environment, WrongSetting

_env = Environment()

# ── this installation ──
DIGI_DATA = Path(_env.text("DIGI_DATA", "data")).expanduser().resolve()
DIGI_NAME = _env.text("DIGI_NAME", "Digi")
DIGI_URL = _env.text("DIGI_URL").rstrip("/")
DIGI_ORIGINS = [origin.rstrip("/") for origin in _env.items("DIGI_ORIGINS")]
DIGI_SIGNUP = _env.choice("DIGI_SIGNUP", ("open", "invitation"))
DIGI_DIRECT = _env.choice("DIGI_DIRECT", ("members", "friends"))
DIGI_RATE = _env.number("DIGI_RATE", 60, least=0.1)
REDIS_URL = _env.text("REDIS_URL")
DEBUG = _env.flag("DIGI_DEBUG")

for _name, _url in (("DIGI_URL", DIGI_URL), *(("DIGI_ORIGINS", origin) for origin in DIGI_ORIGINS)):
    if _url and not re.fullmatch(r"https?://[^/?#\s@]+", _url):
        raise WrongSetting(f"{_name} is {_url!r}; it is like https://chat.example.org, without a path.")
if REDIS_URL and urlsplit(REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
    raise WrongSetting("REDIS_URL begins with redis://, rediss:// or unix://.")

# ── keys ──
SECRET_KEY = _env.secret("DIGI_SECRET_KEY") or kept(DIGI_DATA / "secret.key", 48).hex()
_id_key = _env.secret("DIGI_ID_KEY")
DIGI_ID_KEY = hashlib.sha256(_id_key.encode()).digest() if _id_key else kept(DIGI_DATA / "id.key", sealed.KEY_BYTES)
for _name, _key in (("DIGI_SECRET_KEY", SECRET_KEY), ("DIGI_ID_KEY", _id_key)):
    if _key and len(_key) < 32:
        raise WrongSetting(f"{_name} is too short: 32 characters at least, made at random.")
sealed.use_key(DIGI_ID_KEY)

# ── who may call this server what ──
# Which names are this machine's own is checked per request where no DIGI_URL is set (digi.gateway.origins, web.policy).
ALLOWED_HOSTS = [urlsplit(origin).hostname or "" for origin in (DIGI_URL, *DIGI_ORIGINS)] if DIGI_URL else ["*"]
CSRF_TRUSTED_ORIGINS = [origin for origin in (DIGI_URL, *DIGI_ORIGINS) if origin]
_is_https = DIGI_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-digi" if _is_https else "digi"
CSRF_COOKIE_NAME = "__Host-digi-csrf" if _is_https else "digi-csrf"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _is_https else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ── parts ──
INSTALLED_APPS = [
    "daphne",  # first: it brings the ASGI `runserver`
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "digi.web",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "channels",
    "digi.accounts",
    "digi.chat",
    "digi.console",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "digi.web.policy.Policy",
    "digi.web.hosts.OwnHost",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "digi.web.languages.Languages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "digi.config.urls"
ASGI_APPLICATION = "digi.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "digi.web.context.site",
            ]
        },
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── where things are kept ──
DATABASES = {"default": database(_env.text("DATABASE_URL"), DIGI_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
_LAYERS = {
    True: {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}},
    False: {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}
CHANNEL_LAYERS = {"default": _LAYERS[bool(REDIS_URL)]}
_CACHES = {
    True: {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    False: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
CACHES = {"default": _CACHES[bool(REDIS_URL)]}
STATIC_URL = "/static/"
STATIC_ROOT = DIGI_DATA / "static"
STORAGES = {"staticfiles": {"BACKEND": "digi.web.storage.HashedStaticFiles"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# ── who signs in, and how ──
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "digi.web.views.errors.csrf_failure"
ACCOUNT_ADAPTER = "digi.web.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "digi.web.forms.SignIn",
    "signup": "digi.web.forms.SignUp",
    "change_password": "digi.web.forms.ChangePassword",
}
USERSESSIONS_TRACK_ACTIVITY = False

# ── words and time ──
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"short_ids": {"()": "digi.gateway.logs.ShortIds"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["short_ids"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "digi": {"level": _env.choice("DIGI_LOG", ("INFO", "DEBUG", "WARNING", "ERROR"))},
        "django.server": {"handlers": ["console"], "propagate": False},
        "django.channels.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "uvicorn": {"level": "WARNING"},
        "uvicorn.error": {"level": "WARNING"},
    },
}
