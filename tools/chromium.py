"""Install what the browser tests look through: Chromium and Chinese type, where that is permitted."""

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq")


def main() -> None:
    wanted = list(missing())
    if wanted and (rights := permission()) is not None:
        print(f"installing {' and '.join(wanted)} through apt", file=sys.stderr)
        install = [*rights, *APT, "install", "--yes", "--no-install-recommends", *wanted]
        subprocess.run([*rights, *APT, "update"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(install, check=False, stdout=subprocess.DEVNULL)
    if left := " and ".join(missing()):
        print(f"NOT RUN: the browser tests want {left}; install it and repeat", file=sys.stderr)
        sys.exit("CI" in os.environ)


def missing() -> list[str]:
    packages = [] if any(map(shutil.which, BROWSERS)) else ["chromium", "chromium-l10n"]
    if not has_chinese_type():
        packages.append("fonts-noto-cjk")
    return packages


def has_chinese_type() -> bool:
    if not (fc_list := shutil.which("fc-list")):
        return False
    found = subprocess.run([fc_list, ":lang=zh-cn"], check=False, capture_output=True)
    return bool(found.stdout.strip())


def permission() -> list[str] | None:
    """Return what must stand before apt-get here, or None where nothing may be installed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    allowed = (
        shutil.which("sudo") and not subprocess.run([*sudo, "true"], check=False).returncode
    )
    return sudo if allowed else None


if __name__ == "__main__":
    main()
