"""Layer 3: looks at ALL notes: addresses, links, the plan of pages."""
