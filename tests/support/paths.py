"""Where things lie in the checkout."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
TRANSMISSION = ROOT / "themes" / "transmission"
