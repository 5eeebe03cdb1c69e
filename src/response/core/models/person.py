"""Somebody who takes part, as the place they come from knows them."""

from typing import Any

from django.conf import settings
from django.db import models

from response.core import clock
from response.core.models.original import OriginalPeople


class PersonManager(OriginalPeople):
    def known_as(self, external_id: str, *, app_id: str = "slack", name: str = "") -> "Person":
        """Return the person with this id, remembering them when they are new. `name` is used only then."""
        person, _ = self.get_or_create(app_id=app_id, external_id=external_id, defaults={"display_name": name})
        return person


class Person(models.Model):
    """A person outside of this database; unknown ones are kept as the id they acted under."""

    app_id = models.CharField(max_length=20, default="slack")
    external_id = models.CharField(max_length=50)
    display_name = models.CharField(max_length=200, blank=True)
    full_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    timezone = models.CharField(max_length=60, blank=True)
    is_bot = models.BooleanField(default=False)
    deleted = models.BooleanField(default=False)
    team_id = models.CharField(max_length=20, blank=True, help_text="The workspace that they belong to.")
    is_outside = models.BooleanField(
        null=True, help_text="Whether they are a guest, or of another workspace. Unset until their place has said so."
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    profile_read_at = models.DateTimeField(null=True, blank=True)

    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(fields=["app_id", "external_id"], name="one_person_per_id")]

    def __str__(self) -> str:
        return self.full_name or self.display_name or self.external_id

    def reference(self) -> str:
        """Return the mention of this person that every rendering of text understands."""
        return f"<@{self.external_id}>" if self.app_id == "slack" else str(self)

    def learn(self, **profile: Any) -> None:
        """Take over what their own place says of them now."""
        for field, value in profile.items():
            setattr(self, field, value)
        self.profile_read_at = clock.now()
        self.save(update_fields=[*profile, "profile_read_at"])
