"""Every address. The names are the original's."""

from django.urls import include, path

urlpatterns = [
    path("slack/", include("response.slack.urls")),
    path("plugins/", include("response.plugins.urls")),
    path("", include("response.ui.urls")),
]
