"""Whatever was pulled, undone and redone before: a pull leaves no record of the source out."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.connectors import pulls

EVENT = st.one_of(
    st.just(("record", 0)),
    st.just(("pull", 0)),
    st.tuples(st.sampled_from(["undo", "redo"]), st.integers(0, 12)),
)


@dataclass
class World:
    """A source that counts its records, and a board in plain Python that pulls them."""

    records: int = 0
    moment: datetime = datetime(2026, 1, 1)
    log: list[pulls.Pull] = field(default_factory=list)
    batches: dict[int, set[int]] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)

    def stored(self) -> set[int]:
        return {
            record
            for pull in self.log
            if pull.undone_at is None
            for record in self.batches[pull.number]
        }

    def happen(self, event: str, place: int) -> None:
        self.moment += timedelta(seconds=1)
        if event == "record":
            self.records += 1
        elif event == "pull":
            self.pull()
        elif self.log:
            place %= len(self.log)
            undone_at = self.moment if event == "undo" else None
            if self.batches[self.log[place].number]:
                self.log[place] = replace(self.log[place], undone_at=undone_at)

    def pull(self) -> None:
        after = pulls.begins_after(self.log) if self.log else None
        mark = self.marks.get(after, 0)
        number = len(self.log) + 1
        self.batches[number] = set(range(mark, self.records)) - self.stored()
        self.log.append(pulls.Pull(number, self.moment, after, "", None))
        self.marks[number] = self.records


@given(st.lists(EVENT, max_size=40))
def test_a_pull_leaves_no_record_of_the_source_out(events):
    world = World()
    for event, place in events:
        world.happen(event, place)
        if event == "pull":
            assert world.stored() == set(range(world.records))


@given(st.integers(1, 9))
def test_a_pull_after_nothing_was_undone_reads_only_what_is_new(count):
    world = World()
    for _ in range(count):
        world.happen("record", 0)
        world.happen("pull", 0)
    assert [pull.after_number for pull in world.log] == [None, *range(1, count)]
