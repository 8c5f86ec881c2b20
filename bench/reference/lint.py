"""Reference: the plainest check of steps against registers: sets, and one loop over every step."""

from datetime import timedelta

from django.db import connection

from liandong.plans.language import Plan

POSTS = """
SELECT post.key, body.key FROM organization_post post JOIN organization_body body ON body.id = post.body_id
"""
SEATED = """
SELECT post.key, EXISTS (
    SELECT FROM messaging_contactpoint way WHERE way.person_id = chair.person_id AND way.channel IN ('phone', 'mobile')
    AND way.retired_at IS NULL AND NOT way.is_stale)
FROM organization_appointment chair JOIN organization_post post ON post.id = chair.post_id
WHERE chair.until_at IS NULL
"""


def check(plans: list[Plan]) -> int:
    """Count unknown owners, empty chairs, missing telephones, missing deadlines, chains too long."""
    with connection.cursor() as cursor:
        cursor.execute(POSTS)
        bodies = {body: post for post, body in cursor.fetchall()}
        cursor.execute(SEATED)
        reached: dict[str, bool] = {}
        for post, has_phone in cursor.fetchall():
            reached[post] = reached.get(post, False) or has_phone
    wrong = 0
    for plan in plans:
        for level in plan.levels.values():
            ends: dict[str, timedelta] = {}
            for step in level.steps:
                post = bodies.get(step.to, step.to)
                wrong += post not in reached or not reached[post]
                wrong += not step.finish_within or not step.acknowledge_within or not step.proof
                before = max(
                    (ends.get(name, timedelta()) for name in step.after), default=timedelta()
                )
                ends[step.id] = before + (step.finish_within or timedelta())
                wrong += bool(level.expected and ends[step.id] > level.expected)
            wrong += not level.decides or not level.expected or not level.informs
    return wrong
