"""The addresses that the Slack app is configured with; the original's."""

from django.urls import path

from response.slack import views

urlpatterns = [
    path("event", views.event, name="event"),
    path("slash_command", views.command, name="slash_command"),
    path("action", views.interaction, name="action"),
]
