"""Execute the pages of the book, two at a time, compare all results with those on record, and write a report.

Pages that were executed before, and whose code, data and environment are the same, are not executed again, unless
``--from-nothing`` is given; then everything is, and an interrupted run goes on where it stopped. The report is
``_build/reproduction.json``; the book shows it.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path

import psutil

from reproduction.cache import Cache, CacheError, DamagedCacheError, only_run, write
from reproduction.pages import Executed, PageError, execute, pages
from reproduction.recorded import RecordError, compare, read_record, to_text
from reproduction.report import passed, report, summary, to_json

ROOT = Path(__file__).parents[2]
RECORD, REPORT = Path("book", "results.json"), Path("_build", "reproduction.json")


def run(root: Path, *, from_nothing: bool, record: bool, workers: int) -> None:
    """Execute what has to be executed, compare, and write the report or, with ``record``, the results."""
    build, known = root / "_build", {} if record else read_record(root / RECORD)
    cache = Cache(build)
    if from_nothing:
        for name in ("html", ".doctrees"):
            shutil.rmtree(build / name, ignore_errors=True)
        if cache.begin():
            print("An earlier reproduction was interrupted; it goes on.")
    executed = execute_all(pages(root / "book"), cache, workers)
    if record:
        known = {one.page: one.results for one in executed if one.results}
        write(root / RECORD, to_text(known))
    cache.check()
    found = report(root, cache.folder.name, executed, compare(known, {one.page: one.results for one in executed}))
    write(root / REPORT, to_json(found))
    print(summary(found))


def execute_all(paths: list[Path], cache: Cache, workers: int) -> list[Executed]:
    """Execute the pages that are not in the cache, several at a time, and keep each as soon as it is done.

    Raises:
        PageError: when a page fails; the others are executed and kept first.
    """
    try:
        found = {path: executed for path in paths if (executed := cache.find(path))}
    except DamagedCacheError as fault:
        print(f"The cache is damaged ({fault}) and is deleted; every page is executed again.")
        cache.clear()
        found = {}
    if found:
        print(f"{len(found)} of {len(paths)} pages are executed already.")
    faults = []
    for path, future in completed([path for path in paths if path not in found], workers):
        try:
            found[path] = future.result()
        except PageError as fault:
            faults.append(str(fault))
            continue
        cache.keep(path, found[path])
        print(f"{len(found):4}/{len(paths)}  {path.stem}  {found[path].seconds:.1f} s", flush=True)
    if faults:
        raise PageError("\n".join(faults))
    return [found[path] for path in paths]


def completed(paths: list[Path], workers: int) -> Iterator[tuple[Path, "Future[Executed]"]]:
    """Execute pages side by side and yield each when it is done; whatever ends this early ends the kernels."""
    others = psutil.Process().children(recursive=True)
    with ThreadPoolExecutor(workers) as pool:
        futures = {pool.submit(execute, path): path for path in paths}
        try:
            for future in as_completed(futures):
                yield futures[future], future
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in psutil.Process().children(recursive=True):
                if process not in others:
                    process.kill()
            raise


def verdict(root: Path) -> int:
    """Say what the last report found; 0 if every result was reproduced."""
    try:
        found = json.loads((root / REPORT).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as fault:
        raise RecordError(f"{REPORT} cannot be read: {fault}; run: make reproduce") from fault
    print(summary(found))
    Cache(root / "_build").end()
    return int(not passed(found))


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Return 0 when all went well, 1 when a page or a result failed, 2 when nothing could be done, 130 after Ctrl-C."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--from-nothing", action="store_true", help="execute every page, whatever the cache holds")
    options.add_argument("--record", action="store_true", help="put the results on record instead of comparing")
    options.add_argument("--verdict", action="store_true", help="execute nothing; 1 if the last report found a fault")
    options.add_argument(
        "--workers", type=int, default=2, choices=range(1, 65), metavar="N", help="pages executed at a time (2)"
    )
    chosen = options.parse_args(arguments)
    try:
        with only_run(root / "_build"):
            if chosen.verdict:
                return verdict(root)
            run(root, from_nothing=chosen.from_nothing, record=chosen.record, workers=chosen.workers)
            return 0
    except PageError as fault:
        print(f"{fault}\nThe other pages are kept. The same command goes on from here.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. The pages that were done are kept; the same command goes on from here.", file=sys.stderr)
        return 130
    except (RecordError, CacheError, OSError) as fault:
        print(f"{fault}\nNothing that was kept before is lost.", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
