"""Driving a sandbox from Python: for tests, demos and benchmarks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, TypeVar

import httpx

from slack_sandbox.shapes import Json

Found = TypeVar("Found")


class Refused(Exception):
    """The sandbox would not do it. `error` is Slack's name for why.

    `errors` are the problems of a form by block id, or those of a manifest with their pointers.
    """

    def __init__(self, answer: Json) -> None:
        self.error = str(answer.get("error", "unknown"))
        self.errors: Any = answer.get("errors") or {}
        self.answer = answer
        super().__init__(f"{self.error}: {answer.get('message') or self.errors or ''}")


def wait_for(look: Callable[[], Found | None], *, timeout: float = 5.0, every: float = 0.02) -> Found:
    """Look again and again until there is something true, and return it. Raises TimeoutError."""
    until = time.monotonic() + timeout
    while not (found := look()):
        if time.monotonic() > until:
            raise TimeoutError(f"nothing came of {getattr(look, '__name__', look)} within {timeout} s")
        time.sleep(every)
    return found


class Sandbox:
    """The control API of a running sandbox. People and channels may be given by id or name everywhere."""

    def __init__(self, base_url: str, *, timeout: float = 30.0) -> None:
        self.url = base_url.rstrip("/")
        self.api_url = f"{self.url}/api/"
        """For WebClient(base_url=...)."""
        self._http = httpx.Client(base_url=self.url, timeout=timeout, trust_env=False)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection; the sandbox runs on."""
        self._http.close()

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return self._http.get("/control/health").is_success
        except httpx.TransportError:
            return False

    # -- setting up

    def reset(self) -> None:
        """An empty workspace."""
        self._post("/reset", {})

    def team(self, **values: Any) -> Json:
        """Name the workspace (name, domain, id), and say what it allows.

        plan, msg_edit_window_mins, who_can_post_general, disable_file_uploads, profile_fields.
        """
        return self._post("/team", values)

    def person(self, name: str, **values: Any) -> Json:
        """Add or change somebody: id, real_name, display_name, email, title, tz, color, is_admin, deleted.

        Guests are is_restricted (several channels) or is_ultra_restricted (one); partners have another team_id, and
        are is_stranger outside of shared channels.
        """
        return self._post("/people", {"name": name, **values})

    def channel(self, name: str, *, members: list[str] | tuple[str, ...] = (), **values: Any) -> Json:
        """Make or change a channel: id, is_private, is_general, topic, purpose, creator."""
        return self._post("/channels", {"name": name, "members": list(members), **values})

    def app(self, name: str, **values: Any) -> Json:
        """Install or change an app and return it with its token and secrets.

        id, bot_token, signing_secret, bot_user_id, bot_id, bot_name, scopes, events, events_url, interactivity_url,
        options_url, commands, shortcuts, icon_emoji, channels, client_id, client_secret, redirect_urls, app_token,
        app_token_scopes, socket_mode, delayed_events. Scopes and events not given: all.
        """
        return self._post("/apps", {"name": name, **values})

    def install(self, manifest: str | Json, **values: Any) -> Json:
        """Install the app of a manifest (YAML, JSON, or as an object) and return it with its token and secrets.

        It gets what the manifest asks for and nothing else. `values` may say id, bot_token, signing_secret, client_id,
        client_secret, app_token, icon_emoji and channels. Raises Refused, with `answer["errors"]`.
        """
        return self._post("/apps", {"manifest": manifest, **values})

    def uninstall(self, app: str) -> None:
        """Take an app away."""
        self._delete(f"/apps/{app}")

    def user_token(self, app: str, person: str, scopes: list[str] | None = None) -> str:
        """A token with which an app acts for a person; with all the scopes it asks people for unless said."""
        return str(self._post(f"/apps/{app}/tokens", {"user": person, "scopes": scopes})["token"])

    def config_token(self) -> str:
        """The app configuration token, with which apps.manifest.* are called."""
        return str(self._get("/config-token")["token"])

    def emoji(self, **values: str) -> Json:
        """Add custom emoji: an address or `alias:name` by name."""
        return self._post("/emoji", values)

    def verify(self, app: str) -> bool:
        """Do Slack's handshake with the app's events URL."""
        return bool(self._post(f"/apps/{app}/verify", {})["ok"])

    def usergroup(self, handle: str, *, users: list[str], **values: Any) -> Json:
        """Make or change a user group."""
        return self._post("/usergroups", {"handle": handle, "users": users, **values})

    def past_message(self, channel: str, user: str, text: str, **values: Any) -> str:
        """Set a message into the past without telling anybody: ts, thread_ts, blocks. Returns its ts."""
        return str(self._post("/messages", {"channel": channel, "user": user, "text": text, **values})["ts"])

    # -- Socket Mode

    def socket_mode(self, app: str, *, on: bool = True) -> None:
        """Send everything for an app over its WebSockets, or over HTTP again."""
        self._post(f"/apps/{app}/socket-mode", {"on": on})

    def connections(self, app: str) -> list[Json]:
        """The WebSockets an app has open: `{id, opened, unanswered, is_leaving}`."""
        return self._list(f"/apps/{app}/connections")

    def disconnect(self, app: str, reason: str = "refresh_requested", *, connection: str | None = None) -> None:
        """Ask an app's connections, or one, to go: warning, refresh_requested or link_disabled."""
        self._post(f"/apps/{app}/connections/disconnect", {"reason": reason, "connection": connection})

    def cut(self, app: str, *, connection: str | None = None) -> None:
        """Break an app's connections, or one, without a word."""
        self._call("DELETE", f"/apps/{app}/connections", params={"connection": connection} if connection else {})

    # -- acting

    def act(self, person: str, do: str, **values: Any) -> Json:
        """Do what that person could do in the chat (`say`, `command`, `act`, `submit_view` ...). Raises Refused."""
        return self._post("/act", {"as": person, "do": do, **values})

    def acts(self, acts: list[Json], *, concurrency: int = 20) -> list[Json]:
        """Many acts at once, each `{"as": ..., "do": ..., ...}`; returns for each what came of it, and its `event_ids`.

        They are begun in their order, `concurrency` of them at once. One that is refused is `{"ok": False, ...}`.
        """
        body = {"acts": acts, "concurrency": concurrency}
        done: list[Json] = self._call("POST", "/acts", json=body, timeout=None)
        return done

    # -- looking

    def people(self) -> list[Json]:
        """Everybody, bots too."""
        return self._list("/people")

    def channels(self) -> list[Json]:
        """Every channel and direct message, with members."""
        return self._list("/channels")

    def show_channel(self, channel: str) -> Json:
        """One channel. Raises Refused when there is none."""
        return self._get(f"/channels/{channel.removeprefix('#')}")

    def messages(self, channel: str, *, seen_by: str | None = None, thread_ts: str | None = None) -> list[Json]:
        """All messages, oldest first, threads among them; `seen_by` adds what only that person was shown."""
        query = {"as": seen_by, "thread_ts": thread_ts}
        found = {name: value for name, value in query.items() if value}
        return self._list(f"/channels/{channel.removeprefix('#')}/messages", found)

    def views(self, person: str) -> list[Json]:
        """The open modals of a person, top last."""
        return self._list("/views", {"as": person})

    def home(self, person: str, app_id: str) -> Json | None:
        """A person's home tab of an app, if it was published."""
        found: Json | None = self._call("GET", "/home", params={"as": person, "app": app_id})
        return found

    # -- journal

    def seq(self) -> int:
        """The number of the newest entry of the journal."""
        return int(self._get("/health")["seq"])

    def each_entry(self, since: int = 0, *, wait: float = 0.0, **fields: str | None) -> Iterator[Json]:
        """The entries of the journal after a number, page by page; with `wait` as soon as there is one.

        `fields` chooses: kind, method, what, type, state, app_id, event_id, channel, fault.
        """
        chosen = {name: value for name, value in fields.items() if value is not None}
        more = True
        while more:
            page = self._get("/journal", {"since": since, "wait": wait, **chosen})
            yield from page["entries"]
            since, more = page["seq"], page["more"]
            wait = 0.0 if page["entries"] else wait

    def journal(self, since: int = 0, *, wait: float = 0.0, **fields: str | None) -> list[Json]:
        """The same as a list."""
        return list(self.each_entry(since, wait=wait, **fields))

    def summary(self) -> Json:
        """Since the last reset: calls by method and outcome, deliveries by what and outcome, events by state."""
        return self._get("/journal/summary")

    def calls(self, method: str | None = None, *, since: int = 0) -> list[Json]:
        """Calls of the Web API: `{seq, time, ms, method, args, status, answer, done, lost, limited, fault, ...}`."""
        return self.journal(since, kind="api", method=method)

    def deliveries(self, what: str | None = None, *, since: int = 0) -> list[Json]:
        """Requests to apps: `{seq, time, ms, what, payload, status, outcome, answer, retry_num, retry_reason, ...}`.

        `what` is event, command, url_verification or the type of an interaction.
        """
        return self.journal(since, kind="delivery", what=what)

    def outcomes(self, kind: str | None = None, *, since: int = 0) -> list[Json]:
        """What became of events: `{event_id, type, channel, state, delivered, attempts, event, ...}`."""
        return self.journal(since, kind="event", type=kind)

    def open_events(self) -> list[Json]:
        """The events that are still on their way or wait for a retry."""
        return self._list("/journal/open")

    def events(self, kind: str | None = None, *, since: int = 0) -> list[Json]:
        """The inner events sent to apps, each attempt."""
        found = [entry["payload"]["event"] for entry in self.deliveries("event", since=since)]
        return [event for event in found if kind in (None, event["type"])]

    def settle(self, timeout: float = 5.0) -> None:
        """Wait until every event on its way has been answered or refused."""
        wait_for(lambda: not self._get("/health")["pending"], timeout=timeout)

    # -- trouble and time

    def fault(self, kind: str, match: str = "*", **values: Any) -> int:
        """Let something go wrong, and return its number. The kinds are in slack_sandbox.faults.KINDS.

        `match` is a method, an event type, an interaction's type or a pattern such as `chat.*`; `channel` a name or id;
        `chance` from 0 to 1; `times` how often, always if not given. `ms`, `retry_after`, `status` and `how` as the
        kind has it.
        """
        return int(self._post("/faults", {"kind": kind, "match": match, **values})["id"])

    def faults(self) -> list[Json]:
        """What goes wrong at present: each with how often it `struck`."""
        faults: list[Json] = self._get("/faults")["faults"]
        return faults

    def seed(self, seed: int) -> None:
        """Throw the dice of the chances from the beginning: the same seed, the same faults."""
        self._post("/faults/seed", {"seed": seed})

    def subscriptions(self, app: str, *, enabled: bool = True) -> None:
        """Send an app its events again, or none."""
        self._post(f"/apps/{app}/subscriptions", {"enabled": enabled})

    def clear_faults(self) -> None:
        """Nothing goes wrong any more."""
        self._delete("/faults")

    def settings(self, **values: Any) -> Json:
        """Change timing and strictness: the fields of slack_sandbox.settings.Settings."""
        return self._post("/settings", values)

    def advance(self, seconds: float) -> float:
        """Let time pass at once; returns the workspace's time."""
        return float(self._post("/clock", {"advance": seconds})["now"])

    def now(self) -> float:
        """The workspace's time."""
        return float(self._get("/clock")["now"])

    # -- transport

    def _get(self, path: str, query: Json | None = None) -> Json:
        found: Json = self._call("GET", path, params=query or {})
        return found

    def _list(self, path: str, query: Json | None = None) -> list[Json]:
        found: list[Json] = self._call("GET", path, params=query or {})
        return found

    def _post(self, path: str, body: Json) -> Json:
        found: Json = self._call("POST", path, json=body)
        return found

    def _delete(self, path: str) -> None:
        self._call("DELETE", path)

    def _call(self, http: str, path: str, **how: Any) -> Any:
        answer = self._http.request(http, f"/control{path}", **how).json()
        if isinstance(answer, dict) and answer.get("ok") is False and "error" in answer:
            raise Refused(answer)
        return answer
