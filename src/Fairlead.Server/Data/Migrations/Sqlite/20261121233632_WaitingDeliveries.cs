using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WaitingDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deliveries_State",
                table: "deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_State_SourceId",
                table: "deliveries",
                columns: new[] { "State", "SourceId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_deliveries_State_SourceId",
                table: "deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_deliveries_State",
                table: "deliveries",
                column: "State");
        }
    }
}
