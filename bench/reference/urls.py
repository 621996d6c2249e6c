"""The reference's one page."""

from django.urls import path

from bench.reference.views import history

urlpatterns = [path("history/<str:room>/", history)]
