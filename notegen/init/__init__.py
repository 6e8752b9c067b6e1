"""`notegen init`: what a folder needs to become a site, planned as values and then written; nothing is overwritten."""
