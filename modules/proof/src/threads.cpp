// SPDX-License-Identifier: MIT
#include "threads.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <optional>

#include "defilada/core/fork.hpp"

namespace defilada::proof {

struct Threads::Arena {
  std::optional<tbb::global_control> more;
  tbb::task_arena arena;
};

Threads::Threads(int count) {
  if (count == 1) return;
  arena_ = std::make_unique<Arena>();
  if (count > tbb::info::default_concurrency()) {
    arena_->more.emplace(tbb::global_control::max_allowed_parallelism,
                         static_cast<std::size_t>(count));
  }
  arena_->arena.initialize(count > 0 ? count : tbb::task_arena::automatic);
}

Threads::~Threads() = default;

void Threads::each(std::size_t count, const std::function<void(std::size_t)>& work) {
  if (!arena_ || count < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  arena_->arena.execute([&] {
    const Fork fork(work);
    // Whoever cuts work knows how much is worth a task.
    tbb::parallel_for(std::size_t{0}, count, fork.task(), tbb::simple_partitioner{});
  });
}

}  // namespace defilada::proof
