"""A Slack workspace in a box: the Web API, signed events, interactivity and a chat in the browser.

It speaks only what Slack speaks, so an app that works here needs no special case for it.
"""

__version__ = "0.1.0"
