#include <replay/replay_cache.hpp>

#include <replay/memory_database.hpp>
#include <source/text_file.hpp>
#include <sql/checksum.hpp>

#include <algorithm>
#include <fstream>
#include <random>
#include <system_error>

namespace varve::generator {
namespace {

namespace fs = std::filesystem;

// To be raised whenever the same input would be replayed or reported in another way.
constexpr std::string_view replay_rule = "replay 2";
constexpr std::string_view extension = ".replay";

std::string digest_of(std::string_view bytes) { return to_string(checksum{1, sha256(bytes)}).substr(2); }

void append(std::string& to, std::string_view part) {
    to += std::to_string(part.size());
    to += ' ';
    to += part;
}

std::string key_of(const replay_options& options) {
    std::string text;
    for (const std::string& each :
         {std::string(replay_rule), std::string(VARVE_VERSION), sqlite_library_source(),
          std::to_string(options.most_steps), options.target ? to_string(*options.target) : std::string()}) {
        append(text, each);
    }
    for (const auto& each : options.functions) {
        const std::string kind = each.kind == function_kind::aggregate ? "a " : "f ";
        append(text, kind + each.name + "/" + std::to_string(each.arguments));
    }
    for (const auto& each : options.collations) append(text, "c " + each);
    return digest_of(text);
}

void append_script(std::string& to, const script_source& script) {
    append(to, script.file_name);
    append(to, script.file.text());
    append(to, script.mode == transaction_mode::transaction ? "t" : "n");
}

std::string key_of(const std::string& before, const migration_source& migration) {
    std::string text = before;
    append(text, migration.version_text);
    append(text, migration.name);
    append(text, migration.released ? "released" : "draft");
    append_script(text, migration.up);
    if (migration.down) append_script(text, *migration.down);
    return digest_of(text);
}

}  // namespace

std::vector<std::string> replay_keys(const history_source& history, const replay_options& options) {
    std::vector<std::string> keys{key_of(options)};
    keys.reserve(history.migrations.size() + 1);
    for (const migration_source& each : history.migrations) keys.push_back(key_of(keys.back(), each));
    return keys;
}

bool replay_cache::has(std::string_view key) const {
    std::error_code failure;
    return fs::exists(file_of(key), failure);
}

std::optional<replay_state> replay_cache::find(std::string_view key) const {
    std::string ignored;
    const std::optional<std::string> bytes = read_bytes(file_of(key), ignored);
    if (!bytes) return std::nullopt;
    const std::size_t end = bytes->find('\n');
    if (end == std::string::npos) return std::nullopt;
    const std::string_view content = std::string_view(*bytes).substr(end + 1);
    if (bytes->substr(0, end) != digest_of(content)) return std::nullopt;
    return state_from(content);
}

void replay_cache::keep(std::string_view key, const replay_state& state) const {
    std::error_code failure;
    fs::create_directories(directory_, failure);
    const std::string content = to_bytes(state);
    const fs::path file = file_of(key);
    fs::path temporary = file;
    temporary += "." + std::to_string(std::random_device()());
    std::ofstream out(temporary, std::ios::binary);
    out << digest_of(content) << '\n' << content;
    out.close();
    if (out) fs::rename(temporary, file, failure);
    if (!out || failure) fs::remove(temporary, failure);
}

void replay_cache::keep_only(const std::vector<std::string>& keys) const {
    std::error_code failure;
    std::vector<fs::path> others;
    for (auto each = fs::directory_iterator(directory_, failure); !failure && each != fs::directory_iterator();
         each.increment(failure)) {
        const fs::path& file = each->path();
        if (file.extension() != extension) continue;
        if (std::ranges::none_of(keys, [&](const std::string& key) { return file == file_of(key); })) {
            others.push_back(file);
        }
    }
    for (const fs::path& each : others) fs::remove(each, failure);
}

fs::path replay_cache::file_of(std::string_view key) const {
    return directory_ / (std::string(key.substr(0, 32)) + std::string(extension));
}

}  // namespace varve::generator
