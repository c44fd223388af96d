namespace Fairlead.Server.Access;

internal static class Roles
{
    /// <summary>As it is spelt outside: <c>maintainer</c>.</summary>
    public static string Text(this Role role) => role.ToString().ToLowerInvariant();

    public static Role? Parse(string? text) =>
        Enum.GetValues<Role>().Where(role => role.Text() == text).Select(role => (Role?)role).SingleOrDefault();
}
