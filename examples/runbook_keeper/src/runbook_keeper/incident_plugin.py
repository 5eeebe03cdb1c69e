"""What Response imports: the modules that register the handlers, and the addresses of the pages."""

from runbook_keeper import commands, forms, hooks, keywords, reminders
from runbook_keeper.pages import urlpatterns

__all__ = ["commands", "forms", "hooks", "keywords", "reminders", "urlpatterns"]
