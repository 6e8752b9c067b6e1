"""MathML of either engine, made to look alike and to pass validators."""
