"""Markdown syntax beyond CommonMark, one file a rule or one folder a family.

What rules are made of: `rule`, `report`, `parse_state`, `places`, `lines`. That of other programs is in `programs/`.
"""
