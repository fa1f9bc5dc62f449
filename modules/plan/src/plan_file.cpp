// SPDX-License-Identifier: MIT
#include "defilada/plan/plan_file.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <system_error>

#include "defilada/core/file.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/formation/roles.hpp"
#include "defilada/plan/plan_schema.hpp"
#include "defilada/programme/network.hpp"
#include "plan_tables.hpp"

namespace defilada::plan {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
/// Times that nothing bounds are NULL.
std::optional<double> bounded(Time time) {
  if (time == programme::kNever || time == programme::kAlways) return std::nullopt;
  return time.seconds();
}

class Writer {
 public:
  Writer(sqlite3* database, const show::Show& show, const Plan& plan, const Sources& sources)
      : database_(database), show_(show), plan_(plan), sources_(sources) {}

  void run(const std::vector<show::InputFile>& inputs, const std::vector<VariantRow>& variants) {
    execute("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
    execute(kPlanSchema);
    provenance(inputs);
    site();
    contingents();
    cues();
    items();
    findings();
    published();
    tracks();
    statements();
    write_guest_tables(database_, show_, plan_);
    this->variants(variants);
    execute("COMMIT");
  }

 private:
  void execute(const char* sql) {
    char* message = nullptr;
    if (sqlite3_exec(database_, sql, nullptr, nullptr, &message) != SQLITE_OK) {
      const std::string text = message != nullptr ? message : "unknown";
      sqlite3_free(message);
      throw SqliteError{text};
    }
  }

  void provenance(const std::vector<show::InputFile>& inputs) {
    Insert meta(database_, "INSERT INTO meta VALUES (?, ?)");
    meta.row("format", "defilada-plan/1");
    meta.row("program_version", DEFILADA_VERSION);
    meta.row("show", show_.name);
    meta.row("title", show_.title.en());
    meta.row("midnight", show_.clock.iso8601(Time{}));
    meta.row("zone", show_.clock.zone());
    meta.row("origin_lat_deg", fmt::format("{}", show_.site.origin.lat_deg));
    meta.row("origin_lon_deg", fmt::format("{}", show_.site.origin.lon_deg));
    meta.row("datum", show_.site.datum);
    if (show_.variant) meta.row("variant", show_.variant->name);
    meta.row("feasible", plan_.feasible ? "yes" : "no");
    Insert input(database_, "INSERT INTO inputs VALUES (?, ?)");
    for (const auto& file : inputs) input.row(file.name, file.hash);
    Insert source(database_, "INSERT INTO sources VALUES (?, ?, ?, ?, ?)");
    for (const auto& entry : show_.provenance) {
      source.row(entry.path, entry.value, entry.source, show::to_string(entry.quality),
                 sources_.where(entry.span));
    }
  }

  void site() {
    Insert station(database_, "INSERT INTO stations VALUES (?, ?, ?, ?, ?)");
    for (const auto& entry : show_.site.stations) {
      station.row(entry.name, show_[entry.route].name, entry.s_m, entry.position.x,
                  entry.position.y);
    }
  }

  void contingents() {
    Insert contingent(
        database_, "INSERT INTO contingents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Insert attribute(database_, "INSERT INTO attributes VALUES (?, ?, ?)");
    Insert evolution(database_, "INSERT INTO drill VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Insert crossing(database_, "INSERT INTO crossings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::uint32_t c = 0; c < show_.contingents.size(); ++c) {
      const show::Contingent& who = show_.contingents[c];
      const ContingentPlan card =
          c < plan_.contingents.size() ? plan_.contingents[c] : ContingentPlan{};
      const bool moves = who.procession.valid();
      contingent.row(c, who.name, who.label.en(),
                     moves ? std::optional(show_[who.procession].name) : std::nullopt,
                     moves && card.place > 0 ? std::optional(card.place) : std::nullopt,
                     card.people, card.movers, card.depth_m, card.width_m, card.forms_up,
                     card.steps_off, card.disperses, card.over_target, card.height_m,
                     card.least_gap_m);
      for (const auto& [key, value] : who.attributes) attribute.row(c, key, value);
      for (const auto& at : card.crossings) {
        crossing.row(c, show_[at.station].name, at.s_m, at.head, at.tail, at.speed_mps, at.gait,
                     at.headway, at.gap_m);
      }
      for (const EvolutionPlan& each : card.drill) {
        const show::Evolution& asked = who.drill[each.evolution];
        evolution.row(c, to_string(asked.what), show_[asked.station].name, each.begin, each.end,
                      each.files, each.ranks, each.width_m, each.depth_m);
      }
      roles(c);
    }
  }

  /// Slots count over all parts, as those of the movers do.
  void roles(std::uint32_t contingent) {
    Insert role(database_, "INSERT INTO roles VALUES (?, ?, ?)");
    std::size_t first = 1;
    for (const show::Part& part : show_.contingents[contingent].parts) {
      const auto layout = formation::layout(part.formation);
      if (!layout) continue;  // the reader has laid it out before
      const auto of = formation::alignment_roles(part.formation, *layout);
      for (std::size_t i = 0; i < of.size(); ++i) {
        if (of[i] == formation::AlignmentRole::none) continue;
        role.row(contingent, static_cast<std::int64_t>(first + i), formation::to_string(of[i]));
      }
      first += of.size();
    }
  }

  void cues() {
    Insert cue(database_, "INSERT INTO cues VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Cue& entry : plan_.cues) {
      const auto slack = entry.slack();
      cue.row(entry.id, entry.label, entry.time, bounded(entry.earliest), bounded(entry.latest),
              slack ? std::optional(slack->seconds()) : std::nullopt, entry.critical,
              entry.because.english());
    }
  }

  void items() {
    Insert item(database_, "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?)");
    for (const ItemPlan& entry : plan_.items) {
      const show::Item& what = show_[entry.item];
      item.row(what.name, what.label.en(), entry.start, entry.end, entry.slack, entry.critical);
    }
  }

  static std::optional<double> along(const Finding& finding, std::size_t axis) {
    return finding.place ? std::optional((*finding.place)[axis]) : std::nullopt;
  }

  void findings() {
    Insert finding(database_, "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const Finding& entry : plan_.findings) {
      std::string who;
      for (const std::string& name : entry.who) who += (who.empty() ? "" : ", ") + name;
      finding.row(to_string(entry.severity), entry.code, entry.message.english(),
                  sources_.where(entry.span), entry.begin, entry.end, along(entry, 0),
                  along(entry, 1), along(entry, 2), who);
    }
    Insert conflict(database_, "INSERT INTO conflicts VALUES (?, ?, ?, ?, ?)");
    for (std::size_t i = 0; i < plan_.conflicts.size(); ++i) {
      for (const ConflictLine& line : plan_.conflicts[i].statements) {
        conflict.row(static_cast<int>(i) + 1, plan_.conflicts[i].short_by, line.text.english(),
                     sources_.where(line.span), line.physics);
      }
    }
  }

  void published() {
    Insert row(database_, "INSERT INTO published VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const PublishedRow& entry : plan_.published) {
      row.row(entry.name, to_string(entry.is), entry.published.english(), entry.computed.english(),
              entry.difference.english(), entry.holds, entry.source);
    }
  }

  void statements() {
    Insert statement(database_, "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const show::Item& item : show_.items) {
      for (const show::Statement& said : item.statements) {
        statement.row(item.name, said.who, said.to, said.text, said.language,
                      said.reported ? said.reported->en() : std::string(), said.source);
      }
    }
  }

  void tracks() {
    Insert mover(database_, "INSERT INTO movers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const track::TrackSet& tracks = plan_.tracks;
    write_paths(database_, tracks, 0);
    for (std::uint32_t m = 0; m < tracks.movers.size(); ++m) {
      const track::Mover& entry = tracks.movers[m];
      mover.row(m, entry.contingent, entry.slot + 1, static_cast<int>(entry.part),
                show_.kinds[entry.kind].name, entry.path, entry.left_m, entry.offset_m[0],
                entry.offset_m[1], entry.offset_m[2]);
    }
  }

  void variants(const std::vector<VariantRow>& variants) {
    Insert variant(database_, "INSERT INTO variants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Insert change(database_, "INSERT INTO variant_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (const VariantRow& row : variants) {
      variant.row(row.name, row.slug, row.label, row.because, row.feasible, row.holds, row.why,
                  row.start, row.end, row.findings[0], row.findings[1], row.findings[2]);
      for (const VariantRow::Change& each : row.changes) {
        change.row(row.name, each.whom, each.name, each.about, each.before, each.after,
                   each.before_text, each.after_text);
      }
    }
  }

  sqlite3* database_;
  const show::Show& show_;
  const Plan& plan_;
  const Sources& sources_;
};

}  // namespace

std::string_view to_string(show::Published::Is is) noexcept {
  switch (is) {
    case show::Published::Is::identity: return "identity";
    case show::Published::Is::calibrated: return "calibrated";
    case show::Published::Is::predicted: return "predicted";
  }
  return "predicted";
}

Status write_plan_file(const std::filesystem::path& path, const show::Show& show, const Plan& plan,
                       const Sources& sources, const std::vector<show::InputFile>& inputs,
                       const std::vector<VariantRow>& variants) {
  const std::filesystem::path temporary = temporary_for(path);
  const auto give_up = [&](const Phrase& message) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return fail(Errc::environment, phrase("cannot write {}: {}", path.string(), message));
  };
  sqlite3* raw = nullptr;
  const int opened =
      sqlite3_open_v2(temporary.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::unique_ptr<sqlite3, CloseDatabase> database(raw);
  if (opened != SQLITE_OK)
    return give_up(raw != nullptr ? Phrase::verbatim(sqlite3_errmsg(raw))
                                  : phrase("out of memory"));
  try {
    Writer(database.get(), show, plan, sources).run(inputs, variants);
  } catch (const SqliteError& error) {
    database.reset();
    return give_up(Phrase::verbatim(error.message));
  }
  database.reset();
  return commit_file(temporary, path);
}

}  // namespace defilada::plan
