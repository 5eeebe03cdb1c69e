"""The nginx of docs/howto/proxy.md, with a certificate, in front of a web process: both as they are written there."""

import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from bench.ack_bare import free_port
from django.contrib.auth.models import User

from slack_sandbox.testing import wait_for
from tests.deploy.web import challenge, web_process

PAGE = (Path(__file__).parents[2] / "docs" / "howto" / "proxy.md").read_text("utf-8")
SERVER, LOCATION = re.findall(r"```nginx\n(.*?)```", PAGE, re.DOTALL)
SECRET = "of this test alone"
PASSWORD = "a long enough password"
NAMES = ("response.example.com", "tools.example.com")
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

pytestmark = [
    pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here to make a certificate"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for both names, signed by itself; its key lies beside it."""
    folder = tmp_path_factory.mktemp("certificate")
    names = ",".join(f"DNS:{name}" for name in NAMES)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAMES[0]}"]
    files = ["-out", folder / "cert.pem", "-keyout", folder / "key.pem"]
    subprocess.run([*command, "-addext", f"subjectAltName={names}", *files], check=True, capture_output=True)
    return folder / "cert.pem"


@contextmanager
def nginx(folder: Path, server: str) -> Iterator[None]:
    """Run nginx with one server until the block ends."""
    temporary = "".join(f"{place}_temp_path {folder}/{place};" for place in PLACES)
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{server}\n}}"
    )
    folder.chmod(0o755)
    with subprocess.Popen(["nginx", "-e", f"{folder}/error.log", "-p", folder, "-c", config]) as process:
        try:
            yield
        finally:
            process.terminate()


def as_here(server: str, port: int, web: str, certificate: Path) -> str:
    """Return the page's server for this machine's ports and files."""
    for pattern, ours in (
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r"ssl_certificate [^;]+;", f"ssl_certificate {certificate};"),
        (r"ssl_certificate_key [^;]+;", f"ssl_certificate_key {certificate.with_name('key.pem')};"),
        (r"http://127\.0\.0\.1:8000", web),
    ):
        server, found = re.subn(pattern, ours, server)
        assert found, pattern
    return server


class Browser(httpx.Client):
    """Opens addresses of a name as if it led to this machine, and trusts the certificate alone."""

    def __init__(self, name: str, port: int, certificate: Path) -> None:
        trusted = ssl.create_default_context(cafile=str(certificate))
        super().__init__(base_url=f"https://127.0.0.1:{port}", verify=trusted, trust_env=False, timeout=20)
        self.headers["Host"] = name
        self.name = name

    def send(self, request: httpx.Request, **how: object) -> httpx.Response:  # type: ignore[override]
        request.extensions["sni_hostname"] = self.name
        return super().send(request, **how)  # type: ignore[arg-type]

    def is_there(self) -> bool:
        try:
            return self.get("/").status_code < 500
        except httpx.TransportError:
            return False


@pytest.fixture
def rae(django_db_setup: None) -> User:
    """Somebody who may sign in."""
    return User.objects.create_superuser("rae", "rae@example.org", PASSWORD)


def sign_in(browser: Browser, page: str) -> httpx.Response:
    """Sign in by the form."""
    shown = browser.get(page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text)
    assert token, shown.status_code
    origin = {"Origin": f"https://{browser.name}", "Referer": f"https://{browser.name}{page}"}
    sent = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies.jar)
    form = {"csrfmiddlewaretoken": token[1], "login": "rae", "password": PASSWORD}
    return browser.post(page, data=form, headers={**origin, "Cookie": sent})


def hears_slack(browser: Browser, path: str) -> bool:
    asked = challenge(SECRET)
    return browser.post(path, content=asked.body, headers=asked.headers).text == asked.expected


def test_a_name_of_its_own(tmp_path: Path, certificate: Path, rae: User) -> None:
    settings = {"SITE_URL": f"https://{NAMES[0]}", "TRUSTED_PROXIES": "1", "SLACK_SIGNING_SECRET": SECRET}
    port = free_port()
    with (
        web_process(free_port(), **settings) as web,
        nginx(tmp_path, as_here(SERVER, port, web, certificate)),
        Browser(NAMES[0], port, certificate) as browser,
    ):
        wait_for(browser.is_there, timeout=20)
        assert hears_slack(browser, "/slack/event")
        first = browser.get("/", headers={"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.1"})
        assert first.headers["Location"].startswith("/accounts/login/")
        assert first.headers["Strict-Transport-Security"]
        done = sign_in(browser, "/accounts/login/")
        assert (done.status_code, done.headers["Location"]) == (302, "/")
        assert browser.cookies.jar
        assert all(cookie.secure for cookie in browser.cookies.jar)


@pytest.mark.parametrize("takes_the_path_away", [False, True])
def test_a_path_of_a_name(tmp_path: Path, certificate: Path, rae: User, takes_the_path_away: bool) -> None:
    settings = {"SITE_URL": f"https://{NAMES[1]}/response", "TRUSTED_PROXIES": "1", "SLACK_SIGNING_SECRET": SECRET}
    port = free_port()
    location = LOCATION.replace(":8000;", ":8000/;") if takes_the_path_away else LOCATION
    lines = re.sub(r"location / \{.*?\n    \}", lambda _: location, SERVER.replace(*NAMES), flags=re.DOTALL)
    with (
        web_process(free_port(), **settings) as web,
        nginx(tmp_path, as_here(lines, port, web, certificate)),
        Browser(NAMES[1], port, certificate) as browser,
    ):
        wait_for(browser.is_there, timeout=20)
        assert hears_slack(browser, "/response/slack/event")
        assert browser.get("/response/").headers["Location"].startswith("/response/accounts/login/")
        done = sign_in(browser, "/response/accounts/login/")
        assert (done.status_code, done.headers["Location"]) == (302, "/response/")
        assert {(cookie.path, cookie.secure) for cookie in browser.cookies.jar} == {("/response/", True)}
