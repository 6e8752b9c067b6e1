"""What every command needs: the site on the disk, the tools of a run, reports."""
