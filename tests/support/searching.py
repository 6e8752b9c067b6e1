"""Whether property tests look for new counterexamples: NOTEGEN_EXAMPLES=10 draws ten times as many, others each time.

Without it they draw the same examples in every run, so that a run says something of what was changed.
"""

import os

EXAMPLES = int(os.environ.get("NOTEGEN_EXAMPLES", "1"))  # times as many
SEARCHES = EXAMPLES > 1
