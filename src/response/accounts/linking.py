"""Which account belongs to whom. A Slack account is known by workspace and user id, never by an e-mail address."""

from django.contrib.auth.models import User
from django.db import transaction

from response.core.models import Person


@transaction.atomic
def account_of(person: Person) -> User:
    """Return the account that a person signs in with. It is made, without a password, when they first come."""
    locked = Person.objects.select_for_update(of=("self",)).select_related("owner").get(pk=person.pk)
    if locked.owner is None:
        locked.owner = make_account(f"{person.app_id}-{person.external_id}")
        locked.save(update_fields=["owner"])
    person.owner = locked.owner
    return locked.owner


def make_account(name: str) -> User:
    """Return the account of this name, which has no password when it is new."""
    account, is_new = User.objects.get_or_create(username=name[:150])
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account
