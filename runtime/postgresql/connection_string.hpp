#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace varve::postgresql {

/// What the user gave to connect with, taken apart so that no message ever shows a password.
struct connection_string {
    std::string shown{};                 ///< for messages; only options that are known to be harmless
    std::string used{};                  ///< what libpq gets: as given, and UTF-8, and our name if there is none
    std::vector<std::string> secrets{};  ///< texts that must not appear in a message
    /// It cannot be read, or might mean something else than libpq understands (`@` or `/` in a password that is not
    /// percent-encoded). Then libpq's own message may contain parts of the password.
    bool doubtful = false;
};

/// Understands `key=value` pairs and `postgresql://` URIs as libpq does. `application` is shown by the server as the
/// name of the session, unless the user gave one.
[[nodiscard]] connection_string examined(std::string_view given, std::string_view application);

/// A message without the secrets of a connection string.
[[nodiscard]] std::string without_secrets(std::string message, const connection_string&);

}  // namespace varve::postgresql
