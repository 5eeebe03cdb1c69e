"""Finding incidents by words, the best match first."""

import re

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery, SearchRank
from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.functions import Cast

from response.core.models import Incident
from response.search.index import LANGUAGE

# Ranking reads all words of an incident, so only the newest that match are ranked. Whoever wants older ones narrows the
# search by date, or sorts by it.
RANKED = 1000
LONGEST = 200
ENDS_IN_WORD = re.compile(r"(?<![\w-])\w{3,}$")
OPERATORS = re.compile(r'"|(?:^|\s)-|\bor\b', re.IGNORECASE)
Query = SearchQuery | CombinedSearchQuery


def query(words: str) -> Query:
    """Return what PostgreSQL looks for: all words, "a phrase", -not this, or. The last word may be a beginning."""
    asked = words[:LONGEST].strip()
    start = ENDS_IN_WORD.search(asked)
    if start is None or OPERATORS.search(asked):
        return web(asked)
    beginning = SearchQuery(f"{start[0]}:*", config=LANGUAGE, search_type="raw")
    before = asked[: start.start()]
    return web(before) & beginning if before else beginning


def web(words: str) -> SearchQuery:
    """Return the query that people mean who know how search engines on the web are asked."""
    return SearchQuery(words, config=LANGUAGE, search_type="websearch")


def matching(incidents: QuerySet[Incident], words: str) -> QuerySet[Incident]:
    """Return those of the incidents that say these words."""
    return incidents.filter(searchable__words=query(words))


def ranked(incidents: QuerySet[Incident], words: str) -> QuerySet[Incident]:
    """Return the newest of those that match, with `rank`, a whole number: the higher, the better they match."""
    newest = matching(incidents, words).order_by("-pk")[:RANKED].values("pk")
    rank = Cast(SearchRank(F("searchable__words"), query(words), normalization=1) * 1_000_000, BigIntegerField())
    return Incident.objects.filter(pk__in=newest).annotate(rank=rank)


def any_of(words: str) -> Query:
    """Return the query for any of the words: what is worth showing of an incident that was found."""
    found = re.findall(r"\w+", words[:LONGEST])
    asked = web(" or ".join(found))
    return asked | query(found[-1]) if found else asked
