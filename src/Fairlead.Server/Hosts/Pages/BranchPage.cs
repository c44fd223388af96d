using Fairlead.Server.Web;
using Microsoft.AspNetCore.Components;

namespace Fairlead.Server.Hosts.Pages;

/// <summary>A page about branches of one repository, which lead back to the list of them.</summary>
public abstract class BranchPage : ConsolePage
{
    /// <summary>The connection.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    private protected ListQuery Query => ListQuery.Of(Http.Request);

    private protected string Repository => Query["repository"];

    private protected string Refs => $"/connections/{Id}/refs?repository={Uri.EscapeDataString(Repository)}";

    private protected IReadOnlyList<(string, string)> Crumbs =>
        [("Connections", "/connections"), (Id, $"/connections/{Id}"), ("Branches and tags", Refs)];

    /// <summary>What people call the repository: a connection may be of one.</summary>
    private protected string Shown => Repository.Length > 0 ? Repository : Id;
}
