"""Tests: a folder for each package of notegen, whole sites, rules of the house, and a real browser."""
