#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The contract between the generator and the runtime: what a generated translation unit contains.
///
/// The generator writes text, the generated unit includes this header, the runtime reads it; they share no other
/// code. Everything here is constant data with accessors: no allocation, no initialisation at start-up, safe to read
/// from any thread at any time.
///
/// The storage is flat because it was measured (docs/decisions/0002-storage-of-the-generated-unit.md): one pointer and
/// one literal a migration, all statements of a history in one array.
namespace varve {

/// The number in `contract_1`, for a message that a person understands: a generated unit asserts it.
inline constexpr int contract_number = 1;

/// A generated unit, a program and a runtime of different contracts do not link: the generator puts `history` into an
/// inline namespace of this name too, and every operation takes `varve::histories`, which is in this one.
inline namespace contract_1 {

/// The database system a history was written for.
enum class engine_kind : std::uint8_t { sqlite = 1, postgresql = 2 };

/// Whether a script runs inside a transaction; pinned in the lock line of a released migration.
enum class transaction_mode : std::uint8_t { transaction, no_transaction };

/// Which script of a migration.
enum class direction : std::uint8_t { up, down };

/// When a script is run.
enum class script_kind : std::uint8_t {
    migration,   ///< once, in the order of the history
    repeatable,  ///< behind the migrations, again whenever it changed: `R_name.sql`
    seed         ///< when its set is loaded, again if it changed
};

/// What a SQLite script's `PRAGMA foreign_keys` asked for. The generator takes the pragma out of the script: inside a
/// transaction it does nothing, and a table rebuild then deletes the child rows. The engine applies it around the
/// transaction and checks for new violations before the commit.
enum class foreign_keys_setting : std::uint8_t { unchanged, off, on };

/// SHA-256 as four words, most significant byte first, so that the generated source reads like the hexadecimal text.
struct digest {
    std::array<std::uint64_t, 4> words{};
    friend constexpr bool operator==(const digest&, const digest&) = default;
};

/// What a script means to the database: a digest and the number of the rule that made it (docs/checksum.md).
/// Its text form is `1:` and 64 lower-case hexadecimal digits.
struct checksum {
    std::uint8_t rule = 0;
    digest value{};
    friend constexpr bool operator==(const checksum&, const checksum&) = default;
};

/// One statement as stored: a range of the text of its migration, and where it stood in its file.
struct statement_data {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
    std::uint32_t line = 0;    ///< 1-based line of the statement's first token in the file
    std::uint32_t column = 0;  ///< 1-based, in code points
    std::uint32_t first_placeholder = 0;
    std::uint16_t placeholder_count = 0;
    bool transactional = true;  ///< false: it does nothing or fails inside a transaction
    digest checksum{};          ///< of its own tokens, rule 1, only to resume; zero: the script's, being all of it
};

/// A place in a statement where the runtime inserts a quoted name, which is always the one called `schema`: the
/// ledger's in varve's own scripts, and in a history whose schema the program chooses, that one.
struct placeholder {
    std::uint32_t offset = 0;  ///< into the text of the migration
    std::uint32_t size = 0;
    std::string_view name;
};

/// How to find out whether a statement took effect that was begun, and of which nobody said how it ended. Decided while
/// building, from what the statement says. Where nothing can tell, there is no probe, and a person has to look.
enum class probe_kind : std::uint8_t {
    repeatable,        ///< whatever became of it, it may be run again: VACUUM, CREATE TABLE IF NOT EXISTS
    setting,           ///< the same, and it is run again whenever the script goes on behind it: SET, PRAGMA, ATTACH
    index_built,       ///< the index `name` of the table `object` is valid, INVALID or not there
    index_rebuilt,     ///< repeatable, but what REINDEX CONCURRENTLY left behind at `object` has to be dropped first
    relation_dropped,  ///< the relation `object` is gone or still there
    enum_value_added,  ///< the type `object` has the value `name` or not
    database_created,  ///< the database `object` is there or not
    database_dropped
};

/// A statement of a script without a transaction beside its probe. Names as the database stores them.
struct statement_probe {
    std::uint32_t statement = 0;  ///< index into the history's statements
    probe_kind kind = probe_kind::repeatable;
    std::string_view schema{};  ///< of the object; empty: it is the one that the search path finds
    std::string_view object{};
    std::string_view name{};
};

/// A migration that must be applied before another one may be.
struct dependency {
    std::string_view history;  ///< empty: the same history
    std::int64_t version = 0;
};

/// One direction of a migration as stored. `file_size == 0` means there is no such script.
struct script_data {
    std::uint32_t file_offset = 0;
    std::uint32_t file_size = 0;
    std::uint32_t first_statement = 0;
    std::uint32_t statement_count = 0;
    transaction_mode mode = transaction_mode::transaction;
    foreign_keys_setting foreign_keys = foreign_keys_setting::unchanged;
    varve::contract_1::checksum checksum{};
};

/// One migration as stored. `text` begins with the name and the description, then come file names and scripts.
/// Repeatable scripts and seeds are stored alike: version 0, no down, no dependencies; the name of a seed is
/// `set/name`.
struct migration_data {
    std::string_view text;
    std::int64_t version = 0;
    std::int64_t mark = 0;  ///< first 5 bytes of SHA-256(slot, 0x00, checksum), see docs/ledger.md
    std::uint32_t name_size = 0;
    std::uint32_t description_size = 0;
    std::uint32_t first_dependency = 0;
    std::uint32_t dependency_count = 0;
    bool released = false;
    bool irreversible = false;
    bool breaks_older = false;
    script_data up{};
    script_data down{};
    script_kind kind = script_kind::migration;
    std::uint32_t revision = 0;  ///< of a repeatable script: how often it was locked
};

/// A checksum of a script under a rule other than its main one, so that what an older varve recorded still compares.
struct other_checksum {
    std::uint32_t migration = 0;  ///< see `history::data_of`
    direction which = direction::up;
    varve::contract_1::checksum checksum{};
};

/// What a script's directives say about its time, in milliseconds; 0: no limit.
struct script_limits {
    static constexpr std::int64_t not_given = -1;
    std::int64_t lock_timeout = not_given;       ///< how long a statement waits for a lock on a table
    std::int64_t statement_timeout = not_given;  ///< how long a statement runs
};

/// The limits of one script that has any: most have none.
struct limited_script {
    std::uint32_t migration = 0;  ///< see `history::data_of`
    direction which = direction::up;
    script_limits limits{};
};

class transaction;  ///< what a migration written in C++ works with: <varve/transaction.hpp>
class batches;      ///< the same, for one that is called again and again
class transaction_access;

/// What the file of a migration written in C++ defines (docs/cpp_migrations.md). Its scripts have no statements.
struct coded_migration {
    std::uint32_t migration = 0;                ///< index into the history's migrations
    void (*up)(transaction&) = nullptr;         ///< in the transaction that records it
    void (*up_in_batches)(batches&) = nullptr;  ///< instead of `up`: many times, in a transaction each
    void (*down)(transaction&) = nullptr;       ///< null: nothing in it undoes it
};

class history;

/// A statement, as a view: valid as long as the history (static storage) or the stored script it came from.
struct statement {
    std::string_view sql;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool transactional = true;
    digest checksum{};
    std::span<const placeholder> placeholders;  ///< offsets are relative to `text`
    std::string_view text;                      ///< the whole text of the migration that `placeholders` point into
    const statement_probe* probe = nullptr;     ///< of a script without a transaction; null: only a person can tell
    std::string_view schema{};                  ///< of its history: what `placeholders` stand for; empty: the ledger's
};

/// One direction of a migration, as a view into its history.
class script {
public:
    constexpr script(const history& owner, const migration_data& migration, const script_data& data)
        : owner_(&owner), migration_(&migration), data_(&data) {}

    /// False if the migration has no script of this direction.
    [[nodiscard]] constexpr bool exists() const { return data_->file_size != 0; }
    /// The file's name inside the directory, as it was when the program was built.
    [[nodiscard]] constexpr std::string_view file() const {
        return migration_->text.substr(data_->file_offset, data_->file_size);
    }
    [[nodiscard]] constexpr std::size_t size() const { return data_->statement_count; }
    [[nodiscard]] constexpr statement operator[](std::size_t index) const;
    [[nodiscard]] constexpr transaction_mode mode() const { return data_->mode; }
    [[nodiscard]] constexpr foreign_keys_setting foreign_keys() const { return data_->foreign_keys; }
    [[nodiscard]] constexpr const varve::contract_1::checksum& checksum() const { return data_->checksum; }
    [[nodiscard]] constexpr script_limits limits() const;

private:
    const history* owner_;
    const migration_data* migration_;
    const script_data* data_;
};

/// One step of the schema, or a script that is run again, as a view into its history.
class migration {
public:
    constexpr migration(const history& owner, const migration_data& data) : owner_(&owner), data_(&data) {}

    [[nodiscard]] constexpr const history& owner() const { return *owner_; }
    [[nodiscard]] constexpr std::int64_t version() const { return data_->version; }
    [[nodiscard]] constexpr std::string_view name() const { return data_->text.substr(0, data_->name_size); }
    [[nodiscard]] constexpr std::string_view description() const {
        return data_->text.substr(data_->name_size, data_->description_size);
    }
    [[nodiscard]] constexpr script_kind kind() const { return data_->kind; }
    /// Of a repeatable script: which of those that were locked it is, or was edited from; 0: none was locked yet.
    [[nodiscard]] constexpr std::uint32_t revision() const { return data_->revision; }
    /// Where its files are: the last component, for messages.
    [[nodiscard]] constexpr std::string_view directory() const;
    [[nodiscard]] constexpr std::int64_t mark() const { return data_->mark; }
    [[nodiscard]] constexpr bool released() const { return data_->released; }
    [[nodiscard]] constexpr bool irreversible() const { return data_->irreversible; }
    [[nodiscard]] constexpr bool breaks_older() const { return data_->breaks_older; }
    [[nodiscard]] constexpr script up() const { return {*owner_, *data_, data_->up}; }
    [[nodiscard]] constexpr script down() const { return {*owner_, *data_, data_->down}; }
    [[nodiscard]] constexpr std::span<const dependency> dependencies() const;
    /// What it runs instead of statements, if it is written in C++; else null.
    [[nodiscard]] constexpr const coded_migration* code() const;
    /// Whether it is no step but the master file: everything that the steps make, in one script.
    [[nodiscard]] constexpr bool is_master() const;

private:
    const history* owner_;
    const migration_data* data_;
};

/// The ordered migrations embedded in a program, under a name. The generated header declares one as
/// `extern const varve::history history;` in the namespace of its target.
class history {
public:
    std::string_view name;       ///< the ledger's key, for ever
    std::string_view directory;  ///< last component of the directory, for messages; never a full path
    engine_kind engine = engine_kind::sqlite;
    std::int64_t mark_count = 0;  ///< `count(mark)` of the active rows when everything is applied
    std::int64_t mark_sum = 0;    ///< `sum(mark)` of them
    std::span<const migration_data> migrations;
    std::span<const statement_data> statements;
    std::span<const dependency> dependencies;
    std::span<const placeholder> placeholders;
    std::span<const other_checksum> other_checksums;      ///< sorted by migration
    std::span<const statement_probe> probes{};            ///< sorted by statement; of scripts without a transaction
    std::span<const limited_script> limited_scripts{};    ///< sorted by migration
    std::span<const coded_migration> coded_migrations{};  ///< sorted by migration; of those written in C++
    const migration_data* master_file = nullptr;          ///< version 0, without a mark; null: there is none
    std::span<const migration_data> repeatables{};        ///< in the order in which they are run
    std::span<const migration_data> seeds{};              ///< by set, `common` first; then as they are run
    std::string_view seeds_directory{};                   ///< last component; files of seeds are `set/name.sql`
    /// What `${schema}` stands for, if the program chooses it; a generated history has none.
    std::string_view schema{};

    [[nodiscard]] constexpr std::size_t size() const { return migrations.size(); }
    [[nodiscard]] constexpr bool empty() const { return migrations.empty(); }
    [[nodiscard]] constexpr migration operator[](std::size_t index) const { return {*this, migrations[index]}; }
    /// The complete schema in one script, for an empty database; its name is that of its file, its down does not exist.
    [[nodiscard]] constexpr std::optional<migration> master() const {
        return master_file == nullptr ? std::nullopt : std::optional(migration(*this, *master_file));
    }
    [[nodiscard]] constexpr migration repeatable(std::size_t index) const { return {*this, repeatables[index]}; }
    [[nodiscard]] constexpr migration seed(std::size_t index) const { return {*this, seeds[index]}; }
    /// The migrations, behind them the repeatable scripts, behind these the seeds, counted through.
    [[nodiscard]] constexpr const migration_data& data_of(std::size_t index) const;
    /// Null if the statement has none.
    [[nodiscard]] constexpr const statement_probe* probe_of(std::size_t statement) const;
};

constexpr const migration_data& history::data_of(std::size_t index) const {
    if (index < migrations.size()) return migrations[index];
    index -= migrations.size();
    return index < repeatables.size() ? repeatables[index] : seeds[index - repeatables.size()];
}

constexpr const statement_probe* history::probe_of(std::size_t statement) const {
    std::size_t first = 0;
    std::size_t last = probes.size();
    while (first != last) {
        const std::size_t middle = first + (last - first) / 2;
        if (probes[middle].statement < statement) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    return first < probes.size() && probes[first].statement == statement ? &probes[first] : nullptr;
}

constexpr statement script::operator[](std::size_t index) const {
    const std::size_t position = data_->first_statement + index;
    const statement_data& data = owner_->statements[position];
    const bool alone = data_->mode == transaction_mode::no_transaction;
    return {.sql = migration_->text.substr(data.offset, data.size),
            .line = data.line,
            .column = data.column,
            .transactional = data.transactional,
            .checksum = data.checksum == digest{} ? data_->checksum.value : data.checksum,
            .placeholders = owner_->placeholders.subspan(data.first_placeholder, data.placeholder_count),
            .text = migration_->text,
            .probe = alone ? owner_->probe_of(position) : nullptr,
            .schema = owner_->schema};
}

constexpr script_limits script::limits() const {
    for (const limited_script& each : owner_->limited_scripts) {
        const migration_data& of = owner_->data_of(each.migration);
        if (&of == migration_ && data_ == (each.which == direction::up ? &of.up : &of.down)) return each.limits;
    }
    return {};
}

constexpr std::string_view migration::directory() const {
    return data_->kind == script_kind::seed ? owner_->seeds_directory : owner_->directory;
}

constexpr std::span<const dependency> migration::dependencies() const {
    return owner_->dependencies.subspan(data_->first_dependency, data_->dependency_count);
}

// Few migrations are written in C++, mostly none.
constexpr const coded_migration* migration::code() const {
    for (const coded_migration& each : owner_->coded_migrations) {
        if (&owner_->migrations[each.migration] == data_) return &each;
    }
    return nullptr;
}

constexpr bool migration::is_master() const { return owner_->master_file == data_; }

}  // namespace contract_1
}  // namespace varve
