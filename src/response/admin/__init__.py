"""The admin: every table, to look into, and to change where changing is no lie. Found by `project/urls.py`."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin

from response.admin import derived, inbox, incidents, outbox, people, reminders, slack, timeline, todo, tokens

__all__ = ["derived", "inbox", "incidents", "outbox", "people", "reminders", "slack", "timeline", "todo", "tokens"]

# allauth shows tables that are not in use here; accounts are looked after under Users.
admin.site.unregister([EmailAddress, SocialAccount, SocialApp, SocialToken])

admin.site.site_header = "Response"
admin.site.site_title = "Response"
admin.site.index_title = "Administration"
admin.site.enable_nav_sidebar = False  # lists need the room
