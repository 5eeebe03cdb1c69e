"""What stands in a kept database besides what people did in Slack. Run by `make`, with that database's settings."""

import django

django.setup()

from datetime import timedelta  # noqa: E402 - Django has to be set up

from django.contrib.auth.models import User  # noqa: E402

from response.accounts.linking import account_of  # noqa: E402
from response.api.models import ApiToken  # noqa: E402
from response.core import actions, clock  # noqa: E402
from response.core.models import Person  # noqa: E402
from response.core.severity import Severity  # noqa: E402
from response.transfer.tables import on_their_way  # noqa: E402
from slack_sandbox.testing import wait_for  # noqa: E402

rae, lee = Person.objects.known_as("URAE"), Person.objects.known_as("ULEE")
left = Person.objects.create(external_id="UGONE", full_name="Somebody Who Left", deleted=True)
account_of(lee)
User.objects.create_superuser("mo", password="only for this test")
ApiToken.objects.issue("status page", lee)

old = actions.declare("Search was slow < & > 🐌\nsince Friday", by=left)
actions.edit(old, by=rae, severity=Severity.TRIVIAL, lead=lee)
actions.set_summary(old, "*Indexes* were rebuilt", by=lee)
actions.propose(old, "impact", "Some searches took 5 s", by=rae)
watch = actions.add_action(old, "Watch the disk", by=lee, owner=rae)
actions.change_action(watch, by=rae, done=True)
actions.add_action(old, "Write to the vendor", by=rae)
note = actions.add_to_timeline(old, "It began here", by=lee, at=clock.now() - timedelta(days=3))
actions.change_entry(note, by=lee, text="It began here, or a little later")
actions.show_entry(actions.add_to_timeline(old, "Not worth telling", by=rae), False, by=lee)
for verb in (actions.close, actions.reopen, actions.close):
    verb(old, by=rae)
wait_for(lambda: not on_their_way(), timeout=50)
