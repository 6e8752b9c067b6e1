"""Everything that is remembered between builds."""
