"""The pages."""

from django.urls import path, re_path

from response.ui import document, home, todo

# At most 18 digits: what a bigint holds for sure.
INCIDENT = r"^incident/(?P<incident_id>[0-9]{1,18})/"
ACTION = rf"{INCIDENT}actions/(?P<action_id>[0-9]{{1,18}})/"

urlpatterns = [
    path("", home.home, name="home"),
    re_path(rf"{INCIDENT}$", document.incident_doc, name="incident_doc"),
    re_path(rf"{INCIDENT}actions/$", todo.add, name="add_action"),
    re_path(rf"{ACTION}$", todo.edit, name="edit_action"),
    re_path(rf"{ACTION}(?P<what>done|to-do|take)/$", todo.change, name="change_action"),
]
