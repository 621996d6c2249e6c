"""The root of all paths."""

from django.urls import include, path

from digi.api.urls import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("digi.web.urls")),
]

handler400 = "digi.web.views.errors.bad_request"
handler403 = "digi.web.views.errors.forbidden"
handler404 = "digi.web.views.errors.not_found"
handler429 = "digi.web.views.errors.too_fast"
handler500 = "digi.web.views.errors.server_error"
