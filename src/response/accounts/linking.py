"""Which account belongs to whom. A Slack account is known by workspace and user id, never by an e-mail address.

Accounts of people who sign in elsewhere have names that nobody chooses: who could choose, could take the name that an
operator is about to give somebody else.
"""

import hashlib
import re

from django.contrib.auth.models import User
from django.db import transaction

from response.core.models import Person

# How the names of accounts begin that belong to who signs in elsewhere: at Slack, at another provider.
ELSEWHERE = ("slack-", "oidc-")


@transaction.atomic
def account_of(person: Person) -> User:
    """Return the account that a person signs in with. It is made, without a password, when they first come."""
    locked = Person.objects.select_for_update(of=("self",)).select_related("owner").get(pk=person.pk)
    if locked.owner is None:
        locked.owner = make_account(f"{person.app_id}-{person.external_id}")
        locked.save(update_fields=["owner"])
    person.owner = locked.owner
    return locked.owner


def name_elsewhere(provider_id: str, uid: str) -> str:
    """Return the name of the account of somebody at a provider: readable as far as it goes, and one for each `uid`."""
    readable = re.sub(r"[^\w.@+-]", "-", uid, flags=re.ASCII)[:80]
    return f"{provider_id}-{readable}-{hashlib.sha256(uid.encode()).hexdigest()[:12]}"


def make_account(name: str) -> User:
    """Return the account of this name, which has no password when it is new."""
    account, is_new = User.objects.get_or_create(username=name[:150])
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account
