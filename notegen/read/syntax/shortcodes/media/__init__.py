"""Pictures, films and files of tags: as images, players and cards."""
