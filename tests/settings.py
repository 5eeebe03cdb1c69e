"""The settings of our own tests: those of the testing kit, always with the same folder, and without any plugins."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
os.environ.update(TEST_DATA_DIR=str(ROOT / ".data" / "test"), PLUGIN_DIR=str(ROOT / ".data" / "no plugins"))

from response.project.settings_for_tests import *  # noqa: E402, F403
