"""Programs for `python -c` that stop in the middle of their work, so that a test can interrupt them there."""

# Touches `marker` when the first note is read, and then reads for ten minutes.
SLOW_READING = """
import os, sys, time
from pathlib import Path
import notegen.read.read
def slow(*_):
    Path({marker!r}).touch()
    time.sleep(600)
notegen.read.read.read_note = slow
from notegen.cli.main import main
main()
"""
