"""Tags of Hexo's themes: words with a look, cards, pictures in rows, boxes, timelines."""
