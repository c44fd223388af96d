using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Registries;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Oci;

/// <summary>
/// The OCI distribution protocol, as far as tags and manifests go, with whatever login the caller brings.
/// </summary>
/// <param name="registry">Scheme, host and port.</param>
public sealed class OciClient(GuardedClient http, Uri registry, IOciAuthorisation authorisation)
{
    private const long ManifestCap = 4 * 1024 * 1024;
    private const int TagPages = 100;

    /// <summary>Whether a registry is there and lets us in.</summary>
    /// <returns>True when it asked for a login.</returns>
    public async Task<Outcome<bool>> Ping(CancellationToken cancel)
    {
        var asked = false;
        if (
            !(await Send(HttpMethod.Get, "/v2/", null, cancel, () => asked = true)).Try(out var answer, out var failure)
        )
            return failure;
        var isRegistry = answer.Header("Docker-Distribution-Api-Version").Any() || answer.Json<object>() is not null;
        return answer.Ok && isRegistry ? asked
            : answer.Status >= 500 ? ReachFailures.Failing(registry.Host, answer.Status)
            : OciFailures.NotARegistry(registry.Host);
    }

    /// <summary>All tags; empty when the registry does not know the repository.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> Tags(string repository, CancellationToken cancel)
    {
        if (!RegistryScope.IsRepositoryName(repository))
            return OciFailures.RepositoryName;
        var (tags, last) = (new List<string>(), (string?)null);
        for (var page = 0; page < TagPages; page++)
        {
            var after = last is null ? "" : $"&last={Uri.EscapeDataString(last)}";
            var path = $"/v2/{repository}/tags/list?n=1000{after}";
            var outcome = await Send(HttpMethod.Get, path, RegistryScope.Of(repository, RegistryScope.Pull), cancel);
            if (!outcome.Try(out var answer, out var failure))
                return failure;
            if (answer.Status == 404)
                break;
            if (!answer.Ok)
                return Refused(answer);
            var found = (answer.Json<TagList>()?.Tags ?? []).Where(OciNames.IsTag).ToList();
            tags.AddRange(found);
            last = found.LastOrDefault();
            // The registry's link is only taken as "there is more": where it points is not followed.
            if (last is null || !answer.Header("Link").Any())
                break;
        }
        return tags.Distinct().ToList();
    }

    /// <summary>The manifest that a tag or a digest names; its digest is computed here, not believed.</summary>
    public async Task<Outcome<ImageManifest>> Manifest(string repository, string reference, CancellationToken cancel)
    {
        if (Misnamed(repository, reference) is { } misnamed)
            return misnamed;
        var path = $"/v2/{repository}/manifests/{reference}";
        var outcome = await Send(
            HttpMethod.Get,
            path,
            RegistryScope.Of(repository, RegistryScope.Pull),
            cancel,
            accept: OciManifestReader.MediaTypes
        );
        if (!outcome.Try(out var answer, out var failure))
            return failure;
        if (answer.Status == 404)
            return OciFailures.ManifestUnknown(repository, reference);
        if (!answer.Ok)
            return Refused(answer);
        if (OciManifestReader.Read(answer.Body, answer.MediaType) is not var (manifest, config))
            return OciFailures.NotARegistry(registry.Host);
        if (OciNames.IsDigest(reference) && manifest.Digest != reference)
            return OciFailures.DigestMismatch(registry.Host);
        return config is null ? manifest : manifest with { Platforms = await PlatformOf(repository, config, cancel) };
    }

    /// <summary>Stores the very bytes of a manifest under a tag.</summary>
    public async Task<Outcome<Done>> PutManifest(
        string repository,
        string tag,
        ImageManifest manifest,
        CancellationToken cancel
    )
    {
        if (Misnamed(repository, tag) is { } misnamed)
            return misnamed;
        var path = $"/v2/{repository}/manifests/{tag}";
        var outcome = await Send(
            HttpMethod.Put,
            path,
            RegistryScope.Of(repository, RegistryScope.Pull, RegistryScope.Push),
            cancel,
            body: manifest
        );
        if (!outcome.Try(out var answer, out var failure))
            return failure;
        var claimed = answer.Header("Docker-Content-Digest").FirstOrDefault() ?? manifest.Digest;
        return !answer.Ok ? Refused(answer)
            : claimed != manifest.Digest ? OciFailures.DigestMismatch(registry.Host)
            : Done.It;
    }

    /// <summary>Deletes a manifest by digest, and with it every tag that names it.</summary>
    public async Task<Outcome<Done>> DeleteManifest(string repository, string digest, CancellationToken cancel)
    {
        if (Misnamed(repository, digest) is { } misnamed)
            return misnamed;
        var path = $"/v2/{repository}/manifests/{digest}";
        if (
            !(await Send(HttpMethod.Delete, path, RegistryScope.Of(repository, RegistryScope.Everything), cancel)).Try(
                out var answer,
                out var failure
            )
        )
            return failure;
        return answer.Status switch
        {
            404 => OciFailures.ManifestUnknown(repository, digest),
            405 or 400 => OciFailures.DeleteUnsupported(registry.Host),
            _ when answer.Ok => Done.It,
            _ => Refused(answer),
        };
    }

    private static Failure? Misnamed(string repository, string reference) =>
        !RegistryScope.IsRepositoryName(repository) ? OciFailures.RepositoryName
        : OciNames.IsTag(reference) || OciNames.IsDigest(reference) ? null
        : OciFailures.Reference;

    private async Task<IReadOnlyList<string>> PlatformOf(string repository, string config, CancellationToken cancel)
    {
        if (!OciNames.IsDigest(config))
            return [];
        var path = $"/v2/{repository}/blobs/{config}";
        var outcome = await Send(HttpMethod.Get, path, RegistryScope.Of(repository, RegistryScope.Pull), cancel);
        var body = outcome is { Ok: true, Value: { Ok: true } answer } ? answer.Body : [];
        return OciManifestReader.DigestOf(body) == config && OciManifestReader.PlatformOf(body) is { } platform
            ? [platform]
            : [];
    }

    private Failure Refused(GuardedResponse answer) =>
        answer.Status is >= 500 or 429
            ? ReachFailures.Failing(registry.Host, answer.Status)
            : OciFailures.Refused(registry.Host, answer.Status);

    /// <summary>Asks, and when the registry wants to know who is there, answers that once and asks again.</summary>
    private async Task<Outcome<GuardedResponse>> Send(
        HttpMethod method,
        string path,
        RegistryScope? scope,
        CancellationToken cancel,
        Action? onAsked = null,
        IReadOnlyList<string>? accept = null,
        ImageManifest? body = null
    )
    {
        var request = new GuardedRequest(method, new Uri(registry, path))
        {
            Cap = ManifestCap,
            Accept = accept ?? [],
            Body = body?.Bytes,
            ContentType = body?.MediaType ?? "application/json",
        };
        OciChallenge? challenge = null;
        for (var attempt = 0; ; attempt++)
        {
            if (!(await authorisation.For(scope, challenge, cancel)).Try(out var header, out var refusal))
                return refusal;
            var outcome = await http.Send(request with { Authorization = header.Value }, cancel);
            if (!outcome.Try(out var answer, out var failure))
                return failure;
            if (answer.Status == 403 || (answer.Status == 401 && attempt > 0))
                return Unwelcome(answer, scope);
            if (answer.Status != 401)
                return answer;
            onAsked?.Invoke();
            challenge = OciChallenges.Of(answer.Header("WWW-Authenticate"));
            if (challenge is null)
                return OciFailures.NotARegistry(registry.Host);
        }
    }

    /// <summary>After a valid token, another 401 means that it does not cover the scope.</summary>
    private Failure Unwelcome(GuardedResponse answer, RegistryScope? scope)
    {
        var asksForToken = OciChallenges.Of(answer.Header("WWW-Authenticate"))?.Scheme == "bearer";
        return scope is not null && (answer.Status == 403 || asksForToken)
            ? OciFailures.Denied(registry.Host, scope.Name)
            : OciFailures.LoginRefused(registry.Host);
    }

    private sealed record TagList(IReadOnlyList<string>? Tags);
}
