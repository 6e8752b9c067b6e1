"""Chinese, Japanese and Korean typography: emphasis, line breaks, links, punctuation.

Source: the W3C's "Requirements for Chinese Text Layout" (clreq); of emphasis see emphasis.py.
"""
