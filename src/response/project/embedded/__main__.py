"""`python -m response.project.embedded FOLDER ...`: delete the databases of these data folders, wherever they lie."""

import sys

from response.project.embedded import EmbeddedError, remove

try:
    for folder in sys.argv[1:]:
        remove(folder)
except EmbeddedError as error:
    sys.exit(f"response: {error}")
