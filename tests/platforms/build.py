"""Build the environments of the real platforms, each beside the board's own, all at once.

python tests/platforms/build.py [NAME ...]    without names: all of them

Every file in requirements/ is one: NAME.txt is a list of pins for pip, NAME.deb names packages of
Debian that are unpacked and not installed. `.platforms/NAME` is built anew when its file changes.
"""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / ".platforms"
PLANS = {plan.stem: plan for plan in sorted((HERE / "requirements").iterdir())}
BY_PIP = """
{python} -m venv {place}
{place}/bin/python -m pip install -q --disable-pip-version-check --no-deps -r {plan}
{place}/bin/python -m pip check
"""
BY_DEBIAN = """
mkdir -p {place}
cd {place}
apt-get download -q {names} || (apt-get update -q && apt-get download -q {names})
for package in *.deb; do dpkg-deb -x "$package" .; done
rm *.deb
"""


def fingerprint(name: str) -> str:
    """What the environment is built from: its pins and this Python."""
    return sha256(PLANS[name].read_bytes() + sys.version.encode()).hexdigest()


def is_built(name: str) -> bool:
    """Whether the environment stands as its pins say now."""
    built = PLACE / name / "built"
    return built.exists() and built.read_text() == fingerprint(name)


def started(name: str) -> subprocess.Popen:
    """A shell that builds the environment from nothing."""
    plan, place = PLANS[name], PLACE / name
    shutil.rmtree(place, ignore_errors=True)
    script = BY_DEBIAN if plan.suffix == ".deb" else BY_PIP
    names = " ".join(plan.read_text().split())
    said = script.format(python=sys.executable, place=place, plan=plan, names=names)
    return subprocess.Popen(["sh", "-ec", said])


def main(wanted: list[str]) -> None:
    """Build what is missing or changed, and name what failed."""
    missing = [name for name in wanted or PLANS if not is_built(name)]
    running = {name: started(name) for name in missing}
    failed = [name for name, shell in running.items() if shell.wait()]
    for name in set(missing) - set(failed):
        (PLACE / name / "built").write_text(fingerprint(name))
    if failed:
        raise SystemExit(f"could not build {', '.join(failed)} in {PLACE}")


if __name__ == "__main__":
    main(sys.argv[1:])
