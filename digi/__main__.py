"""`python -m digi`: the `digi` command."""

import sys

from digi.console.main import main

sys.exit(main())
