#pragma once

#include <source/text_file.hpp>
#include <sql/classify.hpp>
#include <varve/history.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace varve::generator {

/// A dependency as written, with its place for diagnostics.
struct dependency_source {
    std::string history;  ///< empty: the same
    std::int64_t version = 0;
    location where;
};

enum class allow_scope : std::uint8_t {
    file,      ///< in the head: for every statement of the script
    statement  ///< before or inside a statement: for that one
};

/// `-- varve: allow M201 reason`: a finding that is accepted. One entry for each code named.
struct allowed_finding {
    std::string code;
    std::string reason;
    location where;
    allow_scope scope = allow_scope::file;
    std::size_t offset = 0;  ///< of the code, in the file's text
    bool used = false;       ///< the grammar found something that it accepts
};

/// What the directives of a file say (docs/directives.md). The places are only set where the directive is.
struct directives {
    std::optional<transaction_mode> mode;
    location mode_at;
    std::string description;
    bool irreversible = false;
    location irreversible_at;
    bool breaks_older = false;
    bool compatible = false;    ///< says that it does not break older programs, whatever is derived
    location compatibility_at;  ///< of either of the two
    std::vector<dependency_source> depends;
    std::vector<allowed_finding> allowed;
    script_limits limits;
};

/// One file: `0007_add_email.down.sql`.
struct script_source {
    std::string file_name;
    text_file file;                    ///< with the values of its variables
    std::optional<text_file> written;  ///< as it stands in the directory, if it has variables with values
    std::set<std::string> variables;   ///< the names of these
    lexed tokens;
    classified_script script;
    generator::directives directives;
    transaction_mode mode = transaction_mode::transaction;  ///< after lock line and directive
    checksum main_checksum{};                               ///< under the lock line's rule if released, else the newest
    std::vector<checksum> other_checksums;                  ///< under every other known rule

    [[nodiscard]] const text_file& as_written() const { return written ? *written : file; }
};

/// What the file of a migration written in C++ defines (docs/cpp_migrations.md).
struct code_source {
    enum class up_form : std::uint8_t {
        transaction,  ///< `void up(varve::transaction&)`
        batches       ///< `void up(varve::batches&)`
    } up = up_form::transaction;
    bool has_down = false;  ///< `void down(varve::transaction&)`
};

struct migration_source {
    std::int64_t version = 0;
    std::string version_text;  ///< as written in the file name, with leading zeros
    std::string name;          ///< `add_email`
    std::string description;   ///< the directive, or the name with spaces
    script_source up;
    std::optional<script_source> down;  ///< of one written in C++ the same file, if it defines `down`
    std::optional<code_source> code;    ///< if it is written in C++: then its scripts have no statements
    std::vector<dependency_source> depends;
    bool irreversible = false;
    bool breaks_older = false;     ///< by its directive, its lock line, or derived
    std::string breaks_older_why;  ///< if it was derived
    bool released = false;
};

/// A directory after everything was checked: released migrations in lock-file order, then drafts by version.
struct history_source {
    std::string name;
    engine_kind engine = engine_kind::sqlite;
    std::string directory_name;  ///< last component, for messages
    std::vector<migration_source> migrations;
    std::optional<migration_source> master{};  ///< the master file: version 0, without a down
};

}  // namespace varve::generator
