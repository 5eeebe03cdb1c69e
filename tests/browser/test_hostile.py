"""Whatever people write, in whatever field, nothing of it runs: not on a page, in an export, or in the API's answers.

The Content-Security-Policy, which would stop most of it, is switched off here: escaping alone has to do.
"""

from urllib.parse import quote

import pytest
from django.db.models import QuerySet
from django.utils.html import escape
from markdown_it import MarkdownIt
from playwright.sync_api import Page

from response.api.models import ApiToken
from response.core import actions
from response.core.models import Incident, Person, TimelineEvent
from response.slack.models import CommsChannel, SlackChannel, UserStats
from response.ui.editing import EDITORS
from tests.browser.conftest import DESKTOP, OpensWindow, signs_in
from tests.company import Company
from tests.hostile import TEXTS

pytestmark = pytest.mark.browser

UNGUARDED = {**DESKTOP, "bypass_csp": True}
LISTEN = "window.ran = []; window.alert = (...words) => window.ran.push(String(words));"
MARKUP = """() => {
  const found = window.ran.map(() => "something ran");
  for (const each of document.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) {
      if (name.startsWith("on") || name.startsWith("hx-on")) found.push(`${each.tagName} ${name}`);
      const leads = ["href", "src", "action", "formaction", "data", "srcdoc", "xlink:href"].includes(name);
      if (leads && /^\\s*(javascript|data|vbscript):/i.test(value)) found.push(`${each.tagName} ${name}=${value}`);
    }
    if (each.tagName === "SCRIPT" && !each.src.startsWith(location.origin)) found.push("a script");
    if (["IFRAME", "VIDEO", "MATH", "TEMPLATE", "STYLE"].includes(each.tagName)) found.push(each.tagName);
    if (each.tagName === "IMG" && !each.src.includes("/static/")) found.push(each.outerHTML);
  }
  return found;
}"""


def harmless(page: Page) -> None:
    """Nothing ran, and nothing stands there that could. Whatever could have been pointed at was."""
    for place in page.locator("main a, main button, main summary").all()[:10]:
        place.hover(force=True, trial=True)
    assert page.evaluate(MARKUP) == []


@pytest.fixture
def hostile(company: Company) -> Incident:
    """An incident with every hostile text in every field, and one with each as its report."""
    company.sandbox.settings(limits="off")  # a headline for each, and nobody waits for them
    people = [
        Person(external_id=f"UHOSTILE{n}", display_name=text, full_name=text, email=f"{n}@x", timezone=text[:60])
        for n, text in enumerate(TEXTS)
    ]
    people = QuerySet(Person).bulk_create(people)
    for person, text in zip(people, TEXTS, strict=True):
        actions.declare(text, by=person, summary=text, impact=text, lead=person)
    every = "\n".join(TEXTS)
    incident = actions.declare(every, by=people[0], summary=every, impact=every, lead=people[1])
    for person, text in zip(people, TEXTS, strict=True):
        actions.add_to_timeline(incident, text, by=person)
        actions.add_action(incident, text, by=person, owner=person)
        file = {"name": text, "permalink": text}
        pinned = {"message_ts": text[:20], "channel_id": text[:20], "permalink": text, "files": [file]}
        actions.add_to_timeline(incident, text, by=person, kind=TimelineEvent.Kind.PIN, edited_by=text, **pinned)
        UserStats.objects.create(incident=incident, user=person)
    QuerySet(Incident).filter(pk=incident.pk).update(severity=TEXTS[1][:10], max_severity=TEXTS[0][:10])
    CommsChannel.objects.create(incident=incident, channel_id=TEXTS[0][:20], channel_name=TEXTS[0][:80])
    SlackChannel.objects.create(channel_id="C1", name=TEXTS[1][:80])
    return incident


def test_no_page_runs_what_people_wrote(company: Company, hostile: Incident, window: OpensWindow) -> None:
    page = watched(window, company)
    document = f"/incident/{hostile.pk}/"
    action, note = hostile.actions.latest("pk"), hostile.events.filter(event_type="text").latest("pk")
    lists = ["/", "/incidents/", "/incidents/?sort=severity"]
    forms = [f"edit/{what}/" for what in EDITORS] + [f"actions/{action.pk}/", f"timeline/{note.pk}/"]
    parts = [document + part for part in ("", "?show=everything", "?entries=all", *forms)]
    people = [f"/people/{person.pk}/" for person in Person.objects.filter(external_id__startswith="UHOSTILE")]
    for path in [*lists, *parts, "/incident/new/", *people]:
        page.goto(company.url + path)
        harmless(page)


def test_nothing_that_is_asked_for_runs(company: Company, hostile: Incident, window: OpensWindow) -> None:
    page = watched(window, company)
    for text in TEXTS:
        words = quote(text)
        asked = f"/incidents/?lead={words}&severity={words}&sort={words}&after={words}"
        for path in (f"/incidents/?q={words}", asked, f"/incident/new/?report={words}"):
            page.goto(company.url + path)
            harmless(page)


def test_nothing_that_is_typed_and_refused_runs(company: Company, hostile: Incident, window: OpensWindow) -> None:
    page = watched(window, company)
    for text in TEXTS:
        page.goto(f"{company.url}/incident/new/")
        page.get_by_label("Summary").fill(text)
        page.get_by_label("Lead").fill(text)
        page.get_by_label("Report").evaluate("each => each.removeAttribute('required')")
        page.get_by_role("button", name="Declare").click()
        page.get_by_text("Say in a line what is broken.").wait_for()
        harmless(page)


def test_nothing_runs_in_a_document_that_is_open(company: Company, hostile: Incident, window: OpensWindow) -> None:
    page = watched(window, company)
    page.goto(f"{company.url}/incident/{hostile.pk}/")
    page.get_by_role("link", name="Edit the summary").click()
    page.get_by_role("textbox", name="Summary").fill("Mine")
    rae = Person.objects.get(external_id="UHOSTILE0")
    actions.set_summary(hostile, "\n".join(reversed(TEXTS)), by=rae)
    page.get_by_text("Changed meanwhile").wait_for()
    harmless(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("has changed this while you were writing").wait_for()
    harmless(page)
    for text in TEXTS[:10]:
        page.get_by_role("combobox", name="Owner").fill("")
        page.get_by_role("combobox", name="Owner").press_sequentially(text[:12])
    harmless(page)


def test_no_export_and_no_answer_of_the_api_runs(company: Company, hostile: Incident, window: OpensWindow) -> None:
    page = watched(window, company)
    token = ApiToken.objects.issue("tests", Person.objects.known_as(company.lee.id))[1]
    asked = page.context.request
    text = asked.get(f"{company.url}/incident/{hostile.pk}/incident.md").text()
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page.goto("about:blank")
    page.set_content(f"<main>{reader.render(text)}</main>")
    harmless(page)
    api = ("/api/incidents", f"/api/incidents/{hostile.pk}", f"/api/incidents/{hostile.pk}/timeline", "/api/people")
    for path in (f"/incident/{hostile.pk}/incident.json", *api):
        answer = asked.get(company.url + path, headers={"Authorization": f"Bearer {token}"})
        assert answer.headers["content-type"].partition(";")[0] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        page.set_content(f"<main><pre>{escape(answer.text())}</pre></main>")  # as a browser shows it
        harmless(page)


def watched(window: OpensWindow, company: Company) -> Page:
    """A window of Lee's that notes what runs."""
    page = window(UNGUARDED)
    page.add_init_script(LISTEN)
    signs_in(page, company, company.lee)
    return page
