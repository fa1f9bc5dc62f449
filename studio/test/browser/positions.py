#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Where movers are, from a plan file: the oracle of the browser test, written from docs/formats.md.

usage: positions.py PLAN COUNT    prints [{"contingent", "slot", "t_s", "x", "y", "z"}, ...] as JSON
"""
import json
import sqlite3
import struct
import sys

TRACK = """SELECT t0_s, t1_s, x, y, z, nx, ny FROM pieces WHERE path = ? ORDER BY t0_s"""
MOVERS = """SELECT name, slot, path, left_m, dx_m, dy_m, dz_m FROM movers
            JOIN contingents ON contingents.id = contingent ORDER BY movers.id"""


def value(blob, dt):
    return sum(c * dt ** k for k, c in enumerate(struct.unpack("<6d", blob)))


def main():
    plan = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    movers = plan.execute(MOVERS).fetchall()
    count = int(sys.argv[2])
    out = []
    for i in range(count):
        name, slot, path, left, dx, dy, dz = movers[i * (len(movers) - 1) // (count - 1)]
        pieces = plan.execute(TRACK, (path,)).fetchall()
        t0, t1, x, y, z, nx, ny = pieces[i * 7 % len(pieces)]
        t = t0 + (t1 - t0) * (0.1 + 0.8 * (i % 11) / 10)
        dt = t - t0
        out.append({"contingent": name, "slot": slot, "t_s": t,
                    "x": value(x, dt) + left * value(nx, dt) + dx,
                    "y": value(y, dt) + left * value(ny, dt) + dy,
                    "z": value(z, dt) + dz})
    json.dump(out, sys.stdout)


main()
