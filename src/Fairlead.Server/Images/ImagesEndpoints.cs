using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Server.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Images;

internal static class ImagesEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var spaces = app.MapGroup("/api/v1/namespaces").WithTags("images");
        spaces.MapGet("", ListSpaces).Needs(Verbs.ImageRead).Produces<Page<NamespaceInfo>>();
        spaces.MapPost("", CreateSpace).Needs(Verbs.ImageWrite).Produces<NamespaceInfo>(201);
        spaces.MapDelete("/{name}", DeleteSpace).Needs(Verbs.ImageWrite).Produces(204);

        var images = app.MapGroup("/api/v1/images").WithTags("images");
        images.MapGet("", List).Needs(Verbs.ImageRead).Produces<Page<ImageInfo>>();
        images.MapPost("", Create).Needs(Verbs.ImageWrite).Produces<ImageInfo>(201);
        var image = images.MapGroup("/{space}/{name}");
        image.MapGet("", Show).Needs(Verbs.ImageRead).Produces<ImageInfo>();
        image.MapPatch("", Change).Needs(Verbs.ImageWrite).Produces<ImageInfo>();
        image.MapDelete("", Delete).Needs(Verbs.ImageWrite).Produces(204);
        image.MapGet("/tags", Tags).Needs(Verbs.ImageRead).Produces<Page<TagInfo>>();
        image.MapGet("/rules", Rules).Needs(Verbs.ImageRead).Produces<Page<RuleInfo>>();
        image.MapPost("/rules", AddRule).Needs(Verbs.ImageWrite).Produces<RuleInfo>(201);
        image.MapGet("/rules/{rule:long}", Rule).Needs(Verbs.ImageRead).Produces<RuleInfo>();
        image.MapPut("/rules/{rule:long}", PutRule).Needs(Verbs.ImageWrite).Produces<RuleInfo>();
        image.MapDelete("/rules/{rule:long}", DropRule).Needs(Verbs.ImageWrite).Produces(204);
    }

    private static async Task<IResult> ListSpaces(
        ListNamespaces verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => TypedResults.Ok(await verb.Run(q, page, size, cancel));

    private static async Task<IResult> CreateSpace(
        NamespaceInput input,
        CreateNamespace verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToCreated(space => $"/api/v1/namespaces/{space.Name}");

    private static async Task<IResult> DeleteSpace(
        string name,
        bool? force,
        DeleteNamespace verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(name, force is true, caller, cancel)).ToHttp();

    private static async Task<IResult> List(
        ListImages verb,
        CancellationToken cancel,
        string? @namespace = null,
        string? q = null,
        string? connection = null,
        int page = 1,
        int size = 25
    ) => TypedResults.Ok(await verb.Run(new ImageFilter(@namespace, q, connection, page, size), cancel));

    private static async Task<IResult> Create(
        ImageInput input,
        CreateImage verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToCreated(image => $"/api/v1/images/{image.FullName}");

    private static async Task<IResult> Show(string space, string name, ShowImage verb, CancellationToken cancel) =>
        (await verb.Run(space, name, cancel)).ToHttp();

    private static async Task<IResult> Change(
        string space,
        string name,
        ImageChange change,
        ChangeImage verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(space, name, change, caller, cancel)).ToHttp();

    private static async Task<IResult> Delete(
        string space,
        string name,
        bool? force,
        DeleteImage verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(space, name, force is true, caller, cancel)).ToHttp();

    private static async Task<IResult> Tags(
        string space,
        string name,
        ListTags verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => (await verb.Run(space, name, q, page, size, cancel)).ToHttp();

    private static async Task<IResult> Rules(
        string space,
        string name,
        ListRules verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => (await verb.Run(space, name, q, page, size, cancel)).ToHttp();

    private static async Task<IResult> Rule(
        string space,
        string name,
        long rule,
        ShowRule verb,
        CancellationToken cancel
    ) => (await verb.Run(space, name, rule, cancel)).ToHttp();

    private static async Task<IResult> AddRule(
        string space,
        string name,
        RuleInput input,
        CreateRule verb,
        Caller caller,
        CancellationToken cancel
    ) =>
        (await verb.Run(space, name, input, caller, cancel)).ToCreated(rule =>
            $"/api/v1/images/{space}/{name}/rules/{rule.Id}"
        );

    private static async Task<IResult> PutRule(
        string space,
        string name,
        long rule,
        RuleInput input,
        ReplaceRule verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(space, name, rule, input, caller, cancel)).ToHttp();

    private static async Task<IResult> DropRule(
        string space,
        string name,
        long rule,
        DeleteRule verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(space, name, rule, caller, cancel)).ToHttp();
}
