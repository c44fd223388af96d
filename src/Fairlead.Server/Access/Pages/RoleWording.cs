namespace Fairlead.Server.Access.Pages;

/// <summary>Roles and scopes with what they mean, for forms.</summary>
internal static class RoleWording
{
    public static readonly IReadOnlyList<(string Value, string Label)> Choices =
    [
        ("member", "member: uses what is shared, owns private connections"),
        ("maintainer", "maintainer: binds sources, makes images and rules"),
        ("administrator", "administrator: everything"),
    ];

    public static readonly IReadOnlyList<(string Value, string Label)> ScopeChoices =
    [
        (Scopes.Read, "read everything you may see"),
        (Scopes.Write, "change what you may change"),
        (Scopes.Admin, "administer, if you are an administrator"),
        (Scopes.RegistryPull, "pull images"),
        (Scopes.RegistryPush, "push images"),
    ];
}
