"""Which person somebody is."""

import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet

from response.core.models import Person

LABEL = re.compile(r"(?P<full>.*) \(@(?P<short>[^()]*)\)")
MOST = 20


def behind(user: AbstractBaseUser) -> Person:
    """Return the person that somebody with an account here is: the one they own, or one that stands for the account."""
    owned = Person.objects.filter(owner_id=user.pk).order_by("app_id", "pk").first()
    return (
        owned
        or Person.objects.get_or_create(
            app_id="web",
            external_id=str(user.pk),
            defaults={"owner_id": user.pk, "full_name": name_of(user), "is_outside": False},
        )[0]
    )


def name_of(user: AbstractBaseUser) -> str:
    """Return what the account is called, as a name that mentions nobody wherever it is written."""
    full_name = getattr(user, "get_full_name", str)()
    return "".join(sign for sign in full_name or user.get_username() if sign not in "<>&")[:200]


def meant_by(words: str) -> Person | None:
    """Return the person with this id in their own place, or this e-mail address. None: nobody has it, or several."""
    known = Person.objects.filter(deleted=False)
    found = list(known.filter(external_id=words)[:2]) or list(known.filter(email__iexact=words)[:2])
    return found[0] if len(found) == 1 else None


def label(person: Person) -> str:
    """Return what tells a person from others, and `called` understands: "Lee Leader (@lee)"."""
    name = str(person)
    return f"{name} (@{person.display_name})" if person.display_name not in {"", name} else name


def called(words: str) -> list[Person]:
    """Return who may be meant: whoever has this id, address or exact name, else those whose name holds the words."""
    known = Person.objects.filter(deleted=False, is_bot=False).order_by("full_name", "display_name", "pk")
    if chosen := re.fullmatch(r"#([0-9]{1,18})", words):
        return list(known.filter(pk=chosen[1]))
    if (one := meant_by(words)) and not one.is_bot:
        return [one]
    names = Q(full_name__iexact=words) | Q(display_name__iexact=words)
    if both := LABEL.fullmatch(words):
        names |= Q(full_name=both["full"], display_name=both["short"])
    return list(known.filter(names)[:MOST]) or some(words)


def some(words: str, *, among: QuerySet[Person] | None = None) -> list[Person]:
    """Return a few of those whose name holds the words, as suggestions."""
    everybody = Person.objects.all() if among is None else among
    known = everybody.filter(deleted=False, is_bot=False).order_by("full_name", "display_name", "pk")
    holds = Q(full_name__icontains=words) | Q(display_name__icontains=words.lstrip("@"))
    return list(known.filter(holds)[:MOST]) if words.strip("@ ") else []
