"""`notegen new`: a note that does not exist yet, as a path and a text; from a template where the site has one."""
