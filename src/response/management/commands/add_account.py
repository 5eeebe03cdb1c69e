"""`response add-account`: let somebody in who signs in with a name and a password."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from response.accounts.linking import ELSEWHERE, make_account
from response.core.models import Person
from response.management.commands.create_token import person_of
from response.plugins.addresses import whole


class Command(BaseCommand):
    """Make an account, or find it again, and print a link with which its owner chooses a password, once."""

    help = (
        "Make an account, and print a link with which its owner chooses a password. The link works once, for three "
        "days. For an account that is there already it prints a new link: for a password that was forgotten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the account's name, and who it is for."""
        parser.add_argument("name", help="what they type to sign in, such as lee")
        parser.add_argument("--full-name", default="", help="what others see, such as 'Lee Sandoval'")
        parser.add_argument("--operator", action="store_true", help="may see what runs Response, and the admin")
        parser.add_argument(
            "--as",
            dest="person",
            metavar="PERSON",
            help="the Slack id, or the e-mail address, of who they are in Slack, who is then said to do what they do",
        )

    @transaction.atomic
    def handle(self, *_args: Any, **given: Any) -> None:
        """Make it and print the link, alone on its line."""
        account = make_account(checked(given["name"].strip()))
        if given["full_name"]:
            account.first_name, _, account.last_name = given["full_name"].strip().partition(" ")
        if given["operator"]:
            account.is_staff = account.is_superuser = True
        account.save()
        if given["person"]:
            give(account, person_of(given["person"].strip()))
        self.stderr.write(f"With this link, {account.username} chooses a password. It works once, for three days.")
        self.stdout.write(link(account))


def checked(name: str) -> str:
    """Return a name that an account has, or may have. Raises CommandError."""
    if name.startswith(ELSEWHERE) and not User.objects.filter(username=name).exists():
        raise CommandError(f"Names that begin with {' or '.join(ELSEWHERE)} are for people who sign in elsewhere.")
    try:
        User._meta.get_field("username").clean(name, None)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return name


def give(account: User, person: Person) -> None:
    """Have an account be a person's. Raises CommandError when they have another."""
    if person.owner not in (None, account):
        raise CommandError(f"{person} signs in as {person.owner} already.")
    person.owner = account
    person.save(update_fields=["owner"])


def link(account: User) -> str:
    """Return the address at which the account's owner chooses a password."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    path = reverse("account_welcome", args=[uid, default_token_generator.make_token(account)])
    return whole(path)
