"""What there is in the sandbox, counted: methods by family, limits and faults, each with the test that shows it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEADING = "## What there is"
METHODS_TEST = "test_methods.py::test_it_does_what_it_is_for"
REFUSED_TEST = "test_methods.py::test_it_is_refused_as_slack_does"
LIMIT_WORDS = re.compile(
    r"too_(long|many|large|far)|limit_reached|limit_exceeded|max(length|_users)|size_restricted|_too_many$"
)
"""What an error is called that says: more than Slack takes."""

LIMITS = {
    "Calls of a method a minute, by its tier": "test_limits.py::test_a_method_has_its_tier_a_minute",
    "One post a second in a channel, after a burst": (
        "test_limits.py::test_a_channel_takes_a_message_a_second_after_a_short_burst"
    ),
    "History once a minute with 15 objects, for apps sold elsewhere": (
        "test_limits.py::test_apps_sold_elsewhere_read_history_once_a_minute"
    ),
    "A trigger works once, for three seconds": "test_views.py::test_a_trigger_is_good_once_and_for_a_moment",
    "A response URL works five times": "test_commands.py::test_a_response_url_works_five_times",
    "A response URL works for 30 minutes": "test_commands.py::test_a_response_url_works_for_half_an_hour",
    "A command or form is answered within three seconds": "test_commands.py::test_what_goes_wrong_is_said",
    "An event is acknowledged within three seconds": "test_events.py::test_a_slow_answer_counts_as_none",
    "An event is retried three times": (
        "test_events.py::test_a_refused_event_comes_again_at_once_and_after_a_minute_and_five"
    ),
    "Subscriptions stop when nearly everything fails": (
        "test_sending_faults.py::test_subscriptions_stop_when_nearly_everything_fails"
    ),
    "30,000 events an hour, then the app is told": ("test_delivery.py::test_an_app_has_so_many_events_an_hour"),
    "A post is cut at 40,000 characters, an update refused": (
        "test_messages.py::test_a_long_post_is_cut_and_a_long_update_refused"
    ),
    "Blocks that are too much together": "test_messages.py::test_legal_blocks_may_be_too_much_together",
    "Views change only by the hash they have": "test_views.py::test_views_change_by_hash_and_own_name",
    "Ten WebSockets of an app": "test_socket_mode.py::test_an_app_has_ten_connections_at_most",
    "The address of a WebSocket grows old": "test_socket_mode.py::test_an_address_grows_old",
    "A WebSocket lives for an hour": "test_socket_mode.py::test_connections_are_refreshed_by_the_clock",
    "Names of channels": "test_channels.py::test_names_that_cannot_be",
    "Names stay taken by archived channels, which lose their bots": (
        "test_channels.py::test_an_archived_channel_keeps_its_name_and_loses_its_bots"
    ),
    "Private channels are not there for others": "test_channels.py::test_a_private_channel_is_not_there_for_others",
    "Lists come in pages": "test_channels.py::test_lists_come_in_pages",
    "Scopes, by method and kind of token": (
        "test_methods.py::test_it_wants_a_token_of_the_right_kind_with_the_right_scope"
    ),
    "Scopes, by event": "test_events.py::test_what_was_not_asked_for_does_not_come",
    "Rules of blocks that no number says": "test_block_cases.py::test_what_the_spec_has_no_case_for",
    "Bodies, headers and arguments that make no sense": "test_malformed.py::test_every_argument_may_be_anything",
    "Manifests, as Slack checks them": "test_manifest.py::test_what_slack_refuses_is_refused",
}
"""Limits that are no error of one method, and where they are shown."""

FAULTS = {
    "latency": "test_faults.py::test_a_slow_slack_takes_its_time",
    "ratelimit": "test_faults.py::test_a_limited_method_says_when_to_come_back",
    "error": "test_faults.py::test_a_broken_slack_does_nothing",
    "refused": "test_faults.py::test_a_refused_connection_is_no_answer_and_no_act",
    "lost": "test_faults.py::test_a_lost_answer_was_an_act_all_the_same",
    "malformed": "test_faults.py::test_a_malformed_answer_was_an_act_all_the_same",
    "event_lost": "test_sending_faults.py::test_a_lost_event_never_comes",
    "event_late": "test_sending_faults.py::test_a_late_event_is_overtaken",
    "event_doubled": "test_sending_faults.py::test_a_doubled_event_comes_as_a_retry",
    "event_reordered": "test_sending_faults.py::test_an_event_lets_the_next_of_its_channel_pass",
    "attempt_lost": "test_sending_faults.py::test_a_lost_attempt_is_tried_again",
    "connection_cut": "test_sending_faults.py::test_a_websocket_is_cut_under_an_envelope",
    "interaction_lost": "test_sending_faults.py::test_a_lost_command_is_a_timeout",
    "interaction_late": "test_sending_faults.py::test_a_late_command_arrives_all_the_same",
    "interaction_doubled": "test_sending_faults.py::test_a_doubled_form_arrives_twice",
}


def page() -> str:
    """Return the page as it is written by hand, with what is counted at its end."""
    written = (ROOT / "docs" / "reference" / "sandbox.md").read_text("utf-8").partition(f"\n{HEADING}\n")[0]
    return written.rstrip() + "\n\n" + "\n".join([HEADING, "", *methods(), *limits(), *blocks(), *faults()]) + "\n"


def methods() -> list[str]:
    """Return the methods by family, of those that Slack lists."""
    from slack_sandbox.pages.catalogue import SLACKS, families
    from slack_sandbox.webapi.registry import METHODS
    from tests.sandbox.test_methods import OWN, REFUSALS

    rows, here = [], len(METHODS.keys() & SLACKS)
    for family, names in families().items():
        missing = [name for name in names if name not in METHODS]
        left = ", ".join(f"`{name}`" for name in missing) if len(missing) < len(names) else "all" if missing else ""
        rows.append(f"| {family} | {len(names) - len(missing)} | {len(names)} | {left} |")
    return [
        "Counted by `python -m tests.docs.reference`; a test fails when it is behind. Tests are in `tests/sandbox`.",
        "",
        "### Methods",
        "",
        f"{here} of the {len(SLACKS)} methods that Slack documents, without `admin.*`. Others answer `unknown_method`.",
        f"{len(OWN)} are shown by `{METHODS_TEST}[method]`, the {here - len(OWN)} of signing in by `test_oauth.py`.",
        f"They refuse for {len(REFUSALS)} reasons, each shown by `{REFUSED_TEST}[method error]`.",
        "The page `/methods` of a sandbox has the scopes, tiers and errors of each.",
        "",
        "| Family | Here | In Slack's list | Not here |",
        "|---|---|---|---|",
        *rows,
        f"| **All** | **{here}** | **{len(SLACKS)}** | |",
        "",
    ]


def limited_by_method() -> dict[str, list[str]]:
    """Return the errors that say: more than Slack takes, and the methods that answer them."""
    from slack_sandbox.webapi.families import EVERY
    from slack_sandbox.webapi.registry import METHODS

    assert EVERY, "importing the families fills METHODS"
    found: dict[str, list[str]] = {}
    for name, method in sorted(METHODS.items()):
        for error in sorted(method.errors):
            if LIMIT_WORDS.search(error):
                found.setdefault(error, []).append(name)
    return found


def limits() -> list[str]:
    """Return the limits, those of Slack as a whole before those of single methods."""
    by_error = limited_by_method()
    count = sum(map(len, by_error.values()))
    rows = [f"| {what} | `{test}` |" for what, test in LIMITS.items()]
    pairs = [f"| `{error}` | {', '.join(f'`{name}`' for name in by_error[error])} |" for error in sorted(by_error)]
    return [
        "### Limits",
        "",
        f"{len(LIMITS)} are of Slack as a whole:",
        "",
        "| Limit | Test |",
        "|---|---|",
        *rows,
        "",
        f"{count} are of methods, each shown by `{REFUSED_TEST}[method error]`:",
        "",
        "| Error | Methods |",
        "|---|---|",
        *pairs,
        "",
    ]


def blocks() -> list[str]:
    """Return how many limits and rules of Block Kit are shown."""
    from tests.sandbox.block_cases import LIMITS as BOUNDS
    from tests.sandbox.block_cases import RULES

    return [
        f"And {len(BOUNDS)} bounds and {len(RULES)} rules of blocks, elements and views, each on both of its sides:",
        "`test_block_cases.py::test_what_slack_refuses_is_refused_and_its_neighbour_taken`.",
        "",
    ]


def faults() -> list[str]:
    """Return the kinds of faults."""
    from slack_sandbox.faults import KINDS

    rows = [f"| `{kind}` | `{FAULTS[kind]}` |" for kind in KINDS]
    return ["### Kinds of faults", "", f"{len(KINDS)}:", "", "| Fault | Test |", "|---|---|", *rows]
