"""Commands that tell of notegen itself, without a site: explanations, schemas, completion of shells."""
