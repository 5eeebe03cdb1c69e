"""The settings of our own tests: those of the testing kit, always with the same folder, with one plugin's tables."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
os.environ.update(
    TEST_DATA_DIR=str(ROOT / ".data" / "test"),
    PLUGIN_DIR=str(ROOT / ".data" / "no plugins"),
    INSTALLED_PLUGIN_APPS="tests.old_plugin",  # its tables; tests load its handlers themselves
)

from response.project.settings_for_tests import *  # noqa: E402, F403
