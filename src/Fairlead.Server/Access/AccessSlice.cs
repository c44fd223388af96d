namespace Fairlead.Server.Access;

internal static class AccessSlice
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton(new Passwords()).AddSingleton<FirstStart>().AddSingleton<SignInThrottle>();
        services.AddScoped<ApiTokens>().AddScoped<Sessions>().AddScoped<OneTimeLinks>();
        services.AddScoped<SetUp>().AddScoped<SignIn>().AddScoped<OpenSession>().AddScoped<SignInForToken>();
        services.AddScoped<ListPeople>().AddScoped<CreatePerson>().AddScoped<ChangePerson>().AddScoped<ResetPerson>();
        services.AddScoped<ChangePassword>().AddScoped<EditGroups>().AddScoped<EditTokens>().AddScoped<EditSessions>();
        services.AddScoped<WhoIs>();
        // Pages get the caller as a cascading value, endpoints as a parameter.
        services.AddHttpContextAccessor();
        services.AddCascadingValue(scope =>
            scope.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Caller>()
        );
        return services;
    }

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        AccessEndpoints.MapSignIn(routes);
        PeopleEndpoints.MapPeople(routes);
    }
}
