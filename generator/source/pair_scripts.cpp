#include <source/pair_scripts.hpp>

#include <source/version.hpp>
#include <source/wording.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace varve::generator {

namespace {

location whole(const script_file& script) { return {script.text.path(), 0, 0, {}}; }

/// `0008_b.sql`, and how its down has to follow.
std::string with_version(const script_file& script, const std::string& version) {
    return version + script.file.substr(script.parts.version_text.size());
}

std::string for_other_engine(const script_file& neutral, engine_kind taken) {
    const engine_kind other = taken == engine_kind::sqlite ? engine_kind::postgresql : engine_kind::sqlite;
    std::string file = neutral.parts.version_text + "_" + neutral.parts.name;
    if (neutral.parts.which == direction::down) file += ".down";
    return file + "." + std::string(engine_word(other)) + ".sql";
}

/// Pairs the scripts of one version; the parts share what they know.
class pairing {
public:
    pairing(std::vector<script_file> scripts, const std::string* released, const directory_listing& listing,
            diagnostics& found)
        : scripts_(std::move(scripts)),
          released_(released),
          versions_(listing.versions),
          state_(listing.state),
          found_(found) {}

    std::optional<script_pair> run() {
        script_file* const up = keep(direction::up, released_);
        script_file* const down = up == nullptr ? nullptr : keep(direction::down, &up->parts.name);
        if (state_ == listing_state::complete) report_lone_downs(up);
        if (up == nullptr) return std::nullopt;
        script_pair pair{.up = std::move(*up), .down = std::nullopt};
        if (down != nullptr && down->parts.name == pair.up.parts.name) pair.down = std::move(*down);
        return pair;
    }

private:
    /// The script of this direction that counts, preferably of this name; the others are reported.
    script_file* keep(direction which, const std::string* preferred) {
        script_file* kept = nullptr;
        for (script_file& script : scripts_) {
            if (script.parts.which != which) continue;
            if (which == direction::down && script.parts.name != *preferred) continue;
            const bool wanted = preferred != nullptr && script.parts.name == *preferred;
            if (kept == nullptr || (wanted && kept->parts.name != *preferred)) kept = &script;
        }
        for (const script_file& script : scripts_) {
            if (kept == nullptr || &script == kept || script.parts.which != which) continue;
            if (which == direction::down && script.parts.name != *preferred) continue;
            report_duplicate(script, *kept);
        }
        return kept;
    }

    void report_duplicate(const script_file& script, const script_file& kept) {
        const bool is_released = released_ != nullptr && kept.parts.name == *released_;
        const std::string word = script.parts.which == direction::up ? "up" : "down";
        std::string message = "version " + std::to_string(script.parts.version) + " is also used by " + kept.file;
        std::string hint;
        if (script.parts.name != kept.parts.name) {
            if (is_released) message += ", which is released";
            hint = renumbering(script);
        } else {
            message = kept.file + " is also the " + word + " script of migration " +
                      title(kept.parts.version, kept.parts.name);
            hint = choosing(script, kept);
        }
        found_.report({severity::error,
                       "M003",
                       whole(script),
                       std::move(message),
                       std::move(hint),
                       {{whole(kept), is_released ? "the released one is here" : "the other one is here"}}});
    }

    [[nodiscard]] std::string renumbering(const script_file& script) const {
        const std::string_view name = script.parts.name;
        const bool meant_down = name.ends_with("_down");
        if (meant_down || name.ends_with("_up")) {
            const std::string stem(name.substr(0, name.rfind('_')));
            return "a direction is written with a dot: " + script.parts.version_text + "_" + stem +
                   (meant_down ? ".down.sql" : ".up.sql");
        }
        const std::string free =
            free_version_after({.value = script.parts.version, .width = script.parts.version_text.size()}, versions_);
        std::string hint = "give it a version of its own: " + with_version(script, free);
        const bool has_down = std::ranges::any_of(scripts_, [&](const script_file& other) {
            return other.parts.which == direction::down && other.parts.name == name;
        });
        return has_down ? hint + ", and its down script too" : hint;
    }

    static std::string choosing(const script_file& script, const script_file& kept) {
        const bool one_neutral = script.parts.engine.has_value() != kept.parts.engine.has_value();
        if (!one_neutral) return "delete one of them";
        const script_file& neutral = script.parts.engine ? kept : script;
        const engine_kind engine = script.parts.engine ? *script.parts.engine : *kept.parts.engine;
        return "delete one of them, or rename " + neutral.file + " to " + for_other_engine(neutral, engine);
    }

    void report_lone_downs(const script_file* up) {
        for (const script_file& script : scripts_) {
            if (script.parts.which == direction::up || has_up(script)) continue;
            std::string message = "a down script without its up script";
            std::string hint = "add " + script.parts.version_text + "_" + script.parts.name +
                               ".sql, or delete this file; one engine's script has the engine in its name";
            std::vector<related> notes;
            if (up != nullptr) {
                message = "the up script of version " + std::to_string(script.parts.version) +
                          " has another name: " + up->parts.name;
                hint = "both files of a migration have the same name: rename one of them";
                notes.push_back({whole(*up), "the up script is here"});
            }
            found_.report(
                {severity::error, "M004", whole(script), std::move(message), std::move(hint), std::move(notes)});
        }
    }

    /// An up of this name that lost its version to another one was reported already.
    [[nodiscard]] bool has_up(const script_file& down) const {
        return std::ranges::any_of(scripts_, [&](const script_file& other) {
            return other.parts.which == direction::up && other.parts.name == down.parts.name;
        });
    }

    std::vector<script_file> scripts_;
    const std::string* released_;  ///< the name that the lock file has for this version
    std::span<const std::int64_t> versions_;
    listing_state state_;
    diagnostics& found_;
};

}  // namespace

std::vector<script_pair> pair_scripts(directory_listing listing, const released_names& released, diagnostics& found) {
    std::vector<script_pair> pairs;
    auto begin = listing.scripts.begin();
    while (begin != listing.scripts.end()) {
        const std::int64_t version = begin->parts.version;
        const auto end = std::find_if(begin, listing.scripts.end(),
                                      [version](const script_file& script) { return script.parts.version != version; });
        const auto known = released.find(version);
        pairing one({std::move_iterator(begin), std::move_iterator(end)},
                    known == released.end() ? nullptr : &known->second, listing, found);
        if (auto pair = one.run()) pairs.push_back(*std::move(pair));
        begin = end;
    }
    return pairs;
}

}  // namespace varve::generator
