// SPDX-License-Identifier: MIT
#include "certificates.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

#include "defilada/certificate/make.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/plan/statement.hpp"

namespace defilada::app {

Result<CertificateNote> write_certificate(const Options& options, const Console& console,
                                          const Work& work) {
  constexpr std::uint64_t kSteps = 1000;
  std::unique_ptr<Progress> progress;
  if (!console.quiet()) {
    progress = std::make_unique<Progress>(phrase("certificate"), kSteps, console.words());
  }
  std::uint64_t done = 0;
  certificate::MakeOptions wanted;
  wanted.progress = [&](double share) {
    const auto steps = static_cast<std::uint64_t>(share * kSteps);
    if (progress && steps > done) progress->advance(steps - done);
    done = std::max(done, steps);
    return !interrupted();
  };
  const auto made =
      certificate::make_certificate(plan::statement_of(*work.show, work.plan), wanted);
  progress.reset();
  if (!made && made.error().code == Errc::interrupted) return tl::unexpected(made.error());
  if (!made) return CertificateNote{false, phrase("no certificate: {}", made.error().message)};
  const std::string bytes = certificate::write(*made);
  if (Status status = write_file_atomically(*options.certificate, bytes); !status) {
    return tl::unexpected(status.error());
  }
  const auto size = static_cast<double>(bytes.size());
  const std::string path = options.certificate->string();
  return CertificateNote{true, size < 1e6
                                   ? phrase("certificate: {} ({:.1f} kB)", path, size / 1e3)
                                   : phrase("certificate: {} ({:.1f} MB)", path, size / 1e6)};
}

}  // namespace defilada::app
