using Fairlead.Contracts.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Hosts.Branches;

internal static class BranchesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/connections/{id}/branch-difference", Compare)
            .Needs(Verbs.ConnectionRead)
            .Produces<BranchDifference>();
        api.MapPost("/connections/{id}/branches", Create).Needs(Verbs.BranchWrite).Produces<BranchInfo>(201);
        api.MapDelete("/connections/{id}/branches", Delete).Needs(Verbs.BranchWrite).Produces<BranchInfo>();
        api.MapPost("/connections/{id}/branch-merges", Merge).Needs(Verbs.BranchWrite).Produces<MergeInfo>();
    }

    private static async Task<IResult> Compare(
        string id,
        string source,
        Caller caller,
        CompareBranches verb,
        CancellationToken cancel,
        string repository = "",
        string? target = null
    ) => (await verb.Run(id, repository, source, target, caller, cancel)).ToHttp();

    private static async Task<IResult> Create(
        string id,
        NewBranch input,
        Caller caller,
        CreateBranch verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToCreated(_ => $"/api/v1/connections/{id}/refs");

    private static async Task<IResult> Delete(
        string id,
        string name,
        Caller caller,
        DeleteBranch verb,
        CancellationToken cancel,
        string repository = "",
        string? commit = null
    ) => (await verb.Run(id, new BranchToDelete(name, repository, commit), caller, cancel)).ToHttp();

    private static async Task<IResult> Merge(
        string id,
        BranchMerge input,
        Caller caller,
        MergeBranches verb,
        CancellationToken cancel
    ) => (await verb.Run(id, input, caller, cancel)).ToHttp();
}
