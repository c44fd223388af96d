namespace Fairlead.Contracts;

/// <summary>One page of a list. Lists are filtered and cut on the server.</summary>
/// <param name="Total">How many match in all.</param>
/// <param name="Number">This page, from 1.</param>
/// <param name="Size">Items a page holds at most.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, int Number, int Size);
