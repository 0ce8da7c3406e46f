#pragma once

#include <string>
#include <string_view>

namespace varve::sqlite {

/// The name of a database as the program gave it: a file, `:memory:`, or a `file:` URI.
class database_name {
public:
    explicit database_name(std::string given) : given_(std::move(given)) {}

    /// Throws `invalid_argument` if it names nothing: SQLite would make a temporary database that disappears.
    void require_one() const;

    /// For SQLite. Without `mode=rwc`: only an operation that writes may create the file, and it asks for that itself.
    [[nodiscard]] std::string for_opening() const;

    /// For a person: keys of encrypted databases are replaced.
    [[nodiscard]] std::string without_secrets() const;

    /// The file, as far as the name tells; empty for a database in memory.
    [[nodiscard]] std::string path() const;

    /// The value of a URI's parameter; empty without one.
    [[nodiscard]] std::string_view parameter(std::string_view name) const;

private:
    [[nodiscard]] bool is_uri() const;
    [[nodiscard]] std::string_view uri_path() const;
    [[nodiscard]] std::string_view query() const;

    std::string given_;
};

}  // namespace varve::sqlite
