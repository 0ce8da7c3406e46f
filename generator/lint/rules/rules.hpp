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

}  // namespace varve::generator::rules
