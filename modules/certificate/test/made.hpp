// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "defilada/certificate/make.hpp"
#include "defilada/certificate/verify.hpp"
#include "scenes.hpp"

/// Certificates of scenes, and why they are refused.
namespace defilada::certificate {

inline Certificate made(Statement statement) {
  auto certificate = make_certificate(std::move(statement));
  EXPECT_TRUE(certificate) << certificate.error().message;
  return certificate ? std::move(*certificate) : Certificate{};
}

inline std::string refusal(const Certificate& certificate) {
  const Verdict verdict = verify(certificate);
  EXPECT_FALSE(verdict.holds);
  return verdict.reason.english();
}

/// Two blocks of two ranks that march and wheel, one behind the other; two vehicles cross behind.
inline Statement parade() {
  Scene scene;
  for (int rank = 0; rank < 4; ++rank) {
    const double late = 0.8 * rank;
    const std::uint32_t path = scene.path(0.001, 1e-4);
    const double y = -20;
    scene.piece(0, 10 + late, {{10, y - 1.5 * late, 0, -1, 0}, {0, 1.5, 0, 0, 0}});
    // Where the pieces do not meet in place nothing depends on it: the check is piece by piece.
    scene.arc(10 + late, 18 + late, -2, y + 15, 12, 0, 1.0);
    for (int file = 0; file < 5; ++file) {
      scene.mover(path, -0.8 * file, {}, {0, 0, 0.25}, 0, static_cast<std::uint32_t>(rank / 2));
    }
  }
  const std::uint32_t path = scene.path(0.001, 1e-4);
  scene.piece(0, 20, {{60, -80, 0, 0, 1}, {-6, 0, 0, 0, 0}});
  scene.mover(path, 0, {}, {3, 1.5, 0}, 1, 2);
  scene.mover(path, 5, {}, {3, 1.5, 0}, 1, 2);
  scene.ask(0.6);
  scene.ask(0.1, true);
  return scene.s;
}

}  // namespace defilada::certificate
