using Fairlead.Core.Builds;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Server.Builds;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Images;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support.Console;

/// <summary>The addresses of the console's pages, with a name for the picture.</summary>
internal static class ConsolePages
{
    public static readonly IReadOnlyList<(string Name, string Path)> Empty =
    [
        ("sign-in", "/sign-in"),
        ("overview", "/"),
        ("connections", "/connections"),
        ("credentials", "/credentials"),
        ("images", "/images"),
        ("namespaces", "/namespaces"),
        ("builds", "/builds"),
        ("events", "/events"),
        ("people", "/people"),
        ("groups", "/groups"),
        ("tokens", "/tokens"),
        ("audit", "/audit"),
        ("settings", "/settings"),
        ("search", "/search?q=nothing"),
        ("nowhere", "/nowhere"),
    ];

    /// <summary>Also those that show one thing.</summary>
    public static IEnumerable<(string Name, string Path)> Of(TestServer server)
    {
        using var scope = server.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        long Build(BuildState state) =>
            db.Set<BuildRow>().Where(row => row.State == state).OrderByDescending(row => row.LogLength).First().Id;
        var git = ConsoleSeed.Kind(server, ProviderFamily.CodeHost);
        var registry = ConsoleSeed.Kind(server, ProviderFamily.ImageRegistry);
        var rule = db.Set<RuleRow>().First(row => row.IsRegex).Id;
        var requests = db.Set<RuleRow>().First(row => row.RefKind == RefKind.Request).Id;
        return
        [
            .. Empty,
            ("connections-new", "/connections/new"),
            ("connections-new-git", $"/connections/new?kind={git}"),
            ("connections-new-registry", $"/connections/new?kind={registry}"),
            ("connection", "/connections/acme-git"),
            ("connection-refused", "/connections/quay-mirror"),
            ("connection-proposal", "/connections/vendor-ssh"),
            ("connection-change", "/connections/acme-git/change"),
            ("connection-share", "/connections/acme-git/share"),
            ("connection-delete", "/connections/acme-git/delete"),
            ("credential", "/credentials/acme-deploy"),
            ("credentials-new", $"/credentials/new?kind={git}"),
            ("credential-delete", "/credentials/acme-deploy/delete"),
            ("images-new", "/images/new"),
            ("images-new-rule", "/images/new?connection=acme-git"),
            ("image", "/images/shop/checkout"),
            ("namespace-delete", "/namespaces/shop/delete"),
            ("image-change", "/images/shop/checkout/change"),
            ("tag-delete", "/images/shop/checkout/tags/latest/delete"),
            ("image-delete", "/images/shop/checkout/delete"),
            ("rule-new", "/images/shop/checkout/rules/new"),
            ("rule", $"/images/shop/checkout/rules/{rule}"),
            ("rule-request", $"/images/shop/checkout/rules/{requests}"),
            ("builds-failed", "/builds?state=failed"),
            ("build-running", $"/builds/{Build(BuildState.Running)}"),
            ("build-failed", $"/builds/{Build(BuildState.Failed)}"),
            ("build-succeeded", $"/builds/{Build(BuildState.Succeeded)}"),
            ("build-queued", $"/builds/{Build(BuildState.Queued)}"),
            ("delivery", $"/events/{db.Set<DeliveryRow>().Where(row => row.Recovered != null).Max(row => row.Id)}"),
            ("people-new", "/people/new"),
            ("person", "/people/max"),
            ("tokens-new", "/tokens/new"),
            ("password", "/password"),
            ("search-found", "/search?q=check"),
        ];
    }
}
