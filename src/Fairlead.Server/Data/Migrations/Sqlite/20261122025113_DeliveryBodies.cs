using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fairlead.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DeliveryBodies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "delivery_bodies",
                columns: table => new
                {
                    DeliveryId = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_bodies", x => x.DeliveryId);
                    table.ForeignKey(
                        name: "FK_delivery_bodies_deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(
                "INSERT INTO delivery_bodies (\"DeliveryId\", \"Bytes\") "
                    + "SELECT \"Id\", \"Body\" FROM deliveries WHERE length(\"Body\") > 0");

            migrationBuilder.DropColumn(
                name: "Body",
                table: "deliveries");

            migrationBuilder.CreateIndex(
                name: "IX_events_SourceId_Ref",
                table: "events",
                columns: new[] { "SourceId", "Ref" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delivery_bodies");

            migrationBuilder.DropIndex(
                name: "IX_events_SourceId_Ref",
                table: "events");

            migrationBuilder.AddColumn<byte[]>(
                name: "Body",
                table: "deliveries",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);
        }
    }
}
