"""What this side announces for those who measure it. Receivers must be quick, and may not fail.

`slack_called` comes with `method`, `outcome` ("ok", "refused", "limited", "unanswered", "unreached"), `error` (Slack's
name of it) and `seconds`; `delivery_sent` with the `delivery`, before its transaction ends; `handler_failed` with
`handler`.
"""

from django.dispatch import Signal

slack_called = Signal()
delivery_sent = Signal()
handler_failed = Signal()
