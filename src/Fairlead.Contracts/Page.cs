using System.Text.Json.Serialization;

namespace Fairlead.Contracts;

/// <summary>
/// One page of a list. Every list is asked with <c>?q=</c> (only what has this text), <c>?page=</c> (from 1) and
/// <c>?size=</c> (25 unless said, at most 200), and is filtered and cut on the server.
/// </summary>
/// <param name="Total">How many match in all.</param>
/// <param name="Number">This page, from 1.</param>
/// <param name="Size">Items a page holds at most.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    int Total,
    [property: JsonPropertyName("page")] int Number,
    int Size
);
