// SPDX-License-Identifier: MIT
#include "defilada/formation/roles.hpp"

#include <gtest/gtest.h>

#include <map>

namespace defilada::formation {
namespace {

std::string drawn(const Spec& spec) {
  const Layout layout = formation::layout(spec).value();
  const auto roles = alignment_roles(spec, layout);
  std::map<int, std::map<int, char>> rows;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    static constexpr char kMarks[] = {'.', 'B', 'R', 'F', 'C'};
    rows[layout.slots[i].rank][-layout.slots[i].file] = kMarks[static_cast<int>(roles[i])];
  }
  std::string text;
  for (const auto& [rank, row] : rows) {
    for (const auto& [file, mark] : row) text += mark;
    text += '\n';
  }
  return text;
}

TEST(AlignmentRoles, of_a_block_are_base_guides_frame_and_cadence) {
  EXPECT_EQ(drawn({.files = 5, .ranks = 4, .leaders = 2}),
            "..\n"
            "FFCFB\n"
            "F.C.R\n"
            "F.C.R\n"
            "FFCFR\n");
}

TEST(AlignmentRoles, of_an_even_number_of_files_the_right_of_the_two_sets_the_cadence) {
  EXPECT_EQ(drawn({.files = 4, .ranks = 3}), "FFCB\nF.CR\nFFCR\n");
}

TEST(AlignmentRoles, of_two_files_nobody_is_in_the_middle) {
  EXPECT_EQ(drawn({.files = 2, .ranks = 2}), "FB\nFR\n");
}

TEST(AlignmentRoles, are_for_blocks_and_columns_alone) {
  EXPECT_EQ(drawn({.shape = Shape::vic, .count = 3}).find_first_of("BRFC"), std::string::npos);
  EXPECT_EQ(drawn({.shape = Shape::column, .files = 3, .count = 7}).front(), 'F');
}

}  // namespace
}  // namespace defilada::formation
