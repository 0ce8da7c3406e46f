#pragma once

#include <varve/history.hpp>

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// What a migration written in C++ works with (docs/cpp_migrations.md). It needs no other header and no library:
///
///     #include <varve/transaction.hpp>
///     void up(varve::transaction& in) { in.execute("UPDATE users SET email = lower($1) WHERE id = $2", "A@B", 7); }
///
/// Everything runs on the thread that migrates. What goes wrong is thrown as `varve::error`; let it pass: the
/// transaction is rolled back, and whoever migrates learns what it was. So are exceptions of any other type.
namespace varve {
inline namespace contract_1 {

/// A value that is bound to a place in a statement, never pasted into it. Refers to what it was made from.
class parameter {
public:
    enum class kind : std::uint8_t { null, boolean, integer, real, text, bytes };

    parameter(std::nullptr_t) {}
    parameter(std::nullopt_t) {}
    parameter(std::same_as<bool> auto value) : is_(kind::boolean), integer_(value) {}
    /// A number above 9,223,372,036,854,775,807 is `std::out_of_range`.
    parameter(std::integral auto value) requires(!std::same_as<decltype(value), bool>)
        : is_(kind::integer), integer_(static_cast<std::int64_t>(value)) {
        if (!std::in_range<std::int64_t>(value)) throw std::out_of_range("a number does not fit into 64 bits");
    }
    parameter(std::floating_point auto value) : is_(kind::real), real_(static_cast<double>(value)) {}
    parameter(std::string_view text) : is_(kind::text), text_(text) {}
    parameter(const std::string& text) : is_(kind::text), text_(text) {}
    parameter(const char* text) : is_(text == nullptr ? kind::null : kind::text), text_(text == nullptr ? "" : text) {}
    parameter(std::span<const std::byte> bytes)
        : is_(kind::bytes), text_(reinterpret_cast<const char*>(bytes.data()), bytes.size()) {}
    parameter(const std::vector<std::byte>& bytes) : parameter(std::span(bytes)) {}
    template <typename Value>
    parameter(const std::optional<Value>& value) {
        if (value) *this = parameter(*value);
    }

    [[nodiscard]] kind is() const { return is_; }
    [[nodiscard]] std::int64_t integer() const { return integer_; }  ///< of booleans too
    [[nodiscard]] double real() const { return real_; }
    [[nodiscard]] std::string_view text() const { return text_; }  ///< of bytes too

private:
    kind is_ = kind::null;
    std::int64_t integer_ = 0;
    double real_ = 0;
    std::string_view text_{};
};

/// One statement, and where it is written, for messages. Made from any text.
struct sql_text {
    template <std::convertible_to<std::string_view> Text>
    sql_text(const Text& sql, const char* in_file = __builtin_FILE(), std::uint32_t at_line = __builtin_LINE())
        : text(sql), file(in_file), line(at_line) {}

    std::string_view text;
    std::string_view file;
    std::uint32_t line;
};

/// What a statement gave, as an engine hands it over: numbers as decimal text, bytes as they are, booleans as `1`
/// and `0`.
struct statement_result {
    std::vector<std::string> columns{};
    std::vector<std::optional<std::string>> values{};  ///< row by row; empty: NULL
    std::int64_t changed = 0;                          ///< rows, if it inserts, updates or deletes any
};

/// One row of a result, which it keeps alive. Columns are named, or counted from 0.
class row {
public:
    row(std::shared_ptr<const statement_result> of, std::size_t index) : of_(std::move(of)), index_(index) {}

    [[nodiscard]] std::size_t size() const { return of_->columns.size(); }
    [[nodiscard]] bool is_null(std::size_t column) const { return !cell(column); }
    [[nodiscard]] bool is_null(std::string_view column) const { return !cell(position_of(column)); }

    /// As `bool`, a number, `std::string`, `std::vector<std::byte>`, or `std::optional` of one of these for what may
    /// be NULL. Throws `std::invalid_argument` with the column's name if it is none.
    template <typename Value>
    [[nodiscard]] Value get(std::size_t column) const;
    template <typename Value>
    [[nodiscard]] Value get(std::string_view column) const {
        return get<Value>(position_of(column));
    }

private:
    template <typename Value>
    struct optional_of {
        static constexpr bool is_optional = false;
    };
    template <typename Value>
    struct optional_of<std::optional<Value>> {
        using value = Value;
        static constexpr bool is_optional = true;
    };

    [[nodiscard]] const std::optional<std::string>& cell(std::size_t column) const {
        if (column >= size()) {
            throw std::invalid_argument("there is no column " + std::to_string(column) + ": the row has " +
                                        std::to_string(size()));
        }
        return of_->values[index_ * size() + column];
    }
    [[nodiscard]] std::size_t position_of(std::string_view name) const {
        for (std::size_t column = 0; column < size(); ++column) {
            if (of_->columns[column] == name) return column;
        }
        throw std::invalid_argument("there is no column `" + std::string(name) + "`");
    }
    [[noreturn]] void refuse(std::size_t column, const std::string& what) const {
        throw std::invalid_argument("column `" + of_->columns[column] + "` of row " + std::to_string(index_ + 1) +
                                    what);
    }
    template <typename Value>
    [[nodiscard]] Value converted(std::size_t column, const std::string& text) const;

    std::shared_ptr<const statement_result> of_;
    std::size_t index_;
};

/// The rows that a query gave, all of them, in memory.
class rows {
public:
    explicit rows(statement_result of) : of_(std::make_shared<const statement_result>(std::move(of))) {}

    [[nodiscard]] std::size_t size() const {
        return of_->columns.empty() ? 0 : of_->values.size() / of_->columns.size();
    }
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// Throws `std::out_of_range`.
    [[nodiscard]] row operator[](std::size_t index) const {
        if (index >= size()) throw std::out_of_range("there is no row " + std::to_string(index) + " in the result");
        return {of_, index};
    }
    [[nodiscard]] row front() const { return (*this)[0]; }
    [[nodiscard]] row back() const { return (*this)[size() - 1]; }

    class iterator {
    public:
        using value_type = row;
        using difference_type = std::ptrdiff_t;
        iterator() = default;
        iterator(std::shared_ptr<const statement_result> of, std::size_t index) : of_(std::move(of)), index_(index) {}
        row operator*() const { return {of_, index_}; }
        iterator& operator++() {
            ++index_;
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++index_;
            return before;
        }
        friend bool operator==(const iterator& a, const iterator& b) { return a.index_ == b.index_; }

    private:
        std::shared_ptr<const statement_result> of_{};
        std::size_t index_ = 0;
    };
    [[nodiscard]] iterator begin() const { return {of_, 0}; }
    [[nodiscard]] iterator end() const { return {of_, size()}; }

private:
    std::shared_ptr<const statement_result> of_;
};

/// Something that may be in a database. Names as the database stores them; without a schema where the search path
/// finds them (SQLite: in `main`).
struct named_object {
    enum class kind : std::uint8_t { table, column, index } is = kind::table;
    std::string_view schema{};
    std::string_view table{};
    std::string_view name{};  ///< of the column or the index
};

/// How far a migration says that it is.
struct work_done {
    std::int64_t done = 0;
    std::int64_t total = 0;  ///< 0: not known
    std::string_view unit{};
};

/// What stands behind a `transaction`: the engine, and whoever wants to know how far it is. Virtual functions because
/// the file of a migration is compiled without knowing them; nobody but varve implements it.
class transaction_access {
public:
    transaction_access() = default;
    transaction_access(const transaction_access&) = delete;
    transaction_access& operator=(const transaction_access&) = delete;
    virtual ~transaction_access() = default;

    [[nodiscard]] virtual engine_kind engine() const = 0;
    virtual statement_result run(const sql_text&, std::span<const parameter>) = 0;
    virtual bool exists(const named_object&) = 0;
    virtual void tell(const work_done&) = 0;
};

/// The transaction that records a migration as applied, for the statements of one written in C++. It is varve's: it
/// cannot be committed or rolled back here, and ends when `up` or `down` returns or throws.
class transaction {
public:
    explicit transaction(transaction_access& to) : access_(&to) {}

    /// For a file that is used by both.
    [[nodiscard]] engine_kind engine() const { return access_->engine(); }

    /// Runs one statement. Its parameters are written `$1`, `$2` and so on, on both engines. Gives the number of rows
    /// inserted, updated or deleted; of another statement it means nothing.
    template <typename... Values>
    std::int64_t execute(const sql_text& sql, const Values&... values) {
        return run(sql, values...).changed;
    }
    /// The same, with the rows that it gives.
    template <typename... Values>
    [[nodiscard]] rows query(const sql_text& sql, const Values&... values) {
        return rows(run(sql, values...));
    }
    /// The first column of the only row. Throws `std::invalid_argument` if there is none, or another one.
    template <typename Value, typename... Values>
    [[nodiscard]] Value query_value(const sql_text& sql, const Values&... values) {
        const rows all = query(sql, values...);
        if (all.size() == 1) return all.front().get<Value>(0);
        throw std::invalid_argument("the query gives " + std::to_string(all.size()) + " rows instead of one");
    }

    [[nodiscard]] bool table_exists(std::string_view table, std::string_view schema = {}) {
        return access_->exists({.is = named_object::kind::table, .schema = schema, .table = table});
    }
    [[nodiscard]] bool column_exists(std::string_view table, std::string_view column, std::string_view schema = {}) {
        return access_->exists({.is = named_object::kind::column, .schema = schema, .table = table, .name = column});
    }
    [[nodiscard]] bool index_exists(std::string_view index, std::string_view schema = {}) {
        return access_->exists({.is = named_object::kind::index, .schema = schema, .name = index});
    }

    /// Tells the observer how far it is. 0: the total is not known.
    void progress(std::int64_t done, std::int64_t total = 0, std::string_view unit = "rows") {
        access_->tell({.done = done, .total = total, .unit = unit});
    }

private:
    template <typename... Values>
    statement_result run(const sql_text& sql, const Values&... values) {
        const std::array<parameter, sizeof...(Values)> bound{parameter(values)...};
        return access_->run(sql, bound);
    }

    transaction_access* access_;
};

/// For what takes longer than one transaction should: `void up(varve::batches& work)` does a part, says with
/// `go_on_after` where the next one begins, and is called again, each time in a transaction of its own. Where it is
/// stands in the ledger and commits with the part, so that each part is done exactly once, whatever ends the process.
/// It is applied when `up` returns without saying where to go on.
class batches : public transaction {
public:
    batches(transaction_access& to, std::optional<std::string> position)
        : transaction(to), position_(std::move(position)) {}

    /// What the batch before this one gave to `go_on_after`, also in another process; empty at the beginning.
    template <typename Value = std::string>
    [[nodiscard]] std::optional<Value> position() const;

    /// There is more to do, after this: a key, as a number or as text.
    void go_on_after(std::string_view position) { next_ = position; }
    void go_on_after(std::integral auto position) { next_ = std::to_string(position); }

    /// Empty: there is nothing more to do.
    [[nodiscard]] const std::optional<std::string>& next() const { return next_; }

private:
    std::optional<std::string> position_;
    std::optional<std::string> next_;
};

template <typename Value>
Value row::get(std::size_t column) const {
    const std::optional<std::string>& text = cell(column);
    if constexpr (optional_of<Value>::is_optional) {
        if (!text) return std::nullopt;
        return converted<typename optional_of<Value>::value>(column, *text);
    } else {
        if (!text) refuse(column, " is NULL: read it as a std::optional");
        return converted<Value>(column, *text);
    }
}

template <typename Value>
Value row::converted(std::size_t column, const std::string& text) const {
    if constexpr (std::same_as<Value, std::string>) {
        return text;
    } else if constexpr (std::same_as<Value, std::vector<std::byte>>) {
        const auto bytes = std::as_bytes(std::span(text));
        return {bytes.begin(), bytes.end()};
    } else if constexpr (std::same_as<Value, bool>) {
        if (text != "0" && text != "1") refuse(column, " is '" + text + "', which is no boolean");
        return text == "1";
    } else {
        static_assert(std::is_arithmetic_v<Value>, "a column can be read as bool, number, std::string or bytes");
        Value number{};
        const char* const end = text.data() + text.size();
        const auto [stopped, why] = std::from_chars(text.data(), end, number);
        if (why == std::errc::result_out_of_range) refuse(column, " is " + text + ", which does not fit");
        if (why != std::errc() || stopped != end) refuse(column, " is '" + text + "', which is no such number");
        return number;
    }
}

template <typename Value>
std::optional<Value> batches::position() const {
    if (!position_) return std::nullopt;
    statement_result one{.columns = {"position"}, .values = {*position_}};
    return row(std::make_shared<const statement_result>(std::move(one)), 0).get<Value>(0);
}

}  // namespace contract_1
}  // namespace varve
