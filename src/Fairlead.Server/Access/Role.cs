namespace Fairlead.Server.Access;

/// <summary>What a person may do, in ascending order: each includes the ones before it.</summary>
internal enum Role
{
    /// <summary>Sees what is shared with them, uses it, owns private connections and their own tokens.</summary>
    Member,

    /// <summary>Binds sources, makes images, rules and shared connections.</summary>
    Maintainer,

    /// <summary>People, groups, reach rules, the vault, everything.</summary>
    Administrator,
}
