"""Layer 2: the disk to a Tree, site.yaml to a Config."""
