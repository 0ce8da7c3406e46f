#include <replay/memory_database.hpp>

#include <sql/character.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace varve::generator {
namespace {

constexpr int steps_between_calls = 100'000;
constexpr std::int64_t most_memory = std::int64_t{1} << 30U;

std::string lower_or_empty(const char* name) {
    std::string result = name == nullptr ? "" : name;
    std::ranges::transform(result, result.begin(), to_lower);
    return result;
}

// What scripts change for themselves alone. `foreign_keys` is set around each script, `temp_store` cannot be changed.
constexpr auto settings = std::to_array<const char*>(
    {"PRAGMA case_sensitive_like = off", "PRAGMA legacy_alter_table = off", "PRAGMA recursive_triggers = off",
     "PRAGMA ignore_check_constraints = off", "PRAGMA query_only = off", "PRAGMA writable_schema = off",
     "PRAGMA trusted_schema = on", "PRAGMA reverse_unordered_selects = off", "PRAGMA automatic_index = on",
     "PRAGMA read_uncommitted = off", "PRAGMA locking_mode = normal"});

// These name files, or make SQLite keep in files what it would keep in memory.
bool is_about_files(std::string_view pragma) {
    return pragma == "temp_store" || pragma == "temp_store_directory" || pragma == "data_store_directory" ||
           pragma == "mmap_size" || pragma == "journal_mode" || pragma == "cache_spill";
}

}  // namespace

/// What SQLite calls. Exceptions must not pass through it: what allocates here is small, and without memory
/// std::terminate is as good an end.
struct sqlite_callbacks {
    // NOLINTNEXTLINE(readability-function-size): the parameters are SQLite's
    static int authorize(void* self, int action, const char* first, const char* second, const char* database,
                         const char* /*trigger*/) noexcept {
        const std::string_view where = database == nullptr ? "" : database;
        return static_cast<memory_database*>(self)->authorize(action, first, second, where);
    }

    static int count_steps(void* self) noexcept {
        auto& left = static_cast<memory_database*>(self)->steps_left_;
        left -= std::min<std::uint64_t>(left, steps_between_calls);
        return left == 0 ? 1 : 0;
    }
};

void memory_database::closing::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

memory_database::memory_database(const replay_options& options)
    : most_steps_(options.most_steps), steps_left_(options.most_steps) {
    sqlite3* opened = nullptr;
    const int result =
        sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, nullptr);
    handle_.reset(opened);
    if (result != SQLITE_OK) {
        throw std::runtime_error(std::string("SQLite cannot open a database in memory: ") + sqlite3_errstr(result));
    }
#if SQLITE_VERSION_NUMBER >= 3031000
    sqlite3_hard_heap_limit64(most_memory);
#endif
    execute("PRAGMA temp_store = memory");
    execute("PRAGMA page_size = 1024");  // most tables are empty
    add_stand_ins(options);
    sqlite3_set_authorizer(opened, sqlite_callbacks::authorize, this);
    sqlite3_progress_handler(opened, steps_between_calls, sqlite_callbacks::count_steps, this);
}

memory_database::~memory_database() = default;

void memory_database::add_stand_ins(const replay_options& options) {
    for (const stand_in_function& each : options.functions) {
        stand_in_functions_.insert(lower_or_empty(each.name.c_str()));
        stand_ins_.add(handle(), each);
    }
    for (const std::string& each : options.collations) stand_ins::add_collation(handle(), each);
}

// What a statement does to objects: it is only looked at.
void memory_database::see(int action, const char* first, const char* second, std::string_view database) {
    switch (action) {
        case SQLITE_INSERT:
        case SQLITE_UPDATE:
        case SQLITE_DELETE:
            if (database == "main") seen_.written.insert(lower_or_empty(first));
            break;
        case SQLITE_CREATE_TABLE:
        case SQLITE_CREATE_INDEX:
        case SQLITE_CREATE_TRIGGER:
        case SQLITE_CREATE_VIEW:
        case SQLITE_DROP_INDEX:
        case SQLITE_DROP_TRIGGER:
        case SQLITE_DROP_VIEW:
            seen_.changed_objects.insert(lower_or_empty(first));
            break;
        case SQLITE_DROP_TABLE:
            seen_.changed_objects.insert(lower_or_empty(first));
            seen_.written.insert(lower_or_empty(first));
            break;
        case SQLITE_ALTER_TABLE:
            seen_.any_object = true;
            seen_.written.insert(lower_or_empty(second));
            break;
        case SQLITE_CREATE_VTABLE:
        case SQLITE_DROP_VTABLE:
            seen_.any_object = true;
            seen_.written.insert(lower_or_empty(first));
            break;
        default:
            break;
    }
}

int memory_database::authorize(int action, const char* first, const char* second, std::string_view database) {
    see(action, first, second, database);
    switch (action) {
        case SQLITE_CREATE_TEMP_INDEX:
        case SQLITE_CREATE_TEMP_TABLE:
        case SQLITE_CREATE_TEMP_TRIGGER:
        case SQLITE_CREATE_TEMP_VIEW:
            seen_.temporary = true;
            return SQLITE_OK;
        case SQLITE_PRAGMA:
            if (lower_or_empty(first) == "writable_schema") seen_.any_object = true;
            return second != nullptr && is_about_files(lower_or_empty(first)) ? SQLITE_IGNORE : SQLITE_OK;
        case SQLITE_FUNCTION:
            return authorize_function(lower_or_empty(second));
        case SQLITE_ATTACH:
            // VACUUM attaches a database without a name, which is in memory here.
            if (first != nullptr && (*first == '\0' || std::string_view(first) == ":memory:")) return SQLITE_OK;
            seen_.refused = "ATTACH";
            return SQLITE_DENY;
        default:
            return SQLITE_OK;
    }
}

int memory_database::authorize_function(const std::string& name) {
    if (name == "load_extension") {
        seen_.refused = "load_extension()";
        return SQLITE_DENY;
    }
    if (stand_in_functions_.contains(name)) seen_.stand_ins.insert(name);
    return SQLITE_OK;
}

void memory_database::set_foreign_keys(foreign_keys_setting setting) {
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_ENABLE_FKEY, setting == foreign_keys_setting::on ? 1 : 0, nullptr);
}

void memory_database::execute(std::string_view sql) {
    query statement(handle(), sql);
    statement.run();
}

bool memory_database::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

void memory_database::roll_back() {
    if (in_transaction()) execute("ROLLBACK");
}

void memory_database::refresh_connection() {
    for (const char* each : settings) execute(each);
    refill_steps();
    while (true) {
        query object(handle(),
                     "SELECT type, name FROM sqlite_temp_master WHERE type IN ('trigger', 'view', 'table') AND "
                     "name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type = 'table' LIMIT 1");
        if (!object.step()) return;
        const std::string drop = "DROP " + std::string(object.text(0)) + " temp." + quoted_name(object.text(1));
        object.run();
        query dropping(handle(), drop);
        dropping.run();
        if (dropping.failure()) return;
    }
}

std::string memory_database::image() const {
    sqlite3_int64 size = 0;
    unsigned char* const bytes = sqlite3_serialize(handle(), "main", &size, 0);
    if (bytes == nullptr) return {};
    std::string result(static_cast<const char*>(static_cast<const void*>(bytes)), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return result;
}

bool memory_database::load(std::string_view image) {
    auto* const bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
    if (bytes == nullptr) return false;
    std::memcpy(bytes, image.data(), image.size());
    const auto size = static_cast<sqlite3_int64>(image.size());
    // It attaches the bytes, as any database is.
    sqlite3_set_authorizer(handle(), nullptr, nullptr);
    const int result = sqlite3_deserialize(handle(), "main", bytes, size, size,
                                           SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    sqlite3_set_authorizer(handle(), sqlite_callbacks::authorize, this);
    return result == SQLITE_OK;
}

std::string sqlite_library_version() { return sqlite3_libversion(); }
sqlite_version sqlite_library_number() { return {sqlite3_libversion_number()}; }
std::string sqlite_library_source() { return sqlite3_sourceid(); }

}  // namespace varve::generator
