"""The addresses of the pages. Of allauth's views only those that Digi has a page for."""

from allauth.account import views as allauth
from django.urls import path

from digi.web.views import about, accounts, friends, installing, island, landing, links, lite, profiles, sessions

urlpatterns = [
    path("", landing.home, name="home"),
    path("enter/", landing.enter, name="enter"),
    path("r/<str:room>/", island.room, name="room"),
    path("r/<str:room>/<int:pos>/", island.room, name="message"),
    path("lite/", lite.rooms, name="lite"),
    path("lite/<str:room>/", lite.room, name="lite_room"),
    path("lite/<str:room>/read/", lite.read, name="lite_read"),
    path("lite/<str:room>/<int:pos>/edit/", lite.edit, name="lite_edit"),
    path("lite/<str:room>/<int:pos>/delete/", lite.delete, name="lite_delete"),
    path("sw.js", installing.worker, name="worker"),
    path("shell/", installing.shell, name="shell"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("friends/", friends.friends, name="friends"),
    path("profile/", profiles.profile, name="profile"),
    path("settings/", profiles.settings, name="settings"),
    path("invite/", links.invite, name="invite"),
    path("join/<str:token>/", links.join, name="join"),
    path("people/", links.make_reset, name="people"),
    path("reset/", links.new_password, name="new_password"),
    path("reset/<str:token>/", links.reset, name="reset"),
    path("about/", about.about, name="about"),
    path("about/licences/", about.licence_notices, name="licences"),
    path("accounts/signup/", accounts.SignUpView.as_view(), name="account_signup"),
    path("accounts/login/", allauth.login, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/password/change/", allauth.password_change, name="account_change_password"),
    path("accounts/sessions/", sessions.devices, name="usersessions_list"),
]
