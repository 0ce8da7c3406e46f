#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace varve::generator {

class syntax_node;

/// PostgreSQL's parse tree of one statement, read from JSON in one pass and without copying: the text must outlive it.
/// Reading everything into a general document costs more than the parser itself.
class syntax_tree {
public:
    /// Of a text that is not JSON nothing is there.
    explicit syntax_tree(std::string_view json);

    [[nodiscard]] syntax_node root() const;

private:
    friend class syntax_node;
    enum class kind : std::uint8_t { object, array, text, literal };
    struct entry {
        std::string_view key;    ///< in an object
        std::string_view value;  ///< text: between its quotes; literal: a number, true, false
        std::size_t end = 0;     ///< index behind the last entry inside this one
        kind what = kind::literal;
    };

    std::vector<entry> entries_;
};

/// A place in the tree, or nothing: whatever is asked of nothing is empty. False, zero and empty values are not in the
/// tree at all. Valid as long as the tree.
class syntax_node {
public:
    syntax_node() = default;

    [[nodiscard]] explicit operator bool() const { return tree_ != nullptr; }
    [[nodiscard]] syntax_node operator[](std::string_view key) const;
    /// The first value inside: `{"ColumnDef":{..}}` is a node, `ColumnDef` its name and `{..}` its first value.
    [[nodiscard]] syntax_node first() const;
    [[nodiscard]] std::string_view key() const;
    /// Of a wrapped node: `ColumnDef`.
    [[nodiscard]] std::string_view name() const { return first().key(); }
    /// What is inside a node with this name; nothing if it has another.
    [[nodiscard]] syntax_node as(std::string_view name) const;

    /// Escapes resolved.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is(std::string_view value) const;
    [[nodiscard]] bool flag() const { return is("true"); }
    [[nodiscard]] std::int64_t number(std::int64_t otherwise = 0) const;

    class iterator {
    public:
        iterator(const syntax_tree* tree, std::size_t index) : tree_(tree), index_(index) {}
        [[nodiscard]] syntax_node operator*() const { return {tree_, index_}; }
        iterator& operator++();
        [[nodiscard]] bool operator!=(const iterator& other) const { return index_ != other.index_; }

    private:
        const syntax_tree* tree_;
        std::size_t index_;
    };
    /// The values of an object or an array.
    [[nodiscard]] iterator begin() const;
    [[nodiscard]] iterator end() const;

private:
    friend class syntax_tree;
    syntax_node(const syntax_tree* tree, std::size_t index) : tree_(tree), index_(index) {}

    const syntax_tree* tree_ = nullptr;
    std::size_t index_ = 0;
};

}  // namespace varve::generator
