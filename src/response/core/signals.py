"""What core announces, always inside the transaction of the change.

Receivers get `incident`, and: `incident_opened`, `incident_closed` and `incident_reopened` nothing more;
`incident_changed` a list of `changes` and the `events` (TimelineEvents) that say so (it also comes with closing and
reopening); `timeline_changed` the `event` (a TimelineEvent, or None when one was taken away); `channel_wanted` who
wants it (`by`, a Person): whoever can make a channel makes one, once.
"""

from django.dispatch import Signal

incident_opened = Signal()
incident_changed = Signal()
incident_closed = Signal()
incident_reopened = Signal()
timeline_changed = Signal()
channel_wanted = Signal()
