"""Ids and timestamps of Slack's form, never the same one twice."""

import secrets
import string

ALPHABET = string.digits + string.ascii_uppercase
LETTERS = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """For example `C07Q2WX9K1A`. Random, so that a restarted sandbox does not repeat an `event_id`."""
    return prefix + "0" + _pick(ALPHABET, 9)


def new_secret(length: int = 24) -> str:
    """Letters and digits, for tokens and response URLs."""
    return _pick(LETTERS, length)


def _pick(alphabet: str, length: int) -> str:
    return "".join(alphabet[byte % len(alphabet)] for byte in secrets.token_bytes(length))


class Timestamps:
    """Hands out message timestamps: seconds, a point, six digits; each later than the one before."""

    def __init__(self, last: int = 0) -> None:
        self.last = last

    def next(self, now: float) -> str:
        """The ts of something that happens at `now`, or just after the last one."""
        self.last = max(int(now * 1_000_000), self.last + 1)
        return format_ts(self.last)


def format_ts(microseconds: int) -> str:
    """1700000000123456 -> "1700000000.123456"."""
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def is_ts(value: str) -> bool:
    """Whether `value` has the form of a ts."""
    seconds, point, rest = value.partition(".")
    return seconds.isdecimal() and (not point or rest.isdecimal())
