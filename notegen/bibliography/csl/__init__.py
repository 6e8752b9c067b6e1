"""The Citation Style Language: entries as its items, rendered in its styles."""
