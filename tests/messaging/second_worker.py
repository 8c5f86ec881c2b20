"""A worker in a process of its own, on the database of a test. It reads clocks anew all the time.

python -m tests.messaging.second_worker NAME HOST
"""

import os
import sys
import threading


def main(name: str, host: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "liandong.config.settings.test"

    import django
    from django.conf import settings

    settings.DATABASES["default"].update({"NAME": name, "USER": "liandong", "HOST": host})
    django.setup()

    from liandong.kernel import clock, worker

    clock.FRESH_SECONDS = 0.0
    worker.IDLE_SECONDS = 0.02
    print("up", flush=True)  # noqa: T201 -- told to whoever started it
    worker.run(epoch=1, checkpoints=None, stop=threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
