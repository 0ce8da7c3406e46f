#pragma once

#include <lint/rule.hpp>

/// The rules: each in a file of its name, found through the table in rules.cpp, described in docs/diagnostics/.
namespace varve::generator::rules {

using rule_check = void(const reviewed_statement&, lint_findings&);

// 1xx: it will fail.
rule_check enum_value_used_too_early;
rule_check add_required_column;
rule_check unknown_object;
rule_check cannot_be_repeated;

// 2xx: locks and rewritten tables.
rule_check create_index_not_concurrent;
rule_check drop_index_not_concurrent;
rule_check reindex_cluster_vacuum_full;
rule_check foreign_key_checked_at_once;
rule_check check_checked_at_once;
rule_check unique_builds_index;
rule_check exclusion_constraint;
rule_check set_not_null_scan;
rule_check column_type_rewrite;
rule_check volatile_default_rewrite;
rule_check validate_in_same_transaction;
rule_check partition_locks;
rule_check whole_table_rewritten;
rule_check no_lock_timeout;
rule_check data_change_with_ddl;

// 3xx: data is lost.
rule_check dropped_table;
rule_check dropped_column;
rule_check truncated_table;
rule_check dropped_schema;
rule_check every_row_changed;

// 4xx: programs that are still running, or that somebody goes back to, break.
rule_check renamed_column;
rule_check renamed_table;
rule_check dropped_not_null;
rule_check renamed_enum_value;
rule_check dropped_constraint;
rule_check setting_outlives_script;

// 5xx: style, for who asks for it.
rule_check timestamp_without_time_zone;
rule_check char_n;
rule_check json_not_jsonb;
rule_check serial_column;
rule_check money_type;
rule_check int_primary_key;
rule_check varchar_n;
rule_check float_money;
rule_check identifier_over_63;
rule_check foreign_key_without_index;
rule_check table_without_primary_key;
rule_check redundant_index;
rule_check require_schema;

// 6xx: what the replay saw.
rule_check rebuild_loses_index_or_trigger;
rule_check rebuild_deletes_referring_rows;
rule_check rebuild_forgets_autoincrement;

}  // namespace varve::generator::rules
