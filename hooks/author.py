"""The author's tool, without installing anything: `python hooks/author.py check TRN1-V13`."""

import sys

from microlearning.cli import main

sys.exit(main())
