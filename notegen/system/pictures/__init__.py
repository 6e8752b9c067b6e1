"""Pictures: what their files say of their size and format, smaller copies, which ones dark pages turn."""
