namespace Fairlead.Server.Authorisations.Apps;

/// <summary>A connection, and what may be seen of its credential.</summary>
internal sealed record ShownConnection(string Slug, Dictionary<string, string> Shown);
