"""All incidents: filtered, searched, sorted, a page at a time. The address holds all of it."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from response.core.models import Incident, Person
from response.core.severity import Severity
from response.search import excerpts, query
from response.ui import incidents, paging
from response.ui.fields import PersonField
from response.ui.forms import PageForm
from response.ui.paging import Column, Order
from response.ui.visits import Visit, page, show

NUMBER = re.compile(r"#?([0-9]{1,18})")
UNSET = "none"
ID = Column("pk", paging.whole, descends=True)
LATEST_FIRST = (Column("report_time", paging.moment, descends=True), ID)
MATCH = "match"
ORDERS = {
    "newest": Order("Newest first", LATEST_FIRST),
    "oldest": Order("Oldest first", (Column("report_time", paging.moment), Column("pk", paging.whole))),
    "severity": Order("Worst first", (Column("severity", str, may_be_unset=True), *LATEST_FIRST)),
    MATCH: Order("Best match", (Column("rank", paging.whole, descends=True), ID)),
}


class LeadField(PersonField):
    """A lead, or nobody."""

    def clean(self, value: Any) -> Any:
        """Return the person, None for anybody, or "nobody"."""
        return "nobody" if str(value or "").strip().lower() == "nobody" else super().clean(value)


class Wanted(PageForm):
    """Which incidents, and in which order."""

    prefix_of_ids = "wanted"
    q = forms.CharField(label="Words", required=False, max_length=query.LONGEST, widget=forms.HiddenInput)
    status = forms.ChoiceField(required=False, choices=[("", "Any"), ("open", "Live"), ("closed", "Resolved")])
    severity = forms.ChoiceField(required=False, choices=[("", "Any"), *Severity.choices, (UNSET, "Not set")])
    lead = LeadField(whoever="Anybody")
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    sort = forms.ChoiceField(label="Sort by", required=False, choices=[(name, o.label) for name, o in ORDERS.items()])

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        orders = [(name, order.label) for name, order in ORDERS.items()]
        # The best match is the first choice for words, and none without.
        choices = [orders[-1], *orders[:-1]] if data.get("q", "").strip() else orders[:-1]
        self.fields["sort"] = forms.ChoiceField(label="Sort by", required=False, choices=choices)

    def conditions(self) -> Q:
        """Return what the incidents have to meet, besides the words."""
        asked, found = self.cleaned_data, Q()
        if asked["status"]:
            found &= Q(end_time__isnull=asked["status"] == "open")
        if asked["severity"]:
            found &= Q(severity=None if asked["severity"] == UNSET else asked["severity"])
        if asked["lead"]:
            found &= Q(lead=asked["lead"] if isinstance(asked["lead"], Person) else None)
        if asked["since"]:
            found &= Q(report_time__gte=midnight(asked["since"]))
        if asked["until"]:
            found &= Q(report_time__lt=midnight(asked["until"] + timedelta(days=1)))
        return found


def midnight(day: date) -> datetime:
    """Return when a day begins where the reader is."""
    return datetime.combine(day, datetime.min.time(), timezone.get_current_timezone())


@page
def incident_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The incidents that are asked for."""
    form = Wanted(request.GET)
    context: dict[str, Any] = {"form": form, "words": request.GET.get("q", "")}
    if form.is_valid():
        context["words"] = words = form.cleaned_data["q"]
        context["page"] = found = listed(visit, form, request.GET)
        context["exact"] = exact = numbered(visit, words)
        context["shown"] = excerpts.of([*found.rows, *exact], words) if words else {}
    return show(request, visit, "response/list/page.html", context)


def listed(visit: Visit, form: Wanted, asked: QueryDict) -> paging.Page:
    """Return a page of the incidents that are asked for."""
    words, sort = form.cleaned_data["q"], form.cleaned_data["sort"]
    chosen = incidents.visible(visit).filter(form.conditions())
    if words:
        order = ORDERS[sort or MATCH]
        chosen = query.ranked(chosen, words) if order is ORDERS[MATCH] else query.matching(chosen, words)
    else:
        order = ORDERS[sort or "newest"]
    return paging.page(incidents.lines(chosen), order, asked)


def numbered(visit: Visit, words: str) -> list[Incident]:
    """Return the incident whose number the words are."""
    number = NUMBER.fullmatch(words)
    return list(incidents.lines(incidents.visible(visit).filter(pk=int(number[1])))) if number else []
