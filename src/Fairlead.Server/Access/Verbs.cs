using System.Reflection;

namespace Fairlead.Server.Access;

/// <summary>
/// The one table of authorisation. Every endpoint and page names a verb of this table; one that names none is refused
/// and fails a test. Ownership and scope of use narrow further, inside the verb.
/// </summary>
internal static class Verbs
{
    public static readonly Verb ConnectionRead = new("connection.read", Role.Member, Scopes.Read);
    public static readonly Verb ConnectionWrite = new("connection.write", Role.Member, Scopes.Write);
    public static readonly Verb BranchWrite = new("branch.write", Role.Maintainer, Scopes.Write);
    public static readonly Verb CredentialRead = new("credential.read", Role.Member, Scopes.Read);
    public static readonly Verb CredentialWrite = new("credential.write", Role.Member, Scopes.Write);
    public static readonly Verb ApplicationRead = new("application.read", Role.Member, Scopes.Read);
    public static readonly Verb ApplicationWrite = new("application.write", Role.Administrator, Scopes.Admin);
    public static readonly Verb ImageRead = new("image.read", Role.Member, Scopes.Read);
    public static readonly Verb ImageWrite = new("image.write", Role.Maintainer, Scopes.Write);
    public static readonly Verb RegistryPull = new("registry.pull", Role.Member, Scopes.RegistryPull);
    public static readonly Verb RegistryPush = new("registry.push", Role.Maintainer, Scopes.RegistryPush);
    public static readonly Verb RegistryCatalog = new("registry.catalog", Role.Administrator, Scopes.RegistryPull);
    public static readonly Verb TagDelete = new("tag.delete", Role.Maintainer, Scopes.Write);
    public static readonly Verb BuildRead = new("build.read", Role.Member, Scopes.Read);
    public static readonly Verb BuildStart = new("build.start", Role.Member, Scopes.Write);
    public static readonly Verb BuildCancel = new("build.cancel", Role.Member, Scopes.Write);
    public static readonly Verb EventRead = new("event.read", Role.Member, Scopes.Read);
    public static readonly Verb EventReplay = new("event.replay", Role.Maintainer, Scopes.Write);
    public static readonly Verb HookSecret = new("event.hook-secret", Role.Maintainer, Scopes.Write);
    public static readonly Verb HookRepair = new("event.hook-repair", Role.Maintainer, Scopes.Write);
    public static readonly Verb PersonRead = new("person.read", Role.Member, Scopes.Read);
    public static readonly Verb PersonWrite = new("person.write", Role.Administrator, Scopes.Admin);
    public static readonly Verb GroupWrite = new("group.write", Role.Administrator, Scopes.Admin);
    public static readonly Verb WhoAmI = new("who-am-i", Role.Member, Scopes.Read);
    public static readonly Verb PasswordOwn = new("password.own", Role.Member, Scopes.Admin);
    public static readonly Verb TokenOwnRead = new("token.own-read", Role.Member, Scopes.Read);
    public static readonly Verb SessionOwnRead = new("session.own-read", Role.Member, Scopes.Read);
    public static readonly Verb TokenOwn = new("token.own", Role.Member, Scopes.Write);
    public static readonly Verb SessionOwn = new("session.own", Role.Member, Scopes.Write);
    public static readonly Verb SessionRead = new("session.read", Role.Administrator, Scopes.Read);
    public static readonly Verb SessionEnd = new("session.end", Role.Administrator, Scopes.Admin);
    public static readonly Verb ReachWrite = new("reach.write", Role.Administrator, Scopes.Admin);
    public static readonly Verb ReachRead = new("reach.read", Role.Administrator, Scopes.Read);
    public static readonly Verb VaultRotate = new("vault.rotate", Role.Administrator, Scopes.Admin);
    public static readonly Verb MetricsRead = new("metrics.read", Role.Member, Scopes.Read);
    public static readonly Verb AuditRead = new("audit.read", Role.Administrator, Scopes.Read);

    public static readonly IReadOnlyList<Verb> All = typeof(Verbs)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(Verb))
        .Select(field => (Verb)field.GetValue(null)!)
        .ToList();
}
