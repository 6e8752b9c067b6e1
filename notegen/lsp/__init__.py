"""The language server: what editors ask of a site while its notes are written, over stdin and stdout."""
