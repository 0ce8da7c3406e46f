#pragma once

#include <varve/history.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace varve::testing {

/// A migration as a test writes it down.
struct migration_text {
    std::int64_t version = 0;
    std::string name{};
    std::vector<std::string> up{};
    std::vector<std::string> down{};  ///< empty: no down script
    transaction_mode mode = transaction_mode::transaction;
    bool released = true;
    bool irreversible = false;
    bool breaks_older = false;
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    std::vector<dependency> depends{};
    std::vector<statement_probe> up_probes{};  ///< `statement` counts the script's own, from 0
    std::vector<statement_probe> down_probes{};
    script_limits limits{};  ///< of the up script
    std::string edit{};      ///< any text: gives the up script another checksum without changing what it does
    coded_migration code{};  ///< of one written in C++: `migration` is filled in
};

/// A repeatable script or a seed as a test writes it down.
struct repeated_text {
    std::string name{};  ///< of a seed `dev/users`
    std::vector<std::string> statements{};
    std::uint32_t revision = 0;  ///< 0: was never locked
    script_limits limits{};
    std::string edit{};  ///< any text: gives it another checksum without changing what it does
};

/// Scripts that are run again when they change.
struct repeated_scripts {
    std::vector<repeated_text> repeatables{};
    std::vector<repeated_text> seeds{};
};

/// Builds at run time what the generator emits, for tests of the runtime alone. Checksums are digests of the
/// statements' text (not rule 1), marks follow from them: equal text gives equal checksums in every built history.
/// The built history refers to the builder's storage: keep it alive.
class built_history {
public:
    /// `schema`: the statements of the master file; none: there is none.
    built_history(std::string name, engine_kind engine, const std::vector<migration_text>& migrations,
                  const std::vector<std::string>& schema = {}, const repeated_scripts& repeated = {});
    built_history(const built_history&) = delete;
    built_history& operator=(const built_history&) = delete;

    [[nodiscard]] const history& get() const { return history_; }
    operator const history&() const { return history_; }  // NOLINT: so that a test reads like a program

private:
    void add_schema(const std::vector<std::string>& statements);
    void add_migration(const migration_text&);
    void add_repeated(const repeated_text&, script_kind);
    void add_limits(const script_limits&);
    void add_code(const migration_text&, std::string& text, migration_data&);
    void add_probes(std::vector<statement_probe>, const script_data& of);

    std::string name_;
    std::deque<std::string> texts_;
    std::deque<std::string> dependency_names_;
    std::vector<migration_data> migrations_;
    migration_data schema_{};
    std::vector<migration_data> repeatables_;
    std::vector<migration_data> seeds_;
    std::vector<statement_data> statements_;
    std::vector<dependency> dependencies_;
    std::vector<statement_probe> probes_;
    std::vector<limited_script> limited_;
    std::vector<coded_migration> coded_;
    history history_;
};

}  // namespace varve::testing
