"""`notegen init`: a folder becomes a site, whose old addresses lead on."""
