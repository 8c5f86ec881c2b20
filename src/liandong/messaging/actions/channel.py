"""The voice gateway, and what is done where it cannot help."""

from datetime import timedelta

from django.conf import settings

from liandong.kernel import clock
from liandong.kernel.actions import action, happened
from liandong.kernel.actors import Actor
from liandong.kernel.wording import gettext as _
from liandong.messaging import queries
from liandong.messaging.actions.answers import hush
from liandong.messaging.actions.assigning import assign, finish_what_is_over
from liandong.messaging.events import VoiceLost, VoiceRestored
from liandong.messaging.models import CallOut, VoiceChannel
from liandong.messaging.permissions import Permission

AUDIENCE = frozenset({"duty"})
LONGEST_REST_SECONDS = 30


@action(Permission.DIAL)
def note_channel(actor: Actor, *, trouble: str, idempotency_key: str = "") -> VoiceChannel:
    """Note whether the gateway took what it was given. Publishes ``VoiceLost`` or ``VoiceRestored`` when that changes.

    While it is away it is asked more and more rarely, and nobody's tries are counted.
    """
    now = clock.now(actor.realm)
    channel = queries.voice_channel(actor.realm)
    if trouble:
        first = channel.away_since is None
        channel.away_since = channel.away_since or now
        rest = min(2**channel.failures, LONGEST_REST_SECONDS)
        channel.failures = min(channel.failures + 1, 20)
        channel.retry_at, channel.trouble = now + timedelta(seconds=rest), trouble[:300]
        channel.save()
        if first:
            happened(
                VoiceLost(subject_id=actor.realm, trouble=channel.trouble), audience=AUDIENCE
            )
    elif channel.away_since:
        away = int((now - channel.away_since).total_seconds())
        channel.away_since = channel.retry_at = None
        channel.failures, channel.trouble = 0, ""
        channel.save()
        happened(VoiceRestored(subject_id=actor.realm, away_seconds=away), audience=AUDIENCE)
    return channel


@action(Permission.DIAL)
def send_to_doors(
    actor: Actor, *, call_out: CallOut, everybody: bool, idempotency_key: str = ""
) -> CallOut:
    """Name who goes to those whom no telephone reaches: nobody's number, or with ``everybody`` a gateway that is away.

    Publishes ``CalleeAssigned`` for each, and ``CallOutFinished`` when nobody is left to call.
    """
    held = queries.beyond_telephone(call_out, everybody=everybody).select_for_update(
        of=("self",)
    )
    some = list(held)
    trouble = _("语音线路不通，改为人工叫应") if everybody else ""
    assign(actor, call_out, some, clock.now(actor.realm), trouble)
    hush(some)
    finish_what_is_over(actor, [call_out.pk])
    return call_out


def settle_the_unreachable(actor: Actor) -> None:
    """Send somebody to everybody whom the dialer cannot reach by itself."""
    now = clock.now(actor.realm)
    channel = queries.voice_channel(actor.realm)
    patience = timedelta(minutes=settings.VOICE_AWAY_MINUTES)
    for call_out in queries.running(actor.realm):
        since = channel.away_since and max(channel.away_since, call_out.started_at)
        everybody = since is not None and since + patience <= now
        if queries.beyond_telephone(call_out, everybody=everybody).exists():
            send_to_doors(actor, call_out=call_out, everybody=everybody)
