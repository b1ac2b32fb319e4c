"""The environments of the platforms: built when their pins change, missed aloud."""

import subprocess
from pathlib import Path

import pytest

from platforms import build, running


@pytest.fixture
def plan(tmp_path, monkeypatch) -> Path:
    """The pins of an environment named `well`, which a shell builds in no time; `ill` fails."""
    plans = {name: tmp_path / f"{name}.txt" for name in ("well", "ill")}
    for path in plans.values():
        path.write_text("some-package==1\n")
    shells = {"well": f"mkdir -p {tmp_path}/.platforms/well", "ill": "exit 1"}
    monkeypatch.setattr(build, "PLANS", plans)
    monkeypatch.setattr(build, "PLACE", tmp_path / ".platforms")
    monkeypatch.setattr(
        build, "started", lambda name: subprocess.Popen(["sh", "-ec", shells.pop(name)])
    )
    return plans["well"]


@pytest.mark.parametrize(("in_ci", "how"), [("true", "Failed"), ("", "Skipped")])
def test_a_missing_environment_is_skipped_aloud_by_hand_and_fails_in_ci(
    plan, monkeypatch, in_ci, how
):
    monkeypatch.setenv("CI", in_ci)
    says = r"well is missing or old \(make platforms\): well was not tested"
    with pytest.raises(BaseException, match=says) as caught:
        running.environment("well")
    assert type(caught.value).__name__ == how


def test_an_environment_is_built_once_and_again_when_its_pins_change(plan):
    build.main(["well"])
    assert running.environment("well") == plan.parent / ".platforms" / "well"
    build.main(["well"])  # a second shell there is not
    plan.write_text("some-package==2\n")
    assert not build.is_built("well")


def test_what_cannot_be_built_is_named_and_the_rest_is_built(plan):
    with pytest.raises(SystemExit, match="could not build ill in"):
        build.main([])
    assert build.is_built("well")
    assert not build.is_built("ill")


def test_a_server_ends_with_its_children(tmp_path):
    log = tmp_path / "server.log"
    with running.running(("sh", "-c", "sleep 300 & echo $!; wait"), tmp_path, {}):
        running.until(lambda: log.read_text().endswith("\n"), "starting")
        child = log.read_text().strip()
        assert runs(child)
    running.until(lambda: not runs(child), "ending the child", 5)


def runs(process_id: str) -> bool:
    """Whether a process is there and not just waiting to be forgotten."""
    try:
        return ") Z " not in Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
