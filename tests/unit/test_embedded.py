"""The embedded PostgreSQL: started by whoever comes first, stopped with whoever leaves last, however they leave."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from response.project import embedded
from response.project.embedded.layout import layout_of, socket_in
from response.project.embedded.locks import alone

SOURCE = Path(embedded.__file__).parents[3]
USER = """
import sys
from response.project import embedded
try:
    print(embedded.ensure_running(sys.argv[1], durable=False), flush=True)
except embedded.EmbeddedError as error:
    sys.exit(f"refused: {error}")
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with a database in it, to be used again by test after test."""
    folder = tmp_path_factory.mktemp("embedded")
    yield folder
    embedded.remove(folder)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Path]:
    """A data folder with nothing in it."""
    yield tmp_path
    embedded.remove(tmp_path)


@contextmanager
def user(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the database of `folder`, and has started using it."""
    with start_user(folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgresql://")
        try:
            yield process
        finally:
            process.kill()


def start_user(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def wait_until_stopped(folder: Path) -> None:
    """Return once the keeper of the server is gone, and the server with it."""
    with alone(layout_of(folder).keeper_lock):
        assert not socket_in(layout_of(folder).socket_dir).exists()


def modes(folder: Path) -> dict[Path, int]:
    return {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.parents)}


def postmaster(folder: Path) -> int:
    pid_file = layout_of(folder).cluster.resolve() / "postmaster.pid"
    return int(pid_file.read_text().split("\n")[0])


def test_the_address_is_known_before_anything_runs(tmp_path: Path) -> None:
    url = embedded.connection_url(tmp_path / "data")
    assert url == embedded.connection_url(str(tmp_path / "elsewhere" / ".." / "data"))
    assert not (tmp_path / "data").exists()


def test_a_long_path_does_not_make_the_socket_too_long(tmp_path: Path) -> None:
    socket = socket_in(layout_of(tmp_path / ("long" * 30)).socket_dir)
    assert len(os.fsencode(socket)) <= 103


def test_what_was_stored_is_there_again(data: Path) -> None:
    with embedded.running(data) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'payments' AS word")
    wait_until_stopped(data)
    with embedded.running(data) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("payments",)


def test_the_demo_is_safe_in_a_crash_and_only_tests_are_not(data: Path) -> None:
    for durable, expected in [(True, "on"), (False, "off")]:
        with embedded.running(data, durable=durable) as url, psycopg.connect(url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == (expected,)
        wait_until_stopped(data)


def test_those_who_start_at_once_share_one_server(fresh: Path) -> None:
    with ExitStack() as stack:
        processes = [stack.enter_context(start_user(fresh)) for _ in range(3)]
        lines = {process.stdout.readline().strip() for process in processes if process.stdout}
        with embedded.running(fresh) as url, psycopg.connect(url) as connection:
            assert lines == {url}
            assert connection.execute("SELECT pg_backend_pid() > 0").fetchone() == (True,)
        for process in processes:
            process.kill()
    wait_until_stopped(fresh)


def test_the_server_stays_for_the_last_user_and_stops_when_that_one_is_killed(data: Path) -> None:
    with user(data) as last:
        with user(data) as first:
            first.send_signal(signal.SIGKILL)
            first.wait()
        with psycopg.connect(embedded.connection_url(data)) as connection:
            connection.execute("SELECT 1")
        last.send_signal(signal.SIGKILL)
        last.wait()
    wait_until_stopped(data)


def test_a_server_that_was_killed_is_there_for_the_next_user(data: Path) -> None:
    with user(data):
        os.kill(postmaster(data), signal.SIGKILL)
        with embedded.running(data) as url, psycopg.connect(url) as connection:
            connection.execute("SELECT 1")
    wait_until_stopped(data)


def test_a_pid_file_that_names_a_stranger_does_not_stop_it(data: Path) -> None:
    with embedded.running(data):
        left_behind = (layout_of(data).cluster.resolve() / "postmaster.pid").read_text()
    wait_until_stopped(data)
    stale = left_behind.replace(left_behind.split("\n")[0], str(os.getpid()), 1)
    (layout_of(data).cluster.resolve() / "postmaster.pid").write_text(stale)
    with embedded.running(data) as url, psycopg.connect(url) as connection:
        connection.execute("SELECT 1")
    wait_until_stopped(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account to run PostgreSQL as")
def test_root_opens_no_folder_to_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    before = modes(home)
    with embedded.running(home / "data") as url, psycopg.connect(url) as connection:
        (cluster,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        assert not Path(cluster).is_relative_to(home)
        assert Path(cluster).stat().st_uid != 0
        assert modes(home) == before
    embedded.remove(home / "data")
    assert not Path(cluster).exists()
    assert modes(home) == before


def test_a_database_in_use_is_not_removed(data: Path) -> None:
    with embedded.running(data), pytest.raises(embedded.EmbeddedError, match="in use"):
        embedded.remove(data)


def test_data_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    cluster = layout_of(tmp_path).cluster
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("16\n")
    with pytest.raises(embedded.EmbeddedError, match="written by PostgreSQL 16 and this is PostgreSQL 18"):
        embedded.ensure_running(tmp_path)
    assert (cluster / "PG_VERSION").read_text() == "16\n"


def test_a_copied_data_folder_does_not_run_the_original_database(tmp_path: Path) -> None:
    layout = layout_of(tmp_path / "copy")
    layout.folder.mkdir(parents=True)
    layout.cluster.symlink_to(tmp_path / "original" / "cluster")
    with pytest.raises(embedded.EmbeddedError, match="belongs to another data folder"):
        embedded.ensure_running(tmp_path / "copy")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(embedded.EmbeddedError, match=r"file/postgres cannot be used: Not a directory"):
        embedded.ensure_running(tmp_path / "file")


def test_without_the_wheel_it_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-c", USER, str(tmp_path)],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'response-incidents[demo]'" in done.stderr
    assert "Traceback" not in done.stderr
