"""Print how fast the board is, as ratios measured side by side. Nothing here fails: it only tells.

python -m bench                    everything
python -m bench questions plain    only these sections
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import importing, pack, pages, plain, portfolio, pulling, questions, series, value
from bench.ratios import Line

TIMES = 100


def main() -> None:
    """Measure the sections asked for, printing each line as it is known."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; without: all")
    wanted = parser.parse_args().sections
    if unknown := set(wanted) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    print(f"{'what':<46}{'figure':>9}{'goal':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name, (title, measure) in SECTIONS.items():
            if not wanted or name in wanted:
                print(f"\n{title}")
                for line in measure(Path(folder)):
                    print(line.says(), flush=True)


def _questions(folder: Path) -> Iterator[Line]:
    with portfolio.opened(folder, 1) as small, portfolio.opened(folder, TIMES) as large:
        yield from questions.lines(small, large)


def _plain(folder: Path) -> Iterator[Line]:
    for times in (1, TIMES):
        with portfolio.opened(folder, times) as store:
            yield from plain.lines(store, folder / f"plain-{times}.duckdb", times)


SECTIONS: dict[str, tuple[str, Callable[[Path], Iterator[Line]]]] = {
    "questions": (
        f"Each page's questions, uncached, at {TIMES} times the sample against once: times",
        _questions,
    ),
    "plain": (
        "The same questions against plain tables without batches, clocks and scope: times",
        _plain,
    ),
    "series": ("One model's raw points, ten million rows against one million: times", series.lines),
    "value": ("Drawing what a large portfolio is worth, against bare random numbers", value.lines),
    "pages": ("The pages themselves", pages.lines),
    "pack": ("A meeting's pack", pack.lines),
    "importing": ("Files on their way in", importing.lines),
    "pulling": ("Platforms on their way in", pulling.lines),
}

if __name__ == "__main__":
    main()
