"""Links that show what they lead to: of this workspace by themselves, of apps when the app says so."""

from slack_sandbox.testing import Actor, Room, Sandbox, Workspace
from tests.sandbox.conftest import Installed
from tests.sandbox.listening import ListeningApp


def test_an_app_shows_what_its_links_lead_to(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room, lee: Actor
) -> None:
    sandbox.app("Helper", unfurl_domains=["example.com"])
    said = lee.says(general, "see https://status.example.com/7 and https://other.test/")
    shared = listener.event("link_shared")
    assert (shared["channel"], shared["user"], shared["message_ts"]) == (general.id, lee.id, said.ts)
    assert shared["links"] == [{"domain": "example.com", "url": "https://status.example.com/7"}]
    listener.forget()
    unfurls = {"https://status.example.com/7": {"title": "Payments", "text": "All systems go"}}
    app.client.chat_unfurl(unfurl_id=shared["unfurl_id"], source=shared["source"], unfurls=unfurls)
    (attachment,) = lee.again(said)["attachments"]
    assert (attachment["title"], attachment["is_app_unfurl"]) == ("Payments", True)
    changed = listener.event("message", subtype="message_changed")
    assert changed["message"]["text"] == changed["previous_message"]["text"]
    assert "edited" not in changed["message"], "nobody has edited anything"


def test_an_app_is_not_told_of_its_own_links(
    app: Installed, sandbox: Sandbox, listener: ListeningApp, general: Room
) -> None:
    sandbox.app("Helper", unfurl_domains=["example.com"])
    app.client.chat_postMessage(channel=general.id, text="https://example.com/7")
    sandbox.settle()
    assert listener.events("link_shared") == []


def test_a_link_to_a_message_shows_it_to_those_who_may_see_it(
    app: Installed, listener: ListeningApp, workspace: Workspace, general: Room, lee: Actor, rae: Actor
) -> None:
    said = lee.says(general, "the cause is DNS")
    secret = rae.makes_channel("quiet-talk", is_private=True)
    hidden = rae.says(secret, "between us")
    link, hidden_link = (
        f"{workspace.sandbox.url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
        for message in (said, hidden)
    )
    quoted = rae.says(general, f"look: {link} and {hidden_link}")
    (attachment,) = rae.again(quoted)["attachments"]
    assert (attachment["text"], attachment["is_msg_unfurl"]) == ("the cause is DNS", True)
    assert listener.event("message", subtype="message_changed")["message"]["ts"] == quoted.ts
    posted = app.client.chat_postMessage(channel=general.id, text=link)
    assert "attachments" not in lee.waits_for(general, lambda m: m.ts == posted["ts"]), "apps have to ask for it"
    asked = app.client.chat_postMessage(channel=general.id, text=link, unfurl_links=True)
    assert lee.waits_for(general, lambda m: m.ts == asked["ts"])["attachments"]
