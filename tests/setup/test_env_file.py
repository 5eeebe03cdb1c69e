"""`.env` keeps what others wrote in it."""

import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values

from response.setup import env_file
from response.setup.answers import Mistake


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    env_file.write(file, {"SITE_URL": "https://a.example.com", "SECRET_KEY": "it's a \\ 'secret' # really"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert dotenv_values(file) == {"SITE_URL": "https://a.example.com", "SECRET_KEY": "it's a \\ 'secret' # really"}


def test_lines_of_others_stay(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# ours\nTZ=UTC\n\nexport SLACK_TOKEN=old\nKEY='-----\nSLACK_TOKEN=not this\n-----'\nLAST=1")
    env_file.write(file, {"SLACK_TOKEN": "xoxb-new", "SITE_URL": "https://a.example.com"})
    assert file.read_text() == (
        "# ours\nTZ=UTC\n\nexport SLACK_TOKEN=xoxb-new\nKEY='-----\nSLACK_TOKEN=not this\n-----'\nLAST=1\n"
        "SITE_URL=https://a.example.com\n"
    )


def test_a_value_that_stands_twice_stands_once_afterwards(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_TOKEN=one\nTZ=UTC\nSLACK_TOKEN=two\n")
    env_file.write(file, {"SLACK_TOKEN": "three"})
    assert file.read_text() == "SLACK_TOKEN=three\nTZ=UTC\n"


def test_our_comment_is_replaced_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# Slack is great\nSLACK_TOKEN=one\n")
    for team in ("Acme (T1)", "Beta (T2)"):
        env_file.write(file, {"SLACK_TOKEN": "two"}, {"SLACK_TOKEN": f"Slack workspace: {team}"})
    assert file.read_text() == "# Slack is great\n# Slack workspace: Beta (T2)\nSLACK_TOKEN=two\n"
    assert env_file.comment_of(file, "Slack workspace") == "Beta (T2)"


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("TZ=UTC\n")
    (tmp_path / ".env").symlink_to("kept")
    env_file.write(tmp_path / ".env", {"A": "1"})
    assert (tmp_path / ".env").is_symlink()
    assert (tmp_path / "kept").read_text() == "TZ=UTC\nA=1\n"


def test_a_full_disk_is_a_sentence() -> None:
    with pytest.raises(Mistake, match="/dev/full cannot be written: No space left on device"):
        env_file.write(Path("/dev/full"), {"A": "1"})


def test_a_file_that_is_no_text_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")
    with pytest.raises(Mistake, match="cannot be read: it is not text"):
        env_file.read(tmp_path / ".env")
