// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/safety/report.hpp"
#include "defilada/sheet/document.hpp"

/// One builder for each section of the report. Pure: a section depends on the context only.
namespace defilada::safety {

using drawing::Ink;
using sheet::Align;
using sheet::Emphasis;
using sheet::Figure;
using sheet::Paragraph;
using sheet::Rich;
using sheet::Row;
using sheet::Section;
using sheet::Table;
using spectators::Phase;

/// Width of figures, mm: fits between the margins of A4 and Letter.
inline constexpr double kWidth = 178;

/// What all sections ask.
class Context : public drawing::Context {
 public:
  Context(const Subject& the_subject, const std::string& language)
      : drawing::Context(the_subject.show, the_subject.plan, language),
        subject(the_subject),
        said(*the_subject.show.spectators) {}

  const Subject& subject;
  const show::Spectators& said;

  [[nodiscard]] std::string say(const Phrase& phrase) const { return words(phrase); }
  [[nodiscard]] std::string count(std::uint64_t n) const {
    return format.count(static_cast<std::int64_t>(n));
  }
  /// "07:30:00" of a second of the day.
  [[nodiscard]] std::string clock(double of_day_s) const {
    return format.clock(time_from_seconds(of_day_s));
  }
  /// To the second; from two minutes on to the tenth of a minute.
  [[nodiscard]] std::string length(double seconds) const;
  /// "5 %" of what was asked for.
  [[nodiscard]] std::string share() const;
  [[nodiscard]] bool is_part() const noexcept { return subject.run.share < 1; }
  /// "Spectators come", "Smoke at the Museum": what a phase is called.
  [[nodiscard]] std::string name_of(const Phase& phase) const;
  [[nodiscard]] std::string name_of(const show::Emergency& emergency) const {
    return label(emergency.label, emergency.name);
  }
  [[nodiscard]] std::string name_of(const show::Zone& zone) const { return show[zone.area].name; }
  /// Short names on plans and in tables: G1, E2, Z3, S4, C5, L6.
  [[nodiscard]] static std::string code(char letter, std::size_t index) {
    return letter + std::to_string(index + 1);
  }
  [[nodiscard]] const Phase& ingress() const { return subject.phases[0]; }
  [[nodiscard]] const Phase& egress() const { return subject.phases[1]; }
  [[nodiscard]] std::span<const Phase> emergencies() const { return subject.phases.subspan(2); }
};

[[nodiscard]] Section build_cover(const Context& context);
[[nodiscard]] Section build_matrix(const Context& context);
[[nodiscard]] Section build_emergency_matrix(const Context& context);
[[nodiscard]] Section build_plan(const Context& context);
[[nodiscard]] Section build_capacities(const Context& context);
[[nodiscard]] Section build_ingress(const Context& context);
/// Requires subject.circulation.
[[nodiscard]] Section build_circulation(const Context& context);
[[nodiscard]] Section build_clearance(const Context& context);
/// A page for each phase: maps of density and of the level of service.
[[nodiscard]] Section build_maps(const Context& context);
[[nodiscard]] Section build_method(const Context& context);

/// Maps of a phase: the greatest density of each place, and the level of service that it gave.
[[nodiscard]] Figure map_figure(const Context& context, const Phase& phase, const std::string& id);

}  // namespace defilada::safety
