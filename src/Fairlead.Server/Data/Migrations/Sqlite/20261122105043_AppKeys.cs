using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AppKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "host_apps",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            // With its reference at once: added afterwards, it would copy the table, in several transactions.
            migrationBuilder.Sql(
                """
                ALTER TABLE "credentials" ADD "AppId" INTEGER NULL
                CONSTRAINT "FK_credentials_host_apps_AppId" REFERENCES "host_apps" ("Id") ON DELETE RESTRICT
                """);

            migrationBuilder.CreateIndex(
                name: "IX_credentials_AppId",
                table: "credentials",
                column: "AppId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_credentials_host_apps_AppId",
                table: "credentials");

            migrationBuilder.DropIndex(
                name: "IX_credentials_AppId",
                table: "credentials");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "host_apps");

            migrationBuilder.DropColumn(
                name: "AppId",
                table: "credentials");
        }
    }
}
