#include <lint/rule.hpp>
#include <lint/rules/rules.hpp>

#include <algorithm>
#include <array>

namespace varve::generator {
namespace {

constexpr auto both = rule_engines::both;
constexpr auto postgresql = rule_engines::postgresql;
constexpr auto sqlite = rule_engines::sqlite;
constexpr auto up = rule_scripts::up;
constexpr auto up_and_down = rule_scripts::up_and_down;
constexpr auto replay = rule_basis::replay;

constexpr std::array table = {
    rule{"M107", "enum-value-used-too-early", will_fail, postgresql, up_and_down, rules::enum_value_used_too_early},
    rule{"M108", "add-required-column", will_fail, both, up_and_down, rules::add_required_column},
    rule{"M109", "unknown-object", only_if_strict, both, up, rules::unknown_object},
    rule{"M110", "cannot-be-repeated", worth_a_thought, both, up_and_down, rules::cannot_be_repeated},

    rule{"M201", "create-index-not-concurrent", lock_hazard, postgresql, up, rules::create_index_not_concurrent},
    rule{"M202", "drop-index-not-concurrent", lock_hazard, postgresql, up, rules::drop_index_not_concurrent},
    rule{"M203", "reindex-cluster-vacuum-full", lock_hazard, postgresql, up, rules::reindex_cluster_vacuum_full},
    rule{"M204", "foreign-key-checked-at-once", lock_hazard, postgresql, up, rules::foreign_key_checked_at_once},
    rule{"M205", "check-checked-at-once", lock_hazard, postgresql, up, rules::check_checked_at_once},
    rule{"M206", "unique-builds-index", lock_hazard, postgresql, up, rules::unique_builds_index},
    rule{"M207", "exclusion-constraint", lock_hazard, postgresql, up, rules::exclusion_constraint},
    rule{"M208", "set-not-null-scan", lock_hazard, postgresql, up, rules::set_not_null_scan},
    rule{"M209", "column-type-rewrite", lock_hazard, postgresql, up, rules::column_type_rewrite},
    rule{"M210", "volatile-default-rewrite", lock_hazard, postgresql, up, rules::volatile_default_rewrite},
    rule{"M211", "validate-in-same-transaction", lock_hazard, postgresql, up, rules::validate_in_same_transaction},
    rule{"M212", "partition-locks", lock_hazard, postgresql, up, rules::partition_locks},
    rule{"M213", "whole-table-rewritten", lock_hazard, postgresql, up, rules::whole_table_rewritten},
    rule{"M214", "no-lock-timeout", only_if_strict, postgresql, up, rules::no_lock_timeout},
    rule{"M215", "data-change-with-ddl", lock_hazard, postgresql, up, rules::data_change_with_ddl},

    rule{"M301", "drop-table", worth_a_thought, both, up, rules::dropped_table},
    rule{"M302", "drop-column", worth_a_thought, both, up, rules::dropped_column},
    rule{"M303", "truncate", worth_a_thought, both, up, rules::truncated_table},
    rule{"M304", "drop-schema-cascade", loses_everything, both, up, rules::dropped_schema},
    rule{"M305", "update-delete-without-where", worth_a_thought, both, up, rules::every_row_changed},

    rule{"M401", "rename-column", worth_a_thought, both, up, rules::renamed_column},
    rule{"M402", "rename-table", worth_a_thought, both, up, rules::renamed_table},
    rule{"M403", "drop-not-null", worth_a_thought, postgresql, up, rules::dropped_not_null},
    rule{"M404", "rename-enum-value", worth_a_thought, postgresql, up, rules::renamed_enum_value},
    rule{"M405", "drop-constraint", worth_a_thought, postgresql, up, rules::dropped_constraint},
    rule{"M406", "search-path-leak", worth_a_thought, postgresql, up, rules::setting_outlives_script},

    rule{"M501", "timestamp-without-time-zone", only_if_strict, postgresql, up, rules::timestamp_without_time_zone},
    rule{"M502", "char-n", only_if_strict, postgresql, up, rules::char_n},
    rule{"M503", "json-not-jsonb", only_if_strict, postgresql, up, rules::json_not_jsonb},
    rule{"M504", "serial", only_if_strict, postgresql, up, rules::serial_column},
    rule{"M505", "money", only_if_strict, postgresql, up, rules::money_type},
    rule{"M506", "int-primary-key", only_if_strict, postgresql, up, rules::int_primary_key},
    rule{"M507", "varchar-n", only_if_strict, postgresql, up, rules::varchar_n},
    rule{"M508", "float-money", only_if_strict, postgresql, up, rules::float_money},
    rule{"M509", "identifier-over-63", only_if_strict, postgresql, up, rules::identifier_over_63},
    rule{"M510", "foreign-key-without-index", only_if_strict, postgresql, up, rules::foreign_key_without_index},
    rule{"M511", "table-without-primary-key", only_if_strict, postgresql, up, rules::table_without_primary_key},
    rule{"M512", "redundant-index", only_if_strict, postgresql, up, rules::redundant_index},
    rule{"M513", "require-schema", only_if_strict, postgresql, up, rules::require_schema},

    rule{"M611", "rebuild-loses-index-or-trigger", worth_a_thought, sqlite, up, rules::rebuild_loses_index_or_trigger,
         replay},
    rule{"M612", "rebuild-deletes-referring-rows", worth_a_thought, sqlite, up, rules::rebuild_deletes_referring_rows,
         replay},
    rule{"M613", "rebuild-forgets-autoincrement", worth_a_thought, sqlite, up, rules::rebuild_forgets_autoincrement,
         replay},
};

static_assert(std::ranges::is_sorted(table, {}, &rule::code));

}  // namespace

std::span<const rule> all_rules() { return table; }

const rule* find_rule(std::string_view code) {
    const auto found = std::ranges::find(table, code, &rule::code);
    return found == table.end() ? nullptr : &*found;
}

}  // namespace varve::generator
