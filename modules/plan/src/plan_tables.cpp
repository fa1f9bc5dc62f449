// SPDX-License-Identifier: MIT
// The guests in plan.sqlite.
#include "plan_tables.hpp"

#include "defilada/plan/guest_plan.hpp"

namespace defilada::plan {
namespace {

const char* name_of(guests::Where where) {
  switch (where) {
    case guests::Where::line: return "line";
    case guests::Where::host: return "host";
    case guests::Where::photograph: return "photograph";
    case guests::Where::seat: return "seat";
    case guests::Where::car: return "car";
    case guests::Where::venue: return "venue";
  }
  return "line";
}

class GuestTables {
 public:
  GuestTables(sqlite3* database, const show::Show& show, const Plan& plan)
      : database_(database), show_(show), plan_(plan) {}

  void write() {
    delegations();
    guests();
    meetings();
    motorcades();
    tracks();
  }

 private:
  void delegations() {
    Insert row(database_, "INSERT INTO delegations VALUES (?, ?, ?, ?, ?)");
    const auto& all = show_.guests->delegations;
    for (std::uint32_t d = 0; d < all.size(); ++d) {
      const auto& head = all[d].head.by_language;
      row.row(d, all[d].name, all[d].label.en(), head.empty() ? std::string() : all[d].head.en(),
              all[d].size);
    }
  }

  static std::optional<int> row_of(const std::optional<guests::Place>& place) {
    return place ? std::optional(place->row + 1) : std::nullopt;
  }
  static std::optional<int> column_of(const std::optional<guests::Place>& place) {
    return place ? std::optional(place->column) : std::nullopt;
  }

  void guests() {
    Insert guest(database_, "INSERT INTO guests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Insert stay(database_, "INSERT INTO guest_stays VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::uint32_t g = 0; g < plan_.guests.guests.size(); ++g) {
      const GuestCard& card = plan_.guests.guests[g];
      guest.row(g, card.delegation.value, card.place + 1, card.arrives, card.greeted, card.seated,
                card.leaves, row_of(card.seat), column_of(card.seat), row_of(card.photograph),
                column_of(card.photograph));
      for (const GuestStay& each : card.stays) {
        stay.row(g, each.from, each.to, each.moves, each.rides, name_of(each.where),
                 show_[each.item].name);
      }
    }
  }

  void meetings() {
    Insert row(database_, "INSERT INTO meetings VALUES (?, ?, ?)");
    for (const show::Item& item : show_.items) {
      for (const show::DelegationId who : item.participants) {
        row.row(item.name, item.venue ? show_[*item.venue].name : std::string(), who.value);
      }
    }
  }

  void motorcades() {
    Insert motorcade(database_, "INSERT INTO motorcades VALUES (?, ?, ?, ?, ?, ?)");
    Insert car(database_, "INSERT INTO motorcade_cars VALUES (?, ?, ?, ?)");
    Insert rider(database_, "INSERT INTO motorcade_riders VALUES (?, ?, ?)");
    Insert passing(database_, "INSERT INTO motorcade_passings VALUES (?, ?, ?, ?)");
    for (std::uint32_t m = 0; m < plan_.guests.motorcades.size(); ++m) {
      const MotorcadePlan& plan = plan_.guests.motorcades[m];
      const show::Motorcade& what = show_[plan.motorcade];
      motorcade.row(m, what.name, show_[plan.item].name, show_[what.route].name,
                    show_[what.to].name, plan.length_m);
      for (std::uint32_t c = 0; c < plan.cars.size(); ++c) {
        const MotorcadeCar& each = plan.cars[c];
        car.row(m, c + 1, each.departs, each.arrives);
        for (const show::DelegationId who : each.who) rider.row(m, c + 1, who.value);
        for (const auto& [station, nose] : each.passings)
          passing.row(m, c + 1, show_[station].name, nose);
      }
    }
  }

  void tracks() {
    const track::TrackSet& tracks = plan_.guests.tracks;
    const auto first = static_cast<std::uint32_t>(plan_.tracks.paths.size());
    write_paths(database_, tracks, first);
    Insert mover(database_, "INSERT INTO guest_movers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::uint32_t m = 0; m < tracks.movers.size(); ++m) {
      const track::Mover& entry = tracks.movers[m];
      mover.row(m, guest_mover_name(show_, entry), entry.contingent, entry.part != 0,
                show_.kinds[entry.kind].name, first + entry.path, entry.left_m, entry.offset_m[0],
                entry.offset_m[1], entry.offset_m[2]);
    }
  }

  sqlite3* database_;
  const show::Show& show_;
  const Plan& plan_;
};

}  // namespace

void write_paths(sqlite3* database, const track::TrackSet& tracks, std::uint32_t first) {
  Insert path(database, "INSERT INTO paths VALUES (?, ?, ?, ?)");
  Insert piece(database, "INSERT INTO pieces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::uint32_t p = 0; p < tracks.paths.size(); ++p) {
    const track::Path& entry = tracks.paths[p];
    path.row(first + p, entry.error_centre_m, entry.error_normal, entry.straight);
    for (const track::Piece& of : tracks.pieces_of(entry)) {
      piece.row(first + p, of.t0_s, of.t1_s, of.x, of.y, of.z, of.nx, of.ny, of.facing_rad);
    }
  }
}

void write_guest_tables(sqlite3* database, const show::Show& show, const Plan& plan) {
  if (show.guests) GuestTables(database, show, plan).write();
}

}  // namespace defilada::plan
