"""`python -m response`: the same as the `response` command."""

import sys

from response.cli import main

sys.exit(main())
