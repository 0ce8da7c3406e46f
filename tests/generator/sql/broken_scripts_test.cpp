// Broken scripts, each with the exact places of everything that is wrong with it. `§` marks a place and is no part of
// the script.
#include <sql/classify.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {
namespace {

constexpr std::string_view mark = "§";

/// A script and the codes of what is wrong with it, in the order of their places.
struct broken_script {
    std::string_view text;
    std::vector<std::string> codes;
};

const std::vector<broken_script> broken_scripts = {
    // A word that is not the right one
    {"§CRAETE TABLE a (id int);", {"M101"}},
    {"CREATE §TABEL a (id int);", {"M101"}},
    {"CREATE TABLE a (id int, §CREATE text);", {"M101"}},
    {"CREATE TABLE a (id int PRIMARY §KYE);", {"M101"}},
    {"CREATE TABLE a (id int NOT §NUL);", {"M101"}},
    {"CREATE TABLE a (id int REFERENCES b ON §UPDAT CASCADE);", {"M101"}},
    {"ALTER TABLE a ADD COLUMN b int §DEFALUT 0;", {"M101"}},
    {"ALTER TABLE a §AD COLUMN b int;", {"M101"}},
    {"ALTER TABLE a DROP COLUM §b;", {"M101"}},
    {"ALTER TABLE a ALTER COLUMN b §TYP text;", {"M101"}},
    {"ALTER TABLE a RENAME b §c;", {"M101"}},
    {"ALTER §TABEL a ADD b int;", {"M101"}},
    {"DROP TABLE IF §EXIST a;", {"M101"}},
    {"DROP §TABEL a;", {"M101"}},
    {"INSERT §ITO a VALUES (1);", {"M101"}},
    {"INSERT INTO a §VALUE (1);", {"M101"}},
    {"UPDATE a STE §b = 1;", {"M101"}},
    {"UPDATE a SET b = 1 §WERE c = 2;", {"M101"}},
    {"DELETE §FORM a;", {"M101"}},
    {"DELETE FROM a WEHRE §b = 1;", {"M101"}},
    {"SELECT * FROM a GROUP §b;", {"M101"}},
    {"SELECT * FROM a ORDER §BBY b;", {"M101"}},
    {"CREATE §INDX i ON a (b);", {"M101"}},
    {"CREATE INDEX i §NO a (b);", {"M101"}},
    {"CREATE UNIQUE §INDX i ON a (b);", {"M101"}},
    {"CREATE VIEW v §SA SELECT 1;", {"M101"}},
    {"CREATE MATERIALIZED §VEIW v AS SELECT 1;", {"M101"}},
    {"CREATE TYPE e AS §ENM ('a');", {"M101"}},
    {"ALTER TYPE e ADD §VALU 'b';", {"M101"}},
    {"GRANT SELECT §a TO b;", {"M101"}},
    {"GRANT SELECT ON a §FOR b;", {"M101"}},
    {"COMMENT ON TABLE a §SI 'x';", {"M101"}},
    {"TRUNCATE TABLE a §CASKADE;", {"M101"}},
    {"CREATE EXTENSION IF NOT EXISTS pgcrypto §WHIT SCHEMA x;", {"M101"}},
    {"CREATE TRIGGER t §BEFOR INSERT ON a EXECUTE FUNCTION f();", {"M101"}},
    {"CREATE TRIGGER t BEFORE INSERT ON a EXECUTE §FUNKTION f();", {"M101"}},
    {"CREATE SEQUENCE s §STAT 5;", {"M101"}},
    {"CREATE POLICY p ON a FOR §SELEC USING (true);", {"M101"}},
    {"REFRESH MATERIALIZED VIEW CONCURENTLY §v;", {"M101"}},
    // Something is missing or too much
    {"CREATE TABLE a (id int§", {"M101"}},
    {"CREATE TABLE a (id int§;", {"M101"}},
    {"CREATE TABLE a (id int,§);", {"M101"}},
    {"CREATE TABLE a (§, id int);", {"M101"}},
    {"CREATE TABLE a (id int)§);", {"M101"}},
    {"CREATE TABLE a §id int;", {"M101"}},
    {"CREATE TABLE a (id int §name text);", {"M101"}},
    {"CREATE TABLE §(id int);", {"M101"}},
    {"CREATE TABLE a (id int, CONSTRAINT§);", {"M101"}},
    {"CREATE TABLE a (id int, CONSTRAINT c CHECK §id > 0);", {"M101"}},
    {"CREATE TABLE a (id int, FOREIGN KEY (id) REFERENCES§);", {"M101"}},
    {"CREATE TABLE a (id numeric(10,§));", {"M101"}},
    {"CREATE TABLE a (id int DEFAULT§);", {"M101"}},
    {"ALTER TABLE a ADD COLUMN b§;", {"M101"}},
    {"ALTER TABLE a ADD COLUMN b int,§ ;", {"M101"}},
    {"ALTER TABLE a§", {"M101"}},
    {"ALTER TABLE a ALTER COLUMN b SET NOT§;", {"M101"}},
    {"INSERT INTO a (b, c,§) VALUES (1, 2);", {"M101"}},
    {"INSERT INTO a VALUES (1, 2§;", {"M101"}},
    {"INSERT INTO a VALUES (1 §2);", {"M101"}},
    {"INSERT INTO a VALUES (1) §(2);", {"M101"}},
    {"INSERT INTO a VALUES (1) ON CONFLICT DO§;", {"M101"}},
    {"UPDATE a SET b§;", {"M101"}},
    {"UPDATE a SET b = 1, §WHERE c = 2;", {"M101"}},
    {"SELECT a, §FROM b;", {"M101"}},
    {"SELECT (1 + §);", {"M101"}},
    {"SELECT 1 +§;", {"M101"}},
    {"SELECT CASE WHEN true THEN 1§;", {"M101"}},
    {"SELECT 'a' §'b';", {"M101"}},
    {"SELECT * FROM a JOIN b§;", {"M101"}},
    {"CREATE INDEX i ON a§;", {"M101"}},
    {"CREATE INDEX i ON a (lower(b)§;", {"M101"}},
    {"CREATE VIEW v AS§;", {"M101"}},
    {"CREATE FUNCTION f() RETURNS §AS 'x' LANGUAGE sql;", {"M101"}},
    {"WITH a AS (SELECT 1)§;", {"M101"}},
    // Words that are taken
    {"CREATE TABLE §user (id int);", {"M101"}},
    {"CREATE TABLE §order (id int);", {"M101"}},
    {"CREATE TABLE a (§user text);", {"M101"}},
    {"CREATE TABLE a (§limit int);", {"M101"}},
    {"ALTER TABLE a RENAME b TO §table;", {"M101"}},
    // Another database's SQL
    {"CREATE TABLE a (id INTEGER PRIMARY KEY §AUTOINCREMENT);", {"M101"}},
    {"CREATE TABLE a (id int §AUTO_INCREMENT);", {"M101"}},
    {"CREATE TABLE a (id int) §ENGINE=InnoDB;", {"M101"}},
    {"CREATE TABLE §`a` (id int);", {"M101"}},
    {"CREATE TABLE §[a] (id int);", {"M101"}},
    {"§PRAGMA foreign_keys = ON;", {"M101"}},
    {"INSERT §OR IGNORE INTO a VALUES (1);", {"M101"}},
    {"§REPLACE INTO a VALUES (1);", {"M101"}},
    {"ALTER TABLE a §MODIFY b int;", {"M101"}},
    {"SELECT TOP §5 * FROM a;", {"M101"}},
    {"SHOW TABLES §LIKE 'a';", {"M101"}},
    // psql and other programs
    {"SELECT * FROM a WHERE b = §:value;", {"M101"}},
    {"SELECT * FROM a WHERE b = ?§;", {"M101"}},
    {"§\\i other.sql\nSELECT 1;", {"M104"}},
    {"SELECT 1;\n§\\connect shop\n§SELEC 1;", {"M104", "M101"}},
    {"SELECT 1 §\\gset\n", {"M104"}},
    {"COPY a FROM §stdin;\n1\tx\n\\.\n", {"M115"}},
    {"SELECT §{{ name }};", {"M113"}},
    {"SELECT §$1;", {"M114"}},
    // Tokens
    {"SELECT §'abc;", {"M111"}},
    {"SELECT 1; SELECT §\"abc;\nSELECT 2;", {"M111"}},
    {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS §$$ SELECT 1;", {"M111"}},
    {"SELECT 1; §/* never ends", {"M111"}},
    {"SELECT 1 §/* a /* b */;", {"M111"}},
    // Transactions
    {"SELECT 1;\n§COMMIT;\nSELECT 2;", {"M105"}},
    {"CREATE TABLE a (id int);\n§CREATE INDEX CONCURRENTLY i ON a (id);", {"M106"}},
    {"CREATE TABLE a (id int);\n  §DO $$ BEGIN COMMIT; END $$;", {"M106"}},
    {"CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;\n§CALL p();", {"M106"}},
    // Every one, wherever it is, and nothing else
    {"§SELEC 1;\nSELECT 2;\nSELECT FROM §WHERE;\n\n  CREATE §TABLLE a();\nSELECT 3;", {"M101", "M101", "M101"}},
    {"-- a comment; with a semicolon\n/* and\n one more */ §SELEC 1;", {"M101"}},
    {"SELECT 'größer', 'naïve'; SELECT 'é' §'ü';", {"M101"}},
    {"SELECT '日本語', §FROM a;", {"M101"}},
    {"\tSELECT\t1\t+§\t;", {"M101"}},
    {"SELECT 1 -- one\n  SELECT §2;", {"M101"}},
    {"CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2 $$;\n§SELEC;", {"M101"}},
    {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\n§SELEC;", {"M101"}},
    {"CREATE RULE r AS ON INSERT TO a DO (SELECT 1; §SELEC 2);\nSELECT 1;", {"M101"}},
    {"BEGIN;\nSELECT 1 §1;\nCOMMIT;", {"M101"}},
    // PL/pgSQL
    {"DO $$ BEGIN §SELEC 1; END $$;", {"M102"}},
    {"DO $$\nBEGIN\n  §RETRN 1;\nEND\n$$;", {"M102"}},
    {"DO $$\nBEGIN\n  §FOR i IN 1..3\n    PERFORM 1;\n  END LOOP;\nEND $$;", {"M102"}},
    {"DO $$\nBEGIN\n  IF true THEN\n    PERFORM 1;\n  END §LOOP;\nEND\n$$;", {"M102"}},
    {"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $b$\nBEGIN\n  §RETURN 1 +;\nEND\n$b$;", {"M102"}},
    {"CREATE FUNCTION f() RETURNS int AS 'BEGIN §RETRN 1; END' LANGUAGE plpgsql;\nSELECT FROM x WHERE§;",
     {"M102", "M101"}},
    {"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  §NEW.a := 1\n  RETURN NEW;\nEND $$;",
     {"M102"}},
};

struct unmarked {
    std::string text;
    std::vector<std::size_t> places;
};

unmarked without_marks(std::string_view text) {
    unmarked result;
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
        result.text.append(text.substr(0, at));
        result.places.push_back(result.text.size());
        text.remove_prefix(at + mark.size());
    }
    result.text.append(text);
    return result;
}

std::string place(const text_file::position& at, const std::string& code) {
    return std::to_string(at.line) + ':' + std::to_string(at.column) + ' ' + code;
}

TEST(BrokenScripts, EveryMistakeIsReportedAtItsExactPlaceAndNothingElseIs) {
    for (const broken_script& broken : broken_scripts) {
        const unmarked script = without_marks(broken.text);
        const text_file file("0001_a.sql", script.text);
        std::vector<std::string> expected;
        for (std::size_t i = 0; i < broken.codes.size(); ++i) {
            expected.push_back(place(file.position_of(script.places[i]), broken.codes[i]));
        }
        diagnostics found;
        known_objects nothing;
        static_cast<void>(classify(file, lex(file.text(), engine_kind::postgresql),
                                   {.dialect = engine_kind::postgresql}, nothing, found));
        std::vector<std::string> reported;
        for (const diagnostic& each : found.sorted()) {
            reported.push_back(place({each.where.line, each.where.column}, each.code));
        }
        EXPECT_THAT(reported, ::testing::ElementsAreArray(expected)) << script.text;
    }
}

}  // namespace
}  // namespace varve::generator
