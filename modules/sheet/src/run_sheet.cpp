// SPDX-License-Identifier: MIT
#include "defilada/sheet/run_sheet.hpp"

#include "build.hpp"
#include "defilada/core/file.hpp"
#include "defilada/sheet/render.hpp"
#include "defilada/show/names.hpp"

namespace defilada::sheet {

std::string run_sheet_html(const show::Show& show, const plan::Plan& plan, const Sources& sources,
                           const SheetOptions& options) {
  const show::Show shown = show::in_language(show, options.language);
  return render_html(build_document(Context(shown, plan, sources, options)));
}

Status write_run_sheet_pdf(const std::filesystem::path& path, const show::Show& show,
                           const plan::Plan& plan, const Sources& sources,
                           const SheetOptions& options) {
  const show::Show shown = show::in_language(show, options.language);
  const auto bytes =
      render_pdf(build_document(Context(shown, plan, sources, options)), options.paper);
  if (!bytes) return tl::unexpected(bytes.error());
  return write_file_atomically(path, *bytes);
}

}  // namespace defilada::sheet
