"""The Citation Style Language: entries as its items, works in its styles, its files of items."""
