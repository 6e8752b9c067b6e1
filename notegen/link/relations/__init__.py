"""What stands beside a note: notes that refer to it, newer and older ones, its series, related ones."""
