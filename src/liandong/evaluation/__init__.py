"""演练 (二(五)1): drills in realms of their own, their scripts, who watches and what was learnt.

A drill takes the same way as an emergency: its injects go through the ordinary actions. It never
reaches out of its realm except by its list, and never changes what is the same in every realm.
"""
