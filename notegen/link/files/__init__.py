"""Which of the author's files go public, where they stand, and why."""
