// SPDX-License-Identifier: MIT
#include "defilada/core/markup.hpp"

#include <gtest/gtest.h>

namespace defilada {
namespace {

TEST(Markup, EscapesWhatTagsAndQuotesWouldTake) {
  EXPECT_EQ(escape_markup("<a href=\"x\" title='y'>R&D</a>"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;R&amp;D&lt;/a&gt;");
  EXPECT_EQ(escape_markup("zażółć 80 – 90"), "zażółć 80 – 90");
  EXPECT_EQ(escape_markup(""), "");
}

}  // namespace
}  // namespace defilada
