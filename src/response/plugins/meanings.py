"""What the names mean that handlers may ask for, and what each kind may return. docs/reference/plugins.md shows it."""

ABOUT: dict[str, str] = {
    "incident": "The `Incident` of the channel where it happened, of the headline or of the form; "
    "else the one whose number the button's value is.",
    "user": "Who did it, a `Person`; annotated as `user: str`, their id. None when nobody did.",
    "user_id": "Their id in Slack.",
    "channel_id": "The id of the channel where it happened.",
    "comms_channel": "The incident's channel as the original had it, with `post_in_channel(text)`; None without one.",
    "chat": "The `Chat`: everything asked of it happens soon, once and in order.",
    "ts": "The message's id in its channel.",
    "thread_ts": 'The id of the message whose thread this is in; "" outside of threads.',
    "said_at": "When it was said, as a datetime in UTC, however late it reaches us.",
    "event": "What Slack sent: the inner event, a dict.",
    "keyword": "The word or phrase that was found.",
    "value": "The button's value, or what was chosen in a select.",
    "trigger_id": "What Slack wants for opening a form within 3 s.",
    "response_url": "Where Slack takes an answer that only this person sees.",
    "context": "The original's `ActionContext`.",
    "submission": "What was answered: a dict by the names of the inputs.",
    "changed": "The part of the submission that differs from what the form showed.",
    "state": "The form's `state`, as it was given.",
    "changes": 'What changed: a list of `{"field", "old", "new"}`, as texts; empty at other moments.',
    "headline_post": "The post as the original had it, with `incident`.",
}
"""What each name means."""

ABOUT_IN: dict[tuple[str, str], str] = {
    ("command", "message"): 'What follows the command\'s name, as Slack writes it, line breaks kept; "" for nothing.',
    ("command", "incident"): "The `Incident` of the channel.",
    ("command", "event"): "What Slack sent, a dict; empty with `/incident …`, which is no event.",
    ("keyword", "text"): "What was said, as Slack writes it.",
    ("keyword", "incident"): "The `Incident` of the channel.",
    ("event", "incident"): "The `Incident` of the channel. Whoever names it is not called for events elsewhere.",
    ("event", "comms_channel"): "The incident's channel. Whoever names it is not called for events elsewhere.",
    ("action", "message"): "The message with the button, as Slack sends it, a dict.",
    ("form", "incident"): "The `Incident` of the channel, the headline or the button's value.",
    ("form", "text"): "What follows the slash command, as people edit it.",
    ("check", "user"): "Who sends the form, a `Person`.",
    ("headline", "incident"): "The `Incident` of the headline.",
    ("reminder", "incident"): "The `Incident`, as it is now.",
    ("hook", "incident"): "The `Incident`, as it is now.",
    ("hook", "user"): "Who did it, a `Person`; None when nobody did.",
}
"""What a name means in one kind of handler, where that differs."""

RETURNS: dict[str, str] = {
    "command": "a text or `Message` to reply with, or None. The original's pair `(handled, reply)` works too: "
    "✅ or ❓. A `UserError` is told to the person, with ❓.",
    "keyword": "a text or `Message`, posted in the channel (in the thread, if it was said in one); or None.",
    "event": "a text or `Message`, posted in the incident's channel; or None.",
    "action": "a text or `Message`, told to whoever pressed; or None.",
    "dialog": "a text or `Message`, told to whoever sent the form; or None.",
    "check": "what is wrong, as `{name of the input: sentence}`; `{}` lets the form close.",
    "form": "a `Form`. A `UserError` is told to the person instead.",
    "headline": "a `Button`, or None for none.",
    "reminder": "a text or `Message`, posted in the incident's channel; or None, which is not counted.",
    "hook": "a text or `Message`, posted in the incident's channel; or None.",
}
"""What each kind of handler may return."""


def about(kind: str, name: str) -> str:
    """Return what a name means in a kind of handler."""
    return ABOUT_IN.get((kind, name)) or ABOUT[name]
