#include "given_numbers.hpp"

namespace varve::postgresql {
namespace {

constexpr const char* text_to_prepare =
    "PREPARE varve_note_numbers AS SELECT pg_catalog.set_config('varve.numbers', "
    "(SELECT coalesce(pg_catalog.jsonb_object_agg(seqrelid, pg_catalog.pg_sequence_last_value(seqrelid)), "
    "'{}')::text FROM pg_catalog.pg_sequence), false); "
    "PREPARE varve_put_numbers_back AS SELECT pg_catalog.setval(s.seqrelid::regclass, "
    "coalesce(noted.value::bigint, s.seqstart), noted.value IS NOT NULL) "
    "FROM pg_catalog.jsonb_each_text(pg_catalog.current_setting('varve.numbers')::jsonb) noted "
    "JOIN pg_catalog.pg_sequence s ON s.seqrelid = noted.key::oid "
    "WHERE pg_catalog.pg_sequence_last_value(s.seqrelid) IS DISTINCT FROM noted.value::bigint";

}  // namespace

void given_numbers::prepare() {
    if (prepared_) return;
    db_.run(text_to_prepare);
    prepared_ = true;
}

void given_numbers::note() { db_.run("EXECUTE varve_note_numbers"); }

void given_numbers::put_back() noexcept { db_.run_if_possible("EXECUTE varve_put_numbers_back"); }

}  // namespace varve::postgresql
