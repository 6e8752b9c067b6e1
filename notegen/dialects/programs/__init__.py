"""One module a program: its dialect as a value, its configuration as settings; `recognise.py` lists them."""
