#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Summarise a folder of dumps on all cores of this machine, or on a Dask cluster: one JSON line per dump, and a page.

usage: triage.py FOLDER [--out NAME] [--workers N | --scheduler ADDRESS]
"""
import argparse
import json
import logging
import pathlib
import sys

import dask
from distributed import Client, LocalCluster, as_completed
from distributed.scheduler import KilledWorker

import report
from summary import summarise

HERE = pathlib.Path(__file__).resolve().parent


def connect(scheduler=None, workers=None):
    """A client of a running cluster, or of one worker process per core of this machine."""
    if scheduler:
        client = Client(scheduler)
    else:
        dask.config.set({"distributed.scheduler.allowed-failures": 1})  # workers that a dump may kill before it is suspected
        client = Client(LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                                     silence_logs=logging.CRITICAL))
    client.upload_file(str(HERE / "summary.py"))
    return client


def rows(client, paths, work=summarise):
    """A row for each dump, once, as they come. A worker that dies costs nothing but time: its dumps go to another one. A
    dump that was there each time when one died is tried once more, alone: it need not have been the one. Then that is
    its row."""
    names = {client.submit(work, str(path), key=f"triage-{i}", pure=False, retries=1): str(path)
             for i, path in enumerate(paths)}
    suspects = []
    for future in as_completed(names):
        failure = future.exception()
        if isinstance(failure, KilledWorker):
            suspects.append(names[future])
        else:
            yield future.result() if failure is None else failed(names[future], failure)
        future.release()
    for i, path in enumerate(suspects):
        failure = (future := client.submit(work, path, key=f"again-{i}", pure=False)).exception()
        yield future.result() if failure is None else failed(path, failure)


def failed(path, failure):
    """The row of a dump for which there is no summary."""
    return {"file": path, "error": f"{type(failure).__name__}: {failure}"}


def triage(client, folder, out):
    """Writes OUT.jsonl as the rows come, then OUT.html; returns the rows."""
    paths = sorted(p for p in pathlib.Path(folder).iterdir() if p.is_file())
    done = []
    watched = sys.stderr.isatty()
    with open(f"{out}.jsonl", "w", encoding="utf-8") as lines:
        for row in rows(client, paths):
            done.append(row)
            print(json.dumps(row), file=lines, flush=True)
            if watched:
                bad = sum("error" in r for r in done)
                print(f"\r{len(done)} of {len(paths)} dumps, {bad} with an error ", end="", file=sys.stderr, flush=True)
    if watched:
        print(file=sys.stderr)
    done.sort(key=lambda row: row["file"])
    pathlib.Path(f"{out}.html").write_text(report.page(done), encoding="utf-8")
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="every file in it is taken for a dump; on a cluster all workers must see it")
    parser.add_argument("--out", default="triage", help="name of the results without .jsonl and .html")
    parser.add_argument("--workers", type=int, help="processes on this machine; default: one per core")
    parser.add_argument("--scheduler", help="address of a running cluster's scheduler, such as tcp://10.0.0.1:8786")
    options = parser.parse_args()
    with connect(options.scheduler, options.workers) as client:
        found = triage(client, options.folder, options.out)
    print(f"{len(found)} dumps, {sum('error' in row for row in found)} with an error: {options.out}.jsonl, {options.out}.html")


if __name__ == "__main__":
    main()
