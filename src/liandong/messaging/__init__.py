"""叫应: how people are reached, and what is known of whether they were (clauses 二(一)2, 三(一)1).

Keeps contact points, messages to posts and a receipt for each way tried. It decides nothing about
an emergency: callers say what to tell whom, and answer to what comes back.
"""
