"""预案 (机制三(二)1): plans as data that run. Grades, binds and paces; it never decides, and it knows no orders.

Holds the plan language, the fact dictionary, versions of plans, facts about a subject, grading and
runs. What a step asks for is done by the app above that can do it; a step's state is its order's.
"""
