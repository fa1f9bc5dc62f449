// SPDX-License-Identifier: MIT
#include "studio/studio.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalogues.hpp"
#include "commands.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/server/server.hpp"
#include "json_parts.hpp"
#include "perform.hpp"
#include "show_path.hpp"
#include "studio/client.hpp"
#include "studio/desk.hpp"
#include "studio/scratch.hpp"

namespace defilada::app {
namespace {

/// A page that leads on to the address. The address holds the token, and the arguments of a process
/// are everybody's to read; this file is ours alone. "": it cannot be written.
std::string page_that_leads_to(const std::string& address, const studio::Scratch& scratch) {
  if (scratch.folder().empty()) return {};
  const std::string path = (scratch.folder() / "open-studio.html").string();
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return {};
  const std::string page = fmt::format(
      "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Defilada</title>\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta http-equiv=\"refresh\" content=\"0; url={0}\">\n<a href=\"{0}\">Defilada</a>\n",
      address);
  const ssize_t written = ::write(file, page.data(), page.size());
  ::close(file);
  return written == static_cast<ssize_t>(page.size()) ? path : std::string();
}

/// Hands the page to whatever the desktop opens pages with; without one, nothing happens.
void open_browser(const std::string& page) {
  const pid_t child = ::fork();
  if (child != 0) {
    if (child > 0) ::waitpid(child, nullptr, 0);
    return;
  }
  // The grandchild belongs to nobody who would have to wait for it.
  if (::fork() != 0) ::_exit(0);
  ::setsid();
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int stream : {0, 1, 2}) ::dup2(nowhere, stream);
  ::execlp("xdg-open", "xdg-open", page.c_str(), static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

int studio_command(const Options& options, Console& console) {
  Diagnostics diagnostics;
  const auto failed = [&](const Error& error) {
    return report_failure(error, diagnostics, Sources(), console);
  };
  if (Status found = find_show(options.show, diagnostics); !found) return failed(found.error());
  auto desk = studio::Desk::at(options.show);
  if (!desk) return failed(desk.error());

  std::unique_ptr<studio::Studio> studio;
  server::Options listening;
  listening.port = options.port;
  listening.address = options.listen.empty() ? listening.address : options.listen;
  listening.names = options.host_names;
  auto server = server::Server::listen(
      listening, [&](const server::Request& request, const server::Answer& answer) {
        studio->handle(request, answer);
      });
  if (!server) return failed(server.error());

  studio = std::make_unique<studio::Studio>(options, std::move(*desk),
                                            catalogue_folders(options.catalogues));
  const std::string address = (*server)->address();
  console.print(console.json()
                    ? Json{{"format", "defilada-address/1"}, {"address", address}}.dump() + "\n"
                    : address + "\n");
  if (studio::client_files().empty()) {
    console.say(
        phrase("note: this build has no page (DEFILADA_PLAYER=OFF): only the interface for "
               "programs answers"));
  }
  if (!console.quiet()) console.say(phrase("The studio runs until Ctrl-C."));
  std::optional<studio::Scratch> scratch;  // until the end: a browser may take its time
  if (options.browser) {
    const std::string page = page_that_leads_to(address, scratch.emplace());
    if (!page.empty()) open_browser(page);
  }

  studio->serve_by(**server);
  constexpr int kLooks = 8;  // of the server's 20 a second
  int turn = 0;
  (*server)->serve([&] {
    if (++turn % kLooks == 0) studio->look_round();
    return interrupted();
  });
  studio.reset();  // its threads speak to the server
  return 0;
}

}  // namespace defilada::app
