"""Every address. The names are the original's."""

from django.contrib import admin
from django.urls import include, path

admin.autodiscover()

urlpatterns = [
    path("slack/", include("response.slack.urls")),
    path("plugins/", include("response.plugins.urls")),
    path("api/", include("response.api.urls")),
    path("accounts/", include("response.accounts.urls")),
    path("admin/", admin.site.urls),
    path("operations/doctor/", include("response.doctor.urls")),
    path("operations/", include("response.operations.urls")),
    path("", include("response.ui.urls")),
]
