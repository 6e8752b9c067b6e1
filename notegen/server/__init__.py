"""`notegen serve`: a builder's thread, snapshots of the site, an HTTP server, a client script."""
