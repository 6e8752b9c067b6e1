"""Bibliography files: BibTeX and CSL-JSON to entries, the cited ones as HTML."""
