"""What citations need of a site: its bibliographies, and the style that it names."""
