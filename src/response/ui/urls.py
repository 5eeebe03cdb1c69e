"""The pages."""

from django.urls import path, re_path

from response.ui import views

urlpatterns = [
    path("", views.home, name="home"),
    # At most 18 digits: what a bigint holds for sure.
    re_path(r"^incident/(?P<incident_id>[0-9]{1,18})/$", views.incident_doc, name="incident_doc"),
]
