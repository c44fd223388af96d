using Fairlead.Core.Outcomes;
using Fairlead.Runner.Inputs;

namespace Fairlead.Runner.Images;

/// <summary>A base image, and how its registry asks who is there.</summary>
/// <param name="Platform">What its FROM says of that, as written, or null.</param>
internal sealed record KnownBase(string Image, string? Platform, RegistryKey Key, RegistryHello Hello);

/// <summary>Settles with the registries of base images that they are the ones meant, before an engine pulls.</summary>
internal static class BaseRegistries
{
    /// <returns>
    /// The bases whose registries were asked: those that a password or an authority is for, or that stand behind a
    /// door. Of all others there is nothing to know that the engine does not find out by itself.
    /// </returns>
    public static async Task<Outcome<IReadOnlyList<KnownBase>>> Ask(
        ImageBuild build,
        string dockerfile,
        IReadOnlyList<string> doors,
        CancellationToken cancel
    )
    {
        var keys = build.Keys.Where(key =>
            key.Username.Length > 0 || key.CertificateAuthorities is not null || doors.Contains(key.Host)
        );
        var bases = DockerfileBases.Read(await File.ReadAllTextAsync(dockerfile, cancel), build.Arguments);
        var known = new List<KnownBase>();
        foreach (var key in keys)
        {
            var images = bases.Images.Where(image => ImageName.Parse(image)?.Registry == key.Host).ToList();
            using var registry = new RegistryCaller(key);
            if (await registry.Hello(cancel) is not { } hello)
                return RegistryFaults.Base(registry.Fault, images.FirstOrDefault(key.Host));
            known.AddRange(
                images.Select(image => new KnownBase(image, bases.Platforms.GetValueOrDefault(image), key, hello))
            );
        }
        return known;
    }
}
