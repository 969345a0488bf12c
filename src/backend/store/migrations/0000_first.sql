CREATE TABLE "installations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"platform" text NOT NULL,
	"client_id" text NOT NULL,
	"account_id" bigint NOT NULL,
	"subdomain" text NOT NULL,
	"origin" text NOT NULL,
	"api_domain" text,
	"state" text NOT NULL,
	"country" text,
	"currency" text,
	"token_kind" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"access_token_expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "installations_client_account" UNIQUE("client_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"installation_id" uuid NOT NULL,
	"lane_id" bigint NOT NULL,
	"dedupe_key" text NOT NULL,
	"type" integer NOT NULL,
	"element_type" integer NOT NULL,
	"element_id" bigint NOT NULL,
	"pipeline_id" bigint,
	"status_id" bigint,
	"settings" jsonb NOT NULL,
	"happened_at" timestamp with time zone,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"finished_at" timestamp with time zone,
	CONSTRAINT "events_dedupe" UNIQUE("installation_id","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "delivery_lanes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_lanes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"installation_id" uuid NOT NULL,
	"element_type" integer NOT NULL,
	"element_id" bigint NOT NULL,
	"due_at" timestamp with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"leased_by" uuid,
	"leased_until" timestamp with time zone,
	CONSTRAINT "delivery_lanes_element" UNIQUE("installation_id","element_type","element_id")
);
--> statement-breakpoint
CREATE TABLE "event_notes" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"installation_id" uuid NOT NULL,
	"element_type" integer NOT NULL,
	"element_id" bigint NOT NULL,
	"note_id" bigint,
	"text" text,
	"tried_at" timestamp with time zone,
	"due_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"installation_id" uuid NOT NULL,
	"event_id" bigint NOT NULL,
	"place" integer DEFAULT 0 NOT NULL,
	"element_type" integer NOT NULL,
	"element_id" bigint NOT NULL,
	"contact_id" bigint,
	"contact_name" text,
	"phone" text,
	"text" text,
	"text_hash" text,
	"state" text NOT NULL,
	"reason" text,
	"service" text,
	"service_message_id" text,
	"service_code" text,
	"service_detail" text,
	"tried_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_slots" (
	"installation_id" uuid PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_lane_id_delivery_lanes_id_fk" FOREIGN KEY ("lane_id") REFERENCES "public"."delivery_lanes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_lanes" ADD CONSTRAINT "delivery_lanes_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_notes" ADD CONSTRAINT "event_notes_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_slots" ADD CONSTRAINT "api_slots_installation_id_installations_id_fk" FOREIGN KEY ("installation_id") REFERENCES "public"."installations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_waiting" ON "events" USING btree ("lane_id","id") WHERE "events"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "events_dead" ON "events" USING btree ("id") WHERE "events"."state" = 'dead';--> statement-breakpoint
CREATE INDEX "events_received" ON "events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "delivery_lanes_due" ON "delivery_lanes" USING btree ("due_at") WHERE "delivery_lanes"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "event_notes_due" ON "event_notes" USING btree ("due_at") WHERE "event_notes"."due_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_recipient" ON "messages" USING btree ("event_id",coalesce("contact_id", 0));--> statement-breakpoint
CREATE INDEX "messages_repeated" ON "messages" USING btree ("installation_id","text_hash","created_at");--> statement-breakpoint
CREATE INDEX "messages_element" ON "messages" USING btree ("installation_id","element_type","element_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_time" ON "messages" USING btree ("installation_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_service_id" ON "messages" USING btree ("service","service_message_id");