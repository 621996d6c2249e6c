"""Static files served in front of Django, under hashed names and already compressed."""

from typing import Any

from django.conf import settings
from servestatic import ServeStaticASGI

from digi.web import policy


def with_static_files(application: Any) -> Any:
    """`application` behind the collected files; a file that is not among them is asked of `application`."""
    if not settings.STATIC_ROOT.is_dir():
        return application
    return ServeStaticASGI(
        application,
        root=str(settings.STATIC_ROOT),
        prefix=settings.STATIC_URL,
        add_headers_function=policy.for_static,
        immutable_file_test=r"\.[0-9a-f]{12}\.",
    )
