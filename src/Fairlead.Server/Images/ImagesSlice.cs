namespace Fairlead.Server.Images;

/// <summary>Namespaces, image repositories, their rules and their tags.</summary>
internal static class ImagesSlice
{
    public static IServiceCollection AddImages(this IServiceCollection services) =>
        services
            .AddSingleton<ImageAddress>()
            .AddSingleton<ImageReading>()
            .AddScoped<BindImage>()
            .AddScoped<ListNamespaces>()
            .AddScoped<CreateNamespace>()
            .AddScoped<DeleteNamespace>()
            .AddScoped<ListImages>()
            .AddScoped<ShowImage>()
            .AddScoped<CreateImage>()
            .AddScoped<ChangeImage>()
            .AddScoped<DeleteImage>()
            .AddScoped<ListRules>()
            .AddScoped<RequestRules>()
            .AddScoped<ShowRule>()
            .AddScoped<CreateRule>()
            .AddScoped<ReplaceRule>()
            .AddScoped<DeleteRule>()
            .AddScoped<ListTags>();

    public static void MapImages(this IEndpointRouteBuilder app) => ImagesEndpoints.Map(app);
}
