ALTER TABLE "channels" ADD COLUMN "hook_base" text;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "follow_at" timestamp with time zone;