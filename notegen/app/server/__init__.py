"""What `notegen serve` is made of: a builder's thread, snapshots of the site, an HTTP server, a client script."""
