"""Every address. The names are the original's."""

from django.urls import include, path

urlpatterns = [
    path("slack/", include("response.slack.urls")),
    path("", include("response.ui.urls")),
]
