"""The `response` command. What it does not know itself is Django's: `response createsuperuser`, `response check`, …"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from response import __version__
from response.project import anew
from response.project.flags import offer_skipping
from response.project.mistakes import sentence_for

HELP = """\
Run incidents from Slack.

Try it:
  response demo             Everything on this machine, Slack included: no account is needed.
  response sandbox          A Slack workspace in a box, to develop and test against.

Set it up:
  response setup            Make the Slack app, check its tokens, write the settings, and prepare the channel.
  response manifest         Print the manifest of the Slack app.
  response migrate          Bring the database up to date; run it before each new version starts.
  response check            Look at settings and plugins without starting anything.
  response add-account      Let somebody in who signs in with a name and a password.
  response create-token     Let a program use the API.

Run it:
  response run              The web process and the worker, under one supervisor.
  response web              The web process: answers Slack and serves the pages.
  response worker           The worker: runs jobs, and does all the talking to Slack.
  response socket           Takes what Slack sends by Socket Mode, when SLACK_APP_TOKEN is set.

Look after it:
  response doctor           Say what is wrong, and what to do about it.
  response repair           Recreate what is missing in Slack for an incident: `response repair 12`.
  response backup           Write everything to one file.
  response restore          Put a backup into an empty database.
  response export           Write everything as lines of JSON.
  response import           Read an export into an empty database.
  response import-response  Bring over a database of the original Response.
  response shell            A Python shell with the models loaded.

`response <command> --help` tells more about one. Every other Django command works too; `response help` lists them.
Settings come from the environment and from a file `.env`. Without DATABASE_URL, an embedded PostgreSQL is started.
"""

# Django's commands that never ask the database; for all others the embedded one is started.
_WITHOUT_DATABASE = {"check", "collectstatic", "compilemessages", "findstatic", "help", "makemessages", "startapp"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. Mistakes of people are one sentence, never a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "response.project.settings")
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(HELP, end="")
        return 0
    if arguments[0] in {"-V", "--version"}:
        print(f"response {__version__}")
        return 0
    command, *rest = arguments
    try:
        return _COMMANDS[command](rest) if command in _COMMANDS else django_command(arguments)
    except KeyboardInterrupt:
        return 130
    except subprocess.CalledProcessError as error:
        return error.returncode  # it has said why itself
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        print(f"response: {sentence}", file=sys.stderr)
        return 1


def web_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("response web", description="Answer Slack and serve the pages.")
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: %(default)s")
    parser.add_argument("--workers", type=_positive, default=1, help="processes (default: 1)")
    parser.add_argument("--threads", type=_positive, default=8, help="requests at a time in each (default: 8)")
    offer_skipping(parser)
    return parser


def web(arguments: Sequence[str]) -> int:
    """`response web`"""
    given = web_parser().parse_args(arguments)
    anew.hold(anew.WEB)
    from response.project import ports, web  # noqa: PLC0415

    host, port = ports.parse_bind(given.bind)
    ports.require_free(host, port, "--bind")
    ensure_database()
    web.serve(host, port, workers=given.workers, threads=given.threads)
    return 0


def worker_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("response worker", description="Run jobs as they come in.")
    parser.add_argument("--concurrency", type=_positive, default=8, help="jobs at a time (default: 8)")
    offer_skipping(parser)
    return parser


def worker(arguments: Sequence[str]) -> int:
    """`response worker`"""
    given = worker_parser().parse_args(arguments)
    anew.hold(anew.WORKER)
    ensure_database()
    import django  # noqa: PLC0415

    django.setup()
    from response.project.worker import work  # noqa: PLC0415

    work(concurrency=given.concurrency)
    return 0


def socket_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("response socket", description="Take what Slack sends by Socket Mode.")
    offer_skipping(parser)
    return parser


def socket(arguments: Sequence[str]) -> int:
    """`response socket`"""
    socket_parser().parse_args(arguments)
    ensure_database()
    import django  # noqa: PLC0415

    django.setup()
    from response.project.socket_mode import serve  # noqa: PLC0415

    serve()
    return 0


def run_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "response run",
        description="The web process and the worker together, and with SLACK_APP_TOKEN what takes Slack's requests by "
        "Socket Mode. The embedded PostgreSQL is migrated first.",
    )
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: %(default)s")
    parser.add_argument("--workers", type=_positive, default=1, help="processes that serve the web (default: 1)")
    parser.add_argument("--concurrency", type=_positive, default=8, help="jobs at a time (default: 8)")
    offer_skipping(parser)
    return parser


def run(arguments: Sequence[str]) -> int:
    """`response run`"""
    given = run_parser().parse_args(arguments)
    from response.project import ports  # noqa: PLC0415
    from response.project.config import read_config  # noqa: PLC0415
    from response.project.reloading import FOR_SERVICES, Reloader  # noqa: PLC0415
    from response.project.supervise import Service, supervise  # noqa: PLC0415

    ports.require_free(*ports.parse_bind(given.bind), "--bind")
    config, environ = read_config(), dict(os.environ)
    this = [sys.executable, "-m", "response"]
    first = ["migrate", "--verbosity", "0"] if ensure_database() else ["check"]
    subprocess.run([*this, *first], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    services = [
        Service("web", [*this, "web", "--bind", given.bind, "--workers", str(given.workers)], anew.WEB),
        Service("worker", [*this, "worker", "--concurrency", str(given.concurrency)], anew.WORKER),
    ]
    if config.slack_app_token.get_secret_value():
        services.append(Service("socket", [*this, "socket"]))
    if not config.debug:
        return supervise(services, environ=environ)
    return supervise(services, environ=environ | FOR_SERVICES, reloader=Reloader(config.plugin_dir, environ))


def demo(arguments: Sequence[str]) -> int:
    """`response demo`"""
    from response.project.demo import main as demo_main  # noqa: PLC0415

    return demo_main(arguments)


def sandbox(arguments: Sequence[str]) -> int:
    """`response sandbox`"""
    from slack_sandbox.cli import main as sandbox_main  # noqa: PLC0415

    return int(sandbox_main(list(arguments)) or 0)


def django_command(arguments: Sequence[str]) -> int:
    """Any command of Django's or of an app. Ours are spelled with a dash, as in `response add-account`."""
    import django  # noqa: PLC0415
    from django.core.management import execute_from_command_line, get_commands  # noqa: PLC0415

    django.setup()  # without it Django knows its own commands only, and remembers those
    known = get_commands().keys()
    plain = arguments[0].replace("-", "_")
    command = plain if plain in known else arguments[0]
    if command in known - _WITHOUT_DATABASE and not {"-h", "--help"} & set(arguments):
        ensure_database()
    execute_from_command_line(["response", command, *arguments[1:]])
    return 0


def ensure_database() -> bool:
    """Without DATABASE_URL, have the embedded PostgreSQL run for as long as this process. Returns whether it does."""
    from response.project import embedded  # noqa: PLC0415
    from response.project.config import read_config  # noqa: PLC0415

    config = read_config()
    if config.database_url is not None:
        return False
    embedded.ensure_running(config.response_data_dir)
    return True


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("it must be 1 or more")
    return number


def elsewhere(module: str) -> Callable[[Sequence[str]], int]:
    """A command whose `main` stands in a module of its own."""

    def command(arguments: Sequence[str]) -> int:
        return int(import_module(module).main(arguments))

    return command


# Each imports what it needs itself: the supervisor of the demo stays small without Django.
_COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "doctor": elsewhere("response.doctor.command"),
    "manifest": elsewhere("response.setup.manifest_command"),
    "run": run,
    "sandbox": sandbox,
    "setup": elsewhere("response.setup.command"),
    "socket": socket,
    "web": web,
    "worker": worker,
}

if __name__ == "__main__":
    sys.exit(main())
