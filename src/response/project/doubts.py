"""What can be seen to be wrong with the settings, said in a process's log as it starts. The doctor says the same."""

import logging

from response.doctor import problems
from response.doctor.findings import State
from response.doctor.settings import look
from response.project.config import Config

logger = logging.getLogger("response.settings")


def say_doubts(config: Config) -> None:
    """Write a line, with the way out, for each setting that cannot work, or that works under an old name alone."""
    for finding in look(config):
        if finding.state is State.FAILED or finding.problem == problems.OLD_NAME.name:
            logger.warning("setting_%s: %s %s", finding.problem, finding.text, finding.fix)
