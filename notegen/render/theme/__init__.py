"""A theme out of its layers: settings, labels, assets, style sheets."""
