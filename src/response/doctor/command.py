"""`response doctor`: a line for each check, with the fix for what is wrong."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from response.doctor import problems, settings
from response.doctor.findings import Finding, State, summary
from response.project import embedded
from response.project.config import Config
from response.project.mistakes import sentence_for


def main(arguments: Sequence[str]) -> int:
    """Run the command. Returns 1 when something is broken, and 0 otherwise."""
    given = parser().parse_args(arguments)
    findings = examine()
    if given.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    else:
        print("\n".join(lines(findings)))
    return 1 if any(finding.state is State.FAILED for finding in findings) else 0


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser("response doctor", description="Find out what is wrong, and say what to do.")
    found.add_argument("--json", action="store_true", help="print the findings as a JSON list")
    return found


def examine() -> list[Finding]:
    """Return the findings of all that can be looked at with these settings."""
    config, findings = settings.read()
    return findings if config is None else [*findings, *examine_running(config)]


def examine_running(config: Config) -> list[Finding]:
    """Set Django up, and run the checks that need it."""
    try:
        if config.database_url is None:
            embedded.ensure_running(config.response_data_dir)
    except embedded.EmbeddedError as error:
        return [problems.NO_DATABASE(reason=str(error))]
    try:
        import django  # noqa: PLC0415

        django.setup()
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        return [problems.BAD_PLUGIN(reason=sentence)]
    from response.doctor.diagnosis import diagnose, left_out  # noqa: PLC0415

    return [*left_out(), *diagnose()]


def lines(findings: Sequence[Finding]) -> list[str]:
    """Return the findings for a person to read."""
    width = max(len(finding.check) for finding in findings)
    shown = []
    for finding in findings:
        shown.append(f"{finding.state.sign} {finding.check:<{width}}  {finding.text}")
        if finding.fix:
            shown.append(f"  {'':<{width}}  → {finding.fix}")
    return [*shown, "", summary(findings)]
