"""The pages."""

from django.urls import path, re_path

from response.ui import document, edits, home, life, listing, live, noting, person, todo
from response.ui.editing import EDITORS
from response.ui.export import shapes
from response.ui.export import views as export

# At most 18 digits: what a bigint holds for sure.
INCIDENT = r"^incident/(?P<incident_id>[0-9]{1,18})/"
ACTION = rf"{INCIDENT}actions/(?P<action_id>[0-9]{{1,18}})/"
ENTRY = rf"{INCIDENT}timeline/(?P<entry_id>[0-9]{{1,18}})/"

urlpatterns = [
    path("", home.home, name="home"),
    path("live/", home.home_now, name="home_now"),
    re_path(r"^live/(?P<signed>[\w:-]{1,100})$", live.view, name="live"),
    path("incidents/", listing.incident_list, name="incidents"),
    path("incident/new/", life.declare, name="declare"),
    re_path(rf"{INCIDENT}$", document.incident_doc, name="incident_doc"),
    re_path(rf"{INCIDENT}incident\.md$", export.as_markdown, name="incident_markdown"),
    re_path(rf"{INCIDENT}incident\.json$", export.as_json, name="incident_json"),
    path(f"schemas/{shapes.SCHEMA}", export.as_schema, name="incident_schema"),
    re_path(rf"{INCIDENT}live/$", document.incident_now, name="incident_now"),
    re_path(rf"{INCIDENT}edit/(?P<what>{'|'.join(EDITORS)})/$", edits.edit, name="edit"),
    re_path(rf"{INCIDENT}close/$", life.close, name="close"),
    re_path(rf"{INCIDENT}reopen/$", life.reopen, name="reopen"),
    re_path(rf"{INCIDENT}channel/$", life.open_channel, name="open_channel"),
    re_path(rf"{INCIDENT}actions/$", todo.add, name="add_action"),
    re_path(rf"{ACTION}$", edits.edit_action, name="edit_action"),
    re_path(rf"{ACTION}(?P<what>done|to-do|take)/$", todo.change, name="change_action"),
    re_path(rf"{INCIDENT}timeline/$", noting.add, name="add_entry"),
    re_path(rf"{ENTRY}$", edits.edit_entry, name="edit_entry"),
    re_path(rf"{ENTRY}(?P<what>show|hide)/$", noting.put, name="put_entry"),
    path("people/", person.suggested, name="people_suggested"),
    re_path(r"^people/(?P<person_id>[0-9]{1,18})/$", person.person, name="person"),
]
