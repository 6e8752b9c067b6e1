"""Photos without what they tell of their making."""
