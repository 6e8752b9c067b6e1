"""`notegen schema`: JSON Schemas for editors."""

import click

from notegen.reference.schema import as_json, front_matter_schema, site_schema


def schema_command(what: str) -> None:
    """Print the schema of `site` (site.yaml) or of `front-matter`."""
    click.echo(as_json(site_schema() if what == "site" else front_matter_schema()), nl=False)
