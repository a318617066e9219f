"""What a store keeps, and what it refuses."""

import errno
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import sweep_functions
import xarray as xr
from faults import row
from sweep_functions import CONTEXT, GRID, noise, plain, total

import ecolib
from ecolib.sweeps import UnfinishedSweep, load, sweep
from ecolib.sweeps.identity import described
from ecolib.values import Values


@pytest.fixture
def store(tmp_path):
    sweep(plain, GRID, store=tmp_path / "store", chunk=4)
    return tmp_path / "store"


def chunks(store):
    return sorted(store.glob("*.nc"))


def again(store, **options):
    """Sweep again, and how many points were computed for it."""
    before = {path: path.stat().st_mtime_ns for path in chunks(store)}
    swept = sweep(plain, GRID, store=store, chunk=4, **options)
    return swept, [path for path in chunks(store) if before.get(path) != path.stat().st_mtime_ns]


def test_a_finished_sweep_is_read_and_not_computed(store):
    swept, new = again(store)
    assert new == []
    assert swept.drop_attrs().identical(sweep(plain, GRID).drop_attrs())
    assert list(swept) == ["s", "v", "fault"]
    assert load(store).identical(swept)


def test_a_store_keeps_who_began_it(store):
    known = json.loads((store / "sweep.json").read_text())
    known["provenance"]["begun"] = "2001-01-01T00:00:00+00:00"
    (store / "sweep.json").write_text(json.dumps(known))
    assert again(store)[0].attrs["begun"] == load(str(store)).attrs["begun"] == "2001-01-01T00:00:00+00:00"


@pytest.mark.parametrize("missing", [0, 2, 4])
def test_only_missing_chunks_are_computed(store, missing):
    chunks(store)[missing].unlink()
    part = load(store)
    assert part.attrs["complete"] == 0
    assert (part.fault == "not run").sum() == (2 if missing == 4 else 4)
    swept, new = again(store)
    assert [path.name[:6] for path in new] == [f"{missing:06d}"]
    assert load(store).identical(swept)


def test_a_chunk_is_a_table_that_says_what_it_holds(store):
    table = xr.load_dataset(chunks(store)[1], engine="scipy")
    assert table.a.values.tolist() == [1, 1, 2, 2]
    assert table.b.values.tolist() == [2.0, -3.0, 1.5, 2.0]
    assert np.array_equal(table.s, np.sqrt(table.a) + table.b)


def damage(path, how):
    data = path.read_bytes()
    if how == "renamed":
        path.rename(path.with_name(f"{path.name[:6]}-{'0' * 16}.nc"))
        return
    changed = {"cut": data[:-7], "empty": b"", "flipped": data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]}
    path.write_bytes(changed[how])


@pytest.mark.parametrize("how", ["cut", "empty", "flipped", "renamed"])
@pytest.mark.parametrize("number", [0, 3])
def test_a_damaged_chunk_is_computed_again(store, how, number, capsys):
    whole = load(store)
    damage(chunks(store)[number], how)
    assert load(store).attrs["complete"] == 0
    swept, new = again(store, progress=True)
    assert [path.name[:6] for path in new] == [f"{number:06d}"]
    assert swept.identical(whole)
    assert len(chunks(store)) == 5
    shown = capsys.readouterr().err
    assert "damaged chunks, to be computed again: 1" in shown
    assert "18/18" in shown
    row("A damaged chunk of a sweep", "damaged chunks, to be computed again: 1", "the same run recovers")


@pytest.mark.parametrize("text", ["", "{", '{"identity": 3', "[]"])
def test_a_damaged_manifest_is_mended_from_the_chunks(store, text):
    (store / "sweep.json").write_text(text)
    with pytest.raises(ValueError, match=r"holds no sweep, or its sweep.json is damaged"):
        load(store)
    assert again(store)[1] == []
    assert load(store).attrs["complete"] == 1


def test_a_damaged_manifest_does_not_let_another_sweep_in(store):
    (store / "sweep.json").write_text("{")
    with pytest.raises(ValueError, match=r"000000-.*nc is a chunk of another sweep"):
        sweep(plain, GRID | {"a": range(7)}, store=store, chunk=4)
    assert (store / "sweep.json").read_text() == "{"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"grid": GRID | {"b": (1.5, 2.0, -4.0)}}, r"grid of 'b' was \[1.5, 2.0, -3.0\], is \[1.5, 2.0, -4.0\]"),
        ({"grid": GRID | {"a": np.arange(6.0)}}, r"grid of 'a' was \[0, 1, 2, 3, 4, 5\], is \[0.0, 1.0"),
        ({"grid": dict(reversed(GRID.items()))}, r"parameters was \['a', 'b'\], is \['b', 'a'\]"),
        ({"units": {"a": "year"}}, "units of 'a' was absent, is year"),
        ({"chunk": 5}, "chunk was 4, is 5"),
        ({"function": total}, "function was sweep_functions.plain, is sweep_functions.total; source was"),
    ],
)
def test_another_sweep_is_refused_by_its_difference(store, change, message):
    asked = {"function": plain, "grid": GRID, "chunk": 4} | change
    with pytest.raises(ValueError, match="holds another sweep: " + message):
        sweep(asked.pop("function"), asked.pop("grid"), store=store, **asked)


def test_another_seed_or_version_is_refused(tmp_path, monkeypatch):
    sweep(noise, GRID, store=tmp_path, seed=1)
    with pytest.raises(ValueError, match="seed was 1, is 2"):
        sweep(noise, GRID, store=tmp_path, seed=2)
    monkeypatch.setattr(ecolib, "__version__", "9.9")
    with pytest.raises(ValueError, match=r"ecolib was \d.*, is 9.9"):
        sweep(noise, GRID, store=tmp_path, seed=1)


def test_other_outputs_are_refused(store):
    with pytest.raises(ValueError, match=r"the outputs are \{'w': \(\)\}, a kept chunk has"):
        sweep(plain, GRID, store=store, chunk=4, outputs={"w": ()})


SCALE = 2.0


def test_plain_values_from_outside_belong_to_the_function(tmp_path, monkeypatch):
    def scaled(a, b, shift=0.0):
        return helper(a) + b + shift

    def swept(**bound):
        return sweep(partial(scaled, **bound), GRID, store=tmp_path)

    swept(shift=1.0)
    with pytest.raises(ValueError, match=r"outside of 'shift' was 1.0, is 3.0"):
        swept(shift=3.0)
    monkeypatch.setattr(sys.modules[__name__], "SCALE", 5.0)
    with pytest.raises(ValueError, match=r"outside of 'SCALE' was 2.0, is 5.0"):
        swept(shift=1.0)


def helper(a):
    return SCALE * a


def test_what_a_function_is_can_be_told_for_every_kind_of_function():
    guest = Values(r=(1, 1), K=(1, 2), alpha=((0, 0.5), (0, 0)))
    big = np.arange(100.0)

    class Model:
        def __call__(self, a):
            return a

    seen = [described(one) for one in (abs, np.sin, Model(), lambda a: guest.r * a, lambda a: big * a, lambda a: a + 1)]
    assert [one["function"].rpartition(".")[2] for one in seen] == ["abs", "sin", "Model", *["<lambda>"] * 3]
    assert "K=array float64 (2,) [1.0, 2.0]" in seen[3]["outside"]["guest"]
    assert len(seen[4]["outside"]["big"]) < 500
    assert seen[5]["source"] not in {seen[4]["source"], described(lambda a: a + 2)["source"]}


def test_a_description_is_the_same_in_every_process():
    with ProcessPoolExecutor(1, mp_context=CONTEXT) as pool:
        assert pool.submit(described, noise).result() == described(noise)


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(ValueError, match=r"holds 'thesis.tex' and no sweep"):
        sweep(total, GRID, store=tmp_path)
    with pytest.raises(NotADirectoryError, match=r"must be a folder, .*thesis.tex is a file"):
        sweep(total, GRID, store=tmp_path / "thesis.tex")
    with pytest.raises(NotADirectoryError, match="cannot be used: Not a directory"):
        sweep(total, GRID, store=tmp_path / "thesis.tex" / "store")
    with pytest.raises(ValueError, match="holds no sweep"):
        load(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_chunk_that_cannot_be_read_is_an_error_of_the_system(store, monkeypatch):
    def unreadable(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    for call in (lambda: again(store), lambda: load(store)):
        with pytest.raises(PermissionError, match=r"the store .* cannot be used: Permission denied"):
            call()


def test_remains_of_a_killed_run_are_removed(store):
    (store / ".abc.part").write_bytes(b"half")
    again(store)
    assert not (store / ".abc.part").exists()


def test_a_store_serves_one_sweep_at_a_time(tmp_path, monkeypatch):
    def nested(**_):
        with pytest.raises(BlockingIOError, match="in use by another sweep of this process"):
            sweep(total, GRID, store=tmp_path)
        other = sweep_functions.POOL.submit(sweep, total, GRID, store=tmp_path).exception()
        return {"refused": "is in use by another sweep" in str(other) and isinstance(other, BlockingIOError)}

    with ProcessPoolExecutor(1, mp_context=CONTEXT) as pool:
        monkeypatch.setattr(sweep_functions, "POOL", pool, raising=False)
        assert sweep(nested, {"a": (1,), "b": (2,)}, store=tmp_path).refused.item() == 1


def passing(a, flag):
    """Fails at one point, if the flag is there."""
    if a == 1 and Path(flag).exists():
        raise MemoryError("no room")
    return a


def test_faults_that_were_kept_stop_a_strict_sweep_and_can_be_computed_again(tmp_path):
    flag = tmp_path / "flag"
    flag.touch()
    again = partial(sweep, partial(passing, flag=str(flag)), {"a": range(4)}, store=tmp_path / "store", chunk=2)
    assert again().attrs["faults"] == 1
    flag.unlink()
    with pytest.raises(UnfinishedSweep, match=r"\(a=1\) failed: MemoryError: no room; .*retry=True") as caught:
        again(on_error="stop")
    assert caught.value.result.identical(again())
    kept = chunks(tmp_path / "store")[1].stat().st_mtime_ns
    assert again(on_error="stop", retry=True).value.values.tolist() == [0, 1, 2, 3]
    assert load(tmp_path / "store").attrs["faults"] == 0
    assert [len(chunks(tmp_path / "store")), chunks(tmp_path / "store")[1].stat().st_mtime_ns] == [2, kept]
