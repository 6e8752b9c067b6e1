"""One module a program: its dialect as a value, its configuration as settings; `all.py` lists them."""
