"""Syntax of other programs that has an equivalent here: a folder a program, and what several of them share."""
