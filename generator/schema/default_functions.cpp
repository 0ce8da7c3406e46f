#include <schema/default_functions.hpp>

#include <algorithm>
#include <array>

namespace varve::generator {
namespace {

constexpr std::array<std::string_view, 60> stable_functions{"array_fill",
                                                            "bit_length",
                                                            "btrim",
                                                            "ceil",
                                                            "ceiling",
                                                            "char_length",
                                                            "character_length",
                                                            "concat",
                                                            "concat_ws",
                                                            "current_database",
                                                            "current_schema",
                                                            "current_setting",
                                                            "current_user",
                                                            "date_part",
                                                            "date_trunc",
                                                            "daterange",
                                                            "decode",
                                                            "encode",
                                                            "floor",
                                                            "format",
                                                            "int4range",
                                                            "int8range",
                                                            "json_build_array",
                                                            "json_build_object",
                                                            "json_object",
                                                            "jsonb_build_array",
                                                            "jsonb_build_object",
                                                            "jsonb_object",
                                                            "left",
                                                            "length",
                                                            "lower",
                                                            "lpad",
                                                            "ltrim",
                                                            "make_date",
                                                            "make_interval",
                                                            "make_time",
                                                            "make_timestamp",
                                                            "make_timestamptz",
                                                            "md5",
                                                            "now",
                                                            "numrange",
                                                            "repeat",
                                                            "replace",
                                                            "right",
                                                            "round",
                                                            "rpad",
                                                            "rtrim",
                                                            "session_user",
                                                            "sha256",
                                                            "statement_timestamp",
                                                            "string_to_array",
                                                            "substring",
                                                            "timezone",
                                                            "to_date",
                                                            "to_json",
                                                            "to_jsonb",
                                                            "to_timestamp",
                                                            "to_tsvector",
                                                            "transaction_timestamp",
                                                            "upper"};

}  // namespace

bool is_stable_function(std::string_view name) {
    return std::binary_search(stable_functions.begin(), stable_functions.end(), name);
}

}  // namespace varve::generator
