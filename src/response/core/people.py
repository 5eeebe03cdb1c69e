"""Which person somebody is."""

from django.contrib.auth.base_user import AbstractBaseUser

from response.core.models import Person


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
