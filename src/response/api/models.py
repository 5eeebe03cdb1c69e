"""Who may use the API."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models import Q

from response.core import clock
from response.core.models import Person

PREFIX = "rsp_"
# How much of a token stands in lists, so that people can tell theirs.
SHOWN = len(PREFIX) + 4
# A token that is used all the time is not written at each request.
NOTED_EVERY = timedelta(minutes=1)


class ApiTokenManager(models.Manager["ApiToken"]):
    def issue(self, name: str, person: Person) -> "tuple[ApiToken, str]":
        """Make a token that acts as a person. Returns it with its secret, which nobody can read again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        return self.create(name=name, person=person, digest=digest(secret), begins_with=secret[:SHOWN]), secret

    def behind(self, secret: str) -> "ApiToken | None":
        """Return the token with this secret, unless it was revoked."""
        return self.select_related("person").filter(digest=digest(secret), revoked_at=None).first()


def digest(secret: str) -> str:
    """Return what is stored of a secret. It is 256 random bits, so a plain hash keeps it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiToken(models.Model):
    """Lets a program act as a person. The token itself is shown once, when it is made."""

    name = models.CharField(max_length=100, help_text="What it is for.")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, help_text="Who is said to have done what it does.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    begins_with = models.CharField(max_length=20, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False, help_text="To the minute.")
    revoked_at = models.DateTimeField(null=True, blank=True, help_text="Set: it opens nothing any more.")

    objects = ApiTokenManager()

    class Meta:
        verbose_name = "API token"

    def __str__(self) -> str:
        return f"{self.name} ({self.begins_with}…)"

    def note_use(self) -> None:
        """Remember that it was used now, at most once a minute."""
        now = clock.now()
        if self.last_used_at is None or self.last_used_at < now - NOTED_EVERY:
            unnoted = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
            ApiToken.objects.filter(unnoted, pk=self.pk).update(last_used_at=now)

    def revoke(self) -> None:
        """Let it open nothing from now on. Doing it again changes nothing."""
        ApiToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=clock.now())
