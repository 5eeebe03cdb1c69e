"""What could not be said for long is said at once: one message that tells what was missed, not a flood of them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from response.slack.models import Delivery
from response.slack.surfaces.messages import LONGEST
from response.slack.text import for_slack

STALE = timedelta(minutes=10)
FEWEST = 3
MOST_BUTTONS = 10
HEADING = "*While Slack could not be reached, this happened:*"


@transaction.atomic
def gather(delivery: Delivery) -> None:
    """Fold into a post that is long overdue those that wait behind it, as many as one message takes.

    What is folded is marked as such and not sent by itself. Threads are left alone: they belong where they are.
    """
    if timezone.now() - delivery.created_at < STALE or delivery.payload.get("thread_ts"):
        return
    waiting = Delivery.objects.select_for_update().filter(lane=delivery.lane, kind="post", state=Delivery.State.WAITING)
    posts = fitting([each for each in waiting.order_by("id") if not each.payload.get("thread_ts")])
    if len(posts) < FEWEST or posts[0].pk != delivery.pk:
        return
    Delivery.objects.filter(pk__in=[each.pk for each in posts[1:]]).update(
        state=Delivery.State.FOLDED, answer={"folded_into": delivery.pk}
    )
    delivery.payload = {"text": digest(posts), "buttons": buttons(posts)}
    delivery.save(update_fields=["payload"])


def fitting(posts: Sequence[Delivery]) -> list[Delivery]:
    """Return as many of the first posts as fit into one message."""
    chosen: list[Delivery] = []
    length = len(HEADING)
    for each in posts:
        length += len(for_slack(line(each))) + 1
        if length > LONGEST:
            break
        chosen.append(each)
    return chosen


def digest(posts: Sequence[Delivery]) -> str:
    """Return what the posts say, each with its time."""
    return "\n".join([HEADING, *map(line, posts)])


def line(delivery: Delivery) -> str:
    return f"• {delivery.created_at:%H:%M} UTC: {delivery.payload['text']}"


def buttons(posts: Sequence[Delivery]) -> list[dict[str, Any]]:
    """Return the posts' buttons, each once; when there are too many, the newest."""
    every = {(each["action_id"], each["value"]): each for post in posts for each in post.payload.get("buttons", ())}
    return list(every.values())[-MOST_BUTTONS:]
