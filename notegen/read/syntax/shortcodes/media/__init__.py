"""Tags that stand for pictures and films."""
