using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HostApps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<long>(
                name: "ApplicationId",
                table: "oauth_requests",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<long>(
                name: "AppId",
                table: "oauth_requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "oauth_requests",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Purpose",
                table: "oauth_requests",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Settings",
                table: "oauth_requests",
                type: "TEXT",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.CreateTable(
                name: "host_apps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Site = table.Column<string>(type: "TEXT", nullable: false),
                    Settings = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    Page = table.Column<string>(type: "TEXT", nullable: false),
                    Shown = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_host_apps", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_oauth_requests_AppId",
                table: "oauth_requests",
                column: "AppId");

            migrationBuilder.AddForeignKey(
                name: "FK_oauth_requests_host_apps_AppId",
                table: "oauth_requests",
                column: "AppId",
                principalTable: "host_apps",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_oauth_requests_host_apps_AppId",
                table: "oauth_requests");

            migrationBuilder.DropTable(
                name: "host_apps");

            migrationBuilder.DropIndex(
                name: "IX_oauth_requests_AppId",
                table: "oauth_requests");

            migrationBuilder.DropColumn(
                name: "AppId",
                table: "oauth_requests");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "oauth_requests");

            migrationBuilder.DropColumn(
                name: "Purpose",
                table: "oauth_requests");

            migrationBuilder.DropColumn(
                name: "Settings",
                table: "oauth_requests");

            migrationBuilder.AlterColumn<long>(
                name: "ApplicationId",
                table: "oauth_requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);
        }
    }
}
