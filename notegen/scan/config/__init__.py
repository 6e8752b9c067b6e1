"""site.yaml to a Config, every mistake a Diagnostic at its place."""
