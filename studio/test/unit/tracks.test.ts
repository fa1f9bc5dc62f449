// SPDX-License-Identifier: MIT
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode, FormatError, type Playback, unpack } from '../../player/format';
import { PHASE, STRIDE, Tracks } from '../../player/tracks';
import { dataOf, defilada, run, scratch } from '../program';

interface Piece { t0: number; t1: number; x: number[]; y: number[]; z?: number[] }
interface Oracle { movers: { id: string; pieces: Piece[] }[] }

const sum = (c: number[] | undefined, dt: number): number => (c ?? []).reduce((s, ck, k) => s + ck * dt ** k, 0);

describe.each(['shows/first-steps', 'tests/shows/parade.yaml'])('the playback of %s', (show) => {
  let playback: Playback;
  let oracle: Oracle; // the tracks that the program writes as JSON, each mover's written out

  beforeAll(async () => {
    playback = decode(await unpack(dataOf(run(show))));
    const file = join(scratch(), 'tracks.json');
    defilada('plan', show, '--tracks', file, '--out', scratch());
    oracle = JSON.parse(readFileSync(file, 'utf8')) as Oracle;
  }, 60_000);

  it('has every mover where the program says, forwards and backwards in time', () => {
    const tracks = new Tracks(playback);
    expect(tracks.movers).toBe(oracle.movers.length);
    const place = { x: 0, y: 0, z: 0, alive: false };
    const times: number[] = [];
    for (let i = 0; i < 60; ++i) times.push(tracks.begin_s + ((i * 37) % 60) / 60 * (tracks.end_s - tracks.begin_s) + 0.013);
    let worst = 0;
    for (const t of times) {
      tracks.at(t);
      oracle.movers.forEach((mover, m) => {
        const piece = mover.pieces.findLast((p) => p.t0 <= t);
        tracks.mover(m, place);
        const there = piece !== undefined && t <= piece.t1;
        expect(place.alive).toBe(there);
        if (!there) return;
        const dt = t - piece.t0;
        worst = Math.max(worst, Math.abs(place.x - sum(piece.x, dt)), Math.abs(place.y - sum(piece.y, dt)), Math.abs(place.z - sum(piece.z, dt)));
      });
    }
    expect(worst).toBeLessThan(0.002); // the JSON is written to the millimetre
  });

  it('groups each mover under its path once', () => {
    const tracks = new Tracks(playback);
    expect([...tracks.order].sort((a, b) => a - b)).toEqual([...tracks.order.keys()]);
    for (let p = 0; p < tracks.paths; ++p) {
      for (let i = tracks.first[p]; i < tracks.first[p + 1]; ++i) {
        expect(playback.tracks.mover_path[tracks.order[i]]).toBe(p);
      }
    }
  });

  it('counts steps without a jump', () => {
    const tracks = new Tracks(playback);
    const before = new Float64Array(tracks.paths).fill(NaN);
    let worst = 0;
    for (let t = tracks.end_s - 300; t < tracks.end_s - 100; t += 0.05) {
      tracks.at(t);
      for (let p = 0; p < tracks.paths; ++p) {
        const phase = tracks.state[p * STRIDE + PHASE];
        const step = Math.abs(phase - before[p]);
        if (!Number.isNaN(step)) worst = Math.max(worst, Math.min(step, Math.abs(step - 2 * Math.PI)));
        before[p] = phase;
      }
    }
    expect(worst).toBeLessThan(1);
  });
});

describe('a block that is none', () => {
  it('says what is wrong', () => {
    expect(() => decode(new ArrayBuffer(3))).toThrow(FormatError);
    expect(() => decode(new TextEncoder().encode('PK......').buffer)).toThrow('this is no playback');
    const head = new TextEncoder().encode('DFPB\x40\0\0\0{}');
    expect(() => decode(head.buffer)).toThrow('the playback is cut off');
    const other = new TextEncoder().encode(`DFPB\x20\0\0\0${'{"format":"defilada-playback/9"}'.padEnd(32)}`);
    expect(() => decode(other.buffer)).toThrow('defilada-playback/9');
  });
});

describe('a damaged block', () => {
  let whole: ArrayBuffer;
  beforeAll(async () => {
    whole = await unpack(dataOf(run('tests/shows/parade.yaml')));
  }, 60_000);

  it('that is cut off is refused, wherever it is cut', () => {
    for (let i = 0; i < 200; ++i) {
      expect(() => decode(whole.slice(0, Math.floor((whole.byteLength * i) / 200)))).toThrow();
    }
  });

  it('never lets an index out of its list', () => {
    const sound = decode(whole.slice(0));
    for (const name of ['mover_path', 'mover_kind', 'mover_contingent', 'path_first_piece'] as const) {
      const bytes = whole.slice(0);
      const entry = sound.head.arrays[name];
      new DataView(bytes).setUint32(8 + new DataView(bytes).getUint32(4, true) + entry.offset + 4, 0xffff, true);
      expect(() => decode(bytes), name).toThrow('do not fit together');
    }
  });
});
