"""What a real workspace refuses or warns of: said about each request, also where it went well here."""

from collections import defaultdict
from collections.abc import Callable

from slack_sandbox.shapes import Json
from slack_sandbox.tiers import PER_MINUTE, tier_of
from slack_sandbox.webapi.registry import METHODS

LONGEST_GOOD_TEXT = 4_000
SLOW_MS = 2_000
PAGED = ("conversations.list", "users.list", "users.conversations", "conversations.members")
Remark = Callable[[Json], str | None]


def remarks(entries: list[Json]) -> dict[int, list[str]]:
    """Number of an entry -> sentences. Entries are looked at one by one, and calls also a minute at a time."""
    said: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        looks = {"api": CALLS, "delivery": DELIVERIES}.get(entry["kind"], ())
        said[entry["seq"]] += [sentence for look in looks if (sentence := look(entry))]
    for seq, sentence in [*_over_the_tier(entries), *_too_close(entries)]:
        said[seq].append(sentence)
    return {seq: sentences for seq, sentences in said.items() if sentences}


def _let_through(entries: list[Json]) -> list[Json]:
    return [entry for entry in entries if entry["kind"] == "api" and entry["app_id"] and not entry["limited"]]


def _over_the_tier(entries: list[Json]) -> list[tuple[int, str]]:
    """Calls over Slack's limits, where the sandbox was not told to enforce them."""
    found: list[tuple[int, str]] = []
    recent: dict[tuple[str, str], list[float]] = defaultdict(list)
    for entry in _let_through(entries):
        key, at = (entry["method"], str(entry["app_id"])), entry["time"]
        recent[key] = [each for each in recent[key] if each > at - 60] + [at]
        most, count = PER_MINUTE[tier_of(entry["method"])], len(recent[key])
        if count > most:
            found.append((entry["seq"], f"call {count} of a minute: Slack promises {most}, and answers 429 to more"))
    return found


def _too_close(entries: list[Json]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    last: dict[tuple[str, str], float] = {}
    for entry in _let_through(entries):
        if entry["method"] != "chat.postMessage" or not entry["answer"].get("ok"):
            continue
        place = (str(entry["app_id"]), str(entry.get("channel")))
        if entry["time"] - last.get(place, 0.0) < 0.5:
            said = "two posts within half a second: Slack takes about one a second in a channel"
            found.append((entry["seq"], said))
        last[place] = entry["time"]
    return found


def _refusal(entry: Json) -> str | None:
    answer = entry["answer"]
    if answer.get("ok") is not False or entry["limited"]:
        return None
    if answer.get("needed"):
        return f"refused: it needs one of the scopes {answer['needed']}, and has {answer.get('provided') or 'none'}"
    details = (answer.get("response_metadata") or {}).get("messages") or []
    return f"refused: {answer.get('error')}" + "".join(f" · {each}" for each in details)


def _scope_let_through(entry: Json) -> str | None:
    method = METHODS.get(entry["method"])
    if method is None or not method.tokens or not entry["answer"].get("ok"):
        return None
    wanted = method.scopes_for(str(entry.get("token_kind")))
    if wanted and not set(wanted) & set(entry.get("scopes") or ()):
        return f"Slack would answer missing_scope: it needs one of {', '.join(wanted)}"
    return None


def _long_text(entry: Json) -> str | None:
    text = str(entry["args"].get("text") or "")
    if entry["method"].startswith("chat.") and len(text) > LONGEST_GOOD_TEXT:
        return f"a text of {len(text)} characters: Slack recommends 4,000 at most, and cuts at 40,000"
    return None


def _no_text(entry: Json) -> str | None:
    args = entry["args"]
    if entry["method"] in ("chat.postMessage", "chat.postEphemeral") and args.get("blocks") and not args.get("text"):
        return "blocks without a text: notifications and screen readers have nothing to say"
    return None


def _unpaged(entry: Json) -> str | None:
    if entry["method"] in PAGED and not entry["args"].get("limit"):
        return "no limit: Slack limits calls that are not paged more strictly, and large workspaces refuse them"
    return None


def _warnings(entry: Json) -> str | None:
    warning = entry["answer"].get("warning")
    return f"Slack warns: {warning}" if warning else None


def _slow_answer(entry: Json) -> str | None:
    if entry["outcome"] == "ok" and entry["ms"] > SLOW_MS:
        return f"answered after {entry['ms']:.0f} ms: at 3,000 ms Slack gives up"
    return None


def _failed(entry: Json) -> str | None:
    if entry["outcome"] == "ok":
        return None
    again = "Slack sends it again" if entry["what"] == "event" else "the person sees that it failed"
    return f"not taken ({entry['outcome']}): {again}"


def _wordy_acknowledgement(entry: Json) -> str | None:
    body = str(entry.get("answer") or "").strip()
    if entry["what"] in ("block_actions", "view_closed", "shortcut", "message_action") and body:
        return "an answer with a body: Slack does not read it here"
    return None


CALLS: tuple[Remark, ...] = (_refusal, _scope_let_through, _warnings, _long_text, _no_text, _unpaged)
DELIVERIES: tuple[Remark, ...] = (_failed, _slow_answer, _wordy_acknowledgement)
