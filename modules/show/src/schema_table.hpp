// SPDX-License-Identifier: MIT
#pragma once

#include "schema.hpp"

/// The parts of the table, one function a Type. Each is built once, at its first use, and never
/// changed.
namespace defilada::show::table {

// Scalars: schema_scalars.cpp
[[nodiscard]] const Type& text();
[[nodiscard]] const Type& word_of_quality();
[[nodiscard]] const Type& length();
[[nodiscard]] const Type& positive_length();
[[nodiscard]] const Type& coordinate();
[[nodiscard]] const Type& speed();
[[nodiscard]] const Type& positive_speed();
[[nodiscard]] const Type& duration();
[[nodiscard]] const Type& positive_duration();
[[nodiscard]] const Type& frequency();
[[nodiscard]] const Type& acceleration();
[[nodiscard]] const Type& angle();
[[nodiscard]] const Type& turn();
[[nodiscard]] const Type& clock();
[[nodiscard]] const Type& window();
[[nodiscard]] const Type& count();
[[nodiscard]] const Type& positive_count();
[[nodiscard]] const Type& label();
[[nodiscard]] const Type& attributes();
[[nodiscard]] const Type& cue();
[[nodiscard]] const Type& station();
[[nodiscard]] const Type& gait();

// The place: schema_site.cpp
[[nodiscard]] const Type& lat_lon();
[[nodiscard]] const Type& point();
[[nodiscard]] const Type& height();
[[nodiscard]] const Type& direction();
[[nodiscard]] const Type& site();
[[nodiscard]] const Type& line_points();
/// Sets of keys for an outline given in one of three ways, each with the same further fields.
[[nodiscard]] std::vector<Object> outlines(const std::vector<Field>& further);

// Who performs: schema_kinds.cpp, schema_formations.cpp, schema_contingents.cpp
[[nodiscard]] const Type& gaits();
[[nodiscard]] const Type& kinds();
/// The fields of all formations: a contingent's, where what a formation cannot do without is
/// required; or those of defaults, which may give a part of a formation.
[[nodiscard]] std::vector<Field> formation_fields(bool complete);
[[nodiscard]] std::vector<std::string_view> formation_keys();
[[nodiscard]] const Type& spacing();
[[nodiscard]] const Type& gait_list();
[[nodiscard]] const Type& drill();    ///< schema_drill.cpp
[[nodiscard]] const Type& stalled();  ///< schema_stalled.cpp
[[nodiscard]] const Type& ground_order();
[[nodiscard]] const Type& air_order();
[[nodiscard]] const Type& ground_defaults();
[[nodiscard]] const Type& air_defaults();
[[nodiscard]] const Type& in_place();

// How they move: schema_processions.cpp
[[nodiscard]] const Type& marches();
[[nodiscard]] const Type& movements();
[[nodiscard]] const Type& flypasts();

// Who watches: schema_spectators.cpp
[[nodiscard]] const Type& spectators();

// Who is invited, and where they are led: schema_guests.cpp
[[nodiscard]] const Type& guests();
[[nodiscard]] const Type& guest_stage();  ///< of an item
[[nodiscard]] const Type& delegation_names();
[[nodiscard]] const Type& day();

// In the air: schema_air.cpp
[[nodiscard]] const Type& wind();
[[nodiscard]] const Type& hold();
[[nodiscard]] const Type& joins();
[[nodiscard]] const Type& break_off();

// What happens when: schema_programme.cpp
[[nodiscard]] const Type& review();    ///< schema_review.cpp
[[nodiscard]] const Type& releases();  ///< schema_review.cpp
[[nodiscard]] const Type& programme();
[[nodiscard]] const Type& rules();
[[nodiscard]] const Type& wanted_length();
[[nodiscard]] const Type& published();

// How else it may go: schema_variants.cpp
[[nodiscard]] const Type& variants();

}  // namespace defilada::show::table
