using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Server.Web;

namespace Fairlead.Server.Access;

internal static class PeopleEndpoints
{
    public static void MapPeople(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("people");
        api.MapGet("/people", ListPeople).Needs(Verbs.PersonRead);
        api.MapPost("/people", Create).Needs(Verbs.PersonWrite).Produces<PersonMade>(201);
        api.MapPatch("/people/{name}", Change).Needs(Verbs.PersonWrite).Produces<Person>();
        api.MapPost("/people/{name}/reset", Reset).Needs(Verbs.PersonWrite).Produces<LinkMade>();
        api.MapGet("/people/{name}/sessions", Sessions).Needs(Verbs.SessionRead).Produces<Page<Session>>();
        api.MapDelete("/people/{name}/sessions", EndSessions).Needs(Verbs.SessionEnd).Produces(204);
        api.MapDelete("/people/{name}/sessions/{id:long}", EndSession).Needs(Verbs.SessionEnd).Produces(204);
        api.MapPut("/password", Password).Needs(Verbs.PasswordOwn).Produces(204);
        api.MapGet("/groups", ListGroups).Needs(Verbs.PersonRead);
        api.MapPost("/groups", CreateGroup).Needs(Verbs.GroupWrite).Produces<Group>(201);
        api.MapDelete("/groups/{name}", DeleteGroup).Needs(Verbs.GroupWrite).Produces(204);
        api.MapPut("/groups/{name}/members/{person}", Join).Needs(Verbs.GroupWrite).Produces(204);
        api.MapDelete("/groups/{name}/members/{person}", Leave).Needs(Verbs.GroupWrite).Produces(204);
    }

    private static Task<Page<Person>> ListPeople(
        ListPeople verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.Run(q, page, size, cancel);

    private static async Task<IResult> Create(
        NewPerson input,
        CreatePerson verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToCreated(made => $"/api/v1/people/{made.Person.Name}");

    private static async Task<IResult> Change(
        string name,
        PersonChange input,
        ChangePerson verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(name, input, caller, cancel)).ToHttp();

    private static async Task<IResult> Reset(string name, ResetPerson verb, Caller caller, CancellationToken cancel) =>
        (await verb.Run(name, caller, cancel)).ToHttp();

    private static async Task<IResult> Sessions(
        string name,
        EditSessions verb,
        Caller caller,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => (await verb.ListOf(name, caller, q, page, size, cancel)).ToHttp();

    private static async Task<IResult> EndSessions(
        string name,
        EditSessions verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.EndOf(name, null, caller, cancel)).ToHttp();

    private static async Task<IResult> EndSession(
        string name,
        long id,
        EditSessions verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.EndOf(name, id, caller, cancel)).ToHttp();

    private static async Task<IResult> Password(
        PasswordChange input,
        ChangePassword verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Run(input, caller, cancel)).ToHttp();

    private static Task<Page<Group>> ListGroups(
        EditGroups verb,
        CancellationToken cancel,
        string? q = null,
        int page = 1,
        int size = 25
    ) => verb.List(q, page, size, cancel);

    private static async Task<IResult> CreateGroup(
        NewGroup input,
        EditGroups verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Create(input, caller, cancel)).ToCreated(group => $"/api/v1/groups/{group.Name}");

    private static async Task<IResult> DeleteGroup(
        string name,
        EditGroups verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.Delete(name, caller, cancel)).ToHttp();

    private static async Task<IResult> Join(
        string name,
        string person,
        EditGroups verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.SetMember(name, person, true, caller, cancel)).ToHttp();

    private static async Task<IResult> Leave(
        string name,
        string person,
        EditGroups verb,
        Caller caller,
        CancellationToken cancel
    ) => (await verb.SetMember(name, person, false, caller, cancel)).ToHttp();
}
