namespace Fairlead.Server.Access;

/// <summary>
/// Something a person can ask for, and what it takes: the least role, and the scope a token must carry.
/// </summary>
internal sealed record Verb(string Name, Role Role, string Scope);

/// <summary>What an API token may be used for.</summary>
internal static class Scopes
{
    public const string Read = "api:read";
    public const string Write = "api:write";
    public const string Admin = "api:admin";
    public const string RegistryPull = "registry:pull";
    public const string RegistryPush = "registry:push";

    public static readonly IReadOnlyList<string> All = [Read, Write, Admin, RegistryPull, RegistryPush];
}
