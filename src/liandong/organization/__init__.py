"""组织体系: bodies, posts, people, duties and accounts of the county (clauses 三(一), 二(二)1).

Says who holds which post now, and what a post may therefore do. It never says what is to be done
in an emergency, and it never reaches a person: that is for the apps above.
"""
