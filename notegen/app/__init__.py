"""What every command needs: the site on the disk, the context of a run, reports."""
