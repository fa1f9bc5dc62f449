// SPDX-License-Identifier: MIT
#pragma once

namespace defilada::plan {

/// Schema of plan.sqlite, format defilada-plan/1 (docs/formats.md shows queries). Times are seconds
/// since 00:00 of the show's date in its zone, lengths metres east (x) and north (y) of the origin.
inline constexpr const char* kPlanSchema = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (file TEXT NOT NULL, fnv1a64 TEXT NOT NULL);
CREATE TABLE sources (path TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
  quality TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE stations (name TEXT PRIMARY KEY, route TEXT NOT NULL, s_m REAL NOT NULL,
  x_m REAL NOT NULL, y_m REAL NOT NULL);
CREATE TABLE contingents (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
  procession TEXT, place INTEGER, people INTEGER NOT NULL, movers INTEGER NOT NULL,
  depth_m REAL NOT NULL, width_m REAL NOT NULL, forms_up_s REAL, steps_off_s REAL,
  disperses_s REAL, over_target_s REAL, height_m REAL, least_gap_m REAL);
CREATE TABLE attributes (contingent INTEGER NOT NULL REFERENCES contingents, key TEXT NOT NULL,
  value TEXT NOT NULL);
CREATE TABLE crossings (contingent INTEGER NOT NULL REFERENCES contingents, station TEXT NOT NULL,
  s_m REAL NOT NULL, head_s REAL NOT NULL, tail_s REAL NOT NULL, speed_mps REAL NOT NULL,
  gait TEXT NOT NULL, headway_s REAL, gap_m REAL);
CREATE TABLE drill (contingent INTEGER NOT NULL REFERENCES contingents, evolution TEXT NOT NULL,
  station TEXT NOT NULL, begin_s REAL NOT NULL, end_s REAL NOT NULL, files INTEGER NOT NULL,
  ranks INTEGER NOT NULL, width_m REAL NOT NULL, depth_m REAL NOT NULL);
CREATE TABLE roles (contingent INTEGER NOT NULL REFERENCES contingents, slot INTEGER NOT NULL,
  role TEXT NOT NULL);
CREATE TABLE cues (id TEXT PRIMARY KEY, label TEXT NOT NULL, time_s REAL NOT NULL, earliest_s REAL,
  latest_s REAL, slack_s REAL, critical INTEGER NOT NULL, because TEXT NOT NULL);
CREATE TABLE items (name TEXT PRIMARY KEY, label TEXT NOT NULL, start_s REAL NOT NULL,
  end_s REAL NOT NULL, slack_s REAL, critical INTEGER NOT NULL);
CREATE TABLE findings (severity TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
  place TEXT NOT NULL, begin_s REAL, end_s REAL, x_m REAL, y_m REAL, z_m REAL, who TEXT NOT NULL);
CREATE TABLE conflicts (conflict INTEGER NOT NULL, short_by_s REAL NOT NULL, statement TEXT NOT NULL,
  place TEXT NOT NULL, movement INTEGER NOT NULL);
CREATE TABLE published (name TEXT NOT NULL, kind TEXT NOT NULL, published TEXT NOT NULL,
  computed TEXT NOT NULL, difference TEXT NOT NULL, holds INTEGER NOT NULL, source TEXT NOT NULL);
CREATE TABLE variants (name TEXT PRIMARY KEY, slug TEXT NOT NULL, label TEXT NOT NULL,
  because TEXT NOT NULL, feasible INTEGER NOT NULL, holds INTEGER NOT NULL, why TEXT NOT NULL,
  start_s REAL, end_s REAL, errors INTEGER NOT NULL, warnings INTEGER NOT NULL,
  notes INTEGER NOT NULL);
CREATE TABLE variant_changes (variant TEXT NOT NULL REFERENCES variants, whom TEXT NOT NULL,
  name TEXT NOT NULL, about TEXT NOT NULL, before REAL, after REAL, before_text TEXT NOT NULL,
  after_text TEXT NOT NULL);
-- A mover is at path(t) + left_m * normal(t) + (dx, dy, dz). Polynomials are six little-endian
-- doubles c[0..5]: sum of c[k] * (t - t0_s)^k.
CREATE TABLE paths (id INTEGER PRIMARY KEY, error_centre_m REAL NOT NULL,
  error_normal REAL NOT NULL, straight INTEGER NOT NULL);
CREATE TABLE pieces (path INTEGER NOT NULL REFERENCES paths, t0_s REAL NOT NULL,
  t1_s REAL NOT NULL, x BLOB NOT NULL, y BLOB NOT NULL, z BLOB NOT NULL, nx BLOB NOT NULL,
  ny BLOB NOT NULL, facing_rad REAL NOT NULL, PRIMARY KEY (path, t0_s)) WITHOUT ROWID;
CREATE TABLE movers (id INTEGER PRIMARY KEY, contingent INTEGER NOT NULL REFERENCES contingents,
  slot INTEGER NOT NULL, part INTEGER NOT NULL, kind TEXT NOT NULL,
  path INTEGER NOT NULL REFERENCES paths, left_m REAL NOT NULL, dx_m REAL NOT NULL,
  dy_m REAL NOT NULL, dz_m REAL NOT NULL);
-- What is said at items: text '' where a source reports without quoting.
CREATE TABLE statements (item TEXT NOT NULL REFERENCES items (name), who TEXT NOT NULL,
  said_to TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, reported TEXT NOT NULL,
  source TEXT NOT NULL);
-- Guests watch; they and their cars are in no count and in no proof of those who perform. By
-- precedence; place 1 is the head of a delegation. Columns count from the host's, > 0 to the right.
CREATE TABLE delegations (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
  head TEXT NOT NULL, size INTEGER NOT NULL);
CREATE TABLE guests (id INTEGER PRIMARY KEY, delegation INTEGER NOT NULL REFERENCES delegations,
  place INTEGER NOT NULL, arrives_s REAL, greeted_s REAL, seated_s REAL, leaves_s REAL,
  seat_row INTEGER, seat_column INTEGER, photograph_row INTEGER, photograph_column INTEGER);
CREATE TABLE guest_stays (guest INTEGER NOT NULL REFERENCES guests, from_s REAL NOT NULL,
  to_s REAL NOT NULL, moves INTEGER NOT NULL, rides INTEGER NOT NULL, whereabouts TEXT NOT NULL,
  item TEXT NOT NULL REFERENCES items (name));
CREATE TABLE meetings (item TEXT NOT NULL REFERENCES items (name), venue TEXT NOT NULL,
  delegation INTEGER NOT NULL REFERENCES delegations);
CREATE TABLE motorcades (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  item TEXT NOT NULL REFERENCES items (name), route TEXT NOT NULL, venue TEXT NOT NULL,
  length_m REAL NOT NULL);
CREATE TABLE motorcade_cars (motorcade INTEGER NOT NULL REFERENCES motorcades,
  car INTEGER NOT NULL, departs_s REAL NOT NULL, arrives_s REAL NOT NULL);
CREATE TABLE motorcade_riders (motorcade INTEGER NOT NULL REFERENCES motorcades,
  car INTEGER NOT NULL, delegation INTEGER NOT NULL REFERENCES delegations);
CREATE TABLE motorcade_passings (motorcade INTEGER NOT NULL REFERENCES motorcades,
  car INTEGER NOT NULL, station TEXT NOT NULL REFERENCES stations (name), nose_s REAL NOT NULL);
CREATE TABLE guest_movers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
  delegation INTEGER NOT NULL REFERENCES delegations, car INTEGER NOT NULL, kind TEXT NOT NULL,
  path INTEGER NOT NULL REFERENCES paths, left_m REAL NOT NULL, dx_m REAL NOT NULL,
  dy_m REAL NOT NULL, dz_m REAL NOT NULL);
)sql";

}  // namespace defilada::plan
