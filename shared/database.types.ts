
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "audit_log": {
                  Row: {
                    "actor_id": string | null,"after": NonNullable<Json>,"at": string,"before": NonNullable<Json>,"business_id": string,"id": number,"op": string,"row_id": string,"table_name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "actor_id"?: string | null,"after": NonNullable<Json>,"at"?: string,"before": NonNullable<Json>,"business_id": string,"id"?: never,"op": string,"row_id": string,"table_name": string
                  }
                  Update: {
                    "actor_id"?: string | null,"after"?: NonNullable<Json>,"at"?: string,"before"?: NonNullable<Json>,"business_id"?: string,"id"?: never,"op"?: string,"row_id"?: string,"table_name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_log_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"booking_events": {
                  Row: {
                    "actor_id": string | null,"after": NonNullable<Json>,"at": string,"before": NonNullable<Json>,"booking_id": string,"business_id": string,"event": string,"id": number
                  }
                  ComputedFields: never
                  Insert: {
                    "actor_id"?: string | null,"after": NonNullable<Json>,"at"?: string,"before"?: NonNullable<Json>,"booking_id": string,"business_id": string,"event": string,"id"?: never
                  }
                  Update: {
                    "actor_id"?: string | null,"after"?: NonNullable<Json>,"at"?: string,"before"?: NonNullable<Json>,"booking_id"?: string,"business_id"?: string,"event"?: string,"id"?: never
                  }
                  Relationships: [
                    {
      foreignKeyName: "booking_events_booking_is_ours"
      columns: ["business_id","booking_id"]
isOneToOne: false
      referencedRelation: "bookings"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "booking_events_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"bookings": {
                  Row: {
                    "business_id": string,"conversation_id": string | null,"created_at": string,"currency": string,"customer_id": string,"customer_name": string | null,"decided_at": string | null,"decided_by": string | null,"decision_note": string | null,"duration_min": number,"ends_at": string,"id": string,"instructor_id": string,"local_date": string,"local_time": string,"notes": string | null,"participants": number,"price_minor": number,"proposal_id": string | null,"proposal_line": number | null,"reference": string,"service_id": string,"session_id": string | null,"starts_at": string,"status": string,"time_zone": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"conversation_id"?: string | null,"created_at"?: string,"currency": string,"customer_id": string,"customer_name"?: string | null,"decided_at"?: string | null,"decided_by"?: string | null,"decision_note"?: string | null,"duration_min"?: never,"ends_at": string,"id"?: string,"instructor_id": string,"local_date"?: never,"local_time"?: never,"notes"?: string | null,"participants"?: number,"price_minor": number,"proposal_id"?: string | null,"proposal_line"?: number | null,"reference"?: string,"service_id": string,"session_id"?: string | null,"starts_at": string,"status"?: string,"time_zone": string,"updated_at"?: string
                  }
                  Update: {
                    "business_id"?: string,"conversation_id"?: string | null,"created_at"?: string,"currency"?: string,"customer_id"?: string,"customer_name"?: string | null,"decided_at"?: string | null,"decided_by"?: string | null,"decision_note"?: string | null,"duration_min"?: never,"ends_at"?: string,"id"?: string,"instructor_id"?: string,"local_date"?: never,"local_time"?: never,"notes"?: string | null,"participants"?: number,"price_minor"?: number,"proposal_id"?: string | null,"proposal_line"?: number | null,"reference"?: string,"service_id"?: string,"session_id"?: string | null,"starts_at"?: string,"status"?: string,"time_zone"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "bookings_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "bookings_conversation_is_ours"
      columns: ["business_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "bookings_customer_is_ours"
      columns: ["business_id","customer_id"]
isOneToOne: false
      referencedRelation: "customers"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "bookings_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "bookings_line_is_ours"
      columns: ["business_id","proposal_id","proposal_line"]
isOneToOne: true
      referencedRelation: "proposal_lines"
      referencedColumns: ["business_id","proposal_id","line"]
    },{
      foreignKeyName: "bookings_service_is_ours"
      columns: ["business_id","service_id"]
isOneToOne: false
      referencedRelation: "services"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "bookings_session_is_ours"
      columns: ["business_id","session_id"]
isOneToOne: false
      referencedRelation: "sessions"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"businesses": {
                  Row: {
                    "ai_returns_after_min": number | null,"answer_stale": boolean,"country": string,"created_at": string,"currency": string,"customer_messages_per_hour": number,"dead_letter_threshold": number,"dead_letter_window_min": number,"id": string,"locale": string,"meeting_point": string | null,"messages_per_hour": number,"name": string,"offer_hold_min": number,"paused_at": string | null,"paused_reason": string | null,"proposal_hold_min": number,"quiet_ms": number,"settings": NonNullable<Json>,"slug": string,"stale_after_min": number,"time_zone": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "ai_returns_after_min"?: number | null,"answer_stale"?: boolean,"country": string,"created_at"?: string,"currency": string,"customer_messages_per_hour"?: number,"dead_letter_threshold"?: number,"dead_letter_window_min"?: number,"id"?: string,"locale"?: string,"meeting_point"?: string | null,"messages_per_hour"?: number,"name": string,"offer_hold_min"?: number,"paused_at"?: string | null,"paused_reason"?: string | null,"proposal_hold_min"?: number,"quiet_ms"?: number,"settings"?: NonNullable<Json>,"slug": string,"stale_after_min"?: number,"time_zone": string,"updated_at"?: string
                  }
                  Update: {
                    "ai_returns_after_min"?: number | null,"answer_stale"?: boolean,"country"?: string,"created_at"?: string,"currency"?: string,"customer_messages_per_hour"?: number,"dead_letter_threshold"?: number,"dead_letter_window_min"?: number,"id"?: string,"locale"?: string,"meeting_point"?: string | null,"messages_per_hour"?: number,"name"?: string,"offer_hold_min"?: number,"paused_at"?: string | null,"paused_reason"?: string | null,"proposal_hold_min"?: number,"quiet_ms"?: number,"settings"?: NonNullable<Json>,"slug"?: string,"stale_after_min"?: number,"time_zone"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    
                  ]
                },"channels": {
                  Row: {
                    "access_token_secret_id": string | null,"active": boolean,"business_id": string,"created_at": string,"display_address": string,"external_id": string,"id": string,"kind": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "access_token_secret_id"?: string | null,"active"?: boolean,"business_id": string,"created_at"?: string,"display_address"?: string,"external_id": string,"id"?: string,"kind": string,"updated_at"?: string
                  }
                  Update: {
                    "access_token_secret_id"?: string | null,"active"?: boolean,"business_id"?: string,"created_at"?: string,"display_address"?: string,"external_id"?: string,"id"?: string,"kind"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "channels_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"closures": {
                  Row: {
                    "business_id": string,"first_date": string,"id": string,"last_date": string,"reason": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"first_date": string,"id"?: string,"last_date": string,"reason"?: string
                  }
                  Update: {
                    "business_id"?: string,"first_date"?: string,"id"?: string,"last_date"?: string,"reason"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "closures_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"conversations": {
                  Row: {
                    "business_id": string,"channel_id": string,"counted_messages": number,"counted_since": string | null,"created_at": string,"customer_id": string,"draft": NonNullable<Json>,"handed_over_at": string | null,"handoff_reason": string | null,"handoff_summary": string | null,"id": string,"language": string | null,"last_message_at": string | null,"last_seq": number,"last_user_at": string | null,"mode": string,"mode_epoch": number,"revision": number,"stage": string,"stage_expires_at": string | null,"updated_at": string,"window_until": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"channel_id": string,"counted_messages"?: number,"counted_since"?: string | null,"created_at"?: string,"customer_id": string,"draft"?: NonNullable<Json>,"handed_over_at"?: string | null,"handoff_reason"?: string | null,"handoff_summary"?: string | null,"id"?: string,"language"?: string | null,"last_message_at"?: string | null,"last_seq"?: number,"last_user_at"?: string | null,"mode"?: string,"mode_epoch"?: number,"revision"?: number,"stage"?: string,"stage_expires_at"?: string | null,"updated_at"?: string,"window_until"?: string | null
                  }
                  Update: {
                    "business_id"?: string,"channel_id"?: string,"counted_messages"?: number,"counted_since"?: string | null,"created_at"?: string,"customer_id"?: string,"draft"?: NonNullable<Json>,"handed_over_at"?: string | null,"handoff_reason"?: string | null,"handoff_summary"?: string | null,"id"?: string,"language"?: string | null,"last_message_at"?: string | null,"last_seq"?: number,"last_user_at"?: string | null,"mode"?: string,"mode_epoch"?: number,"revision"?: number,"stage"?: string,"stage_expires_at"?: string | null,"updated_at"?: string,"window_until"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "conversations_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "conversations_channel_is_ours"
      columns: ["business_id","channel_id"]
isOneToOne: false
      referencedRelation: "channels"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "conversations_customer_is_ours"
      columns: ["business_id","customer_id"]
isOneToOne: false
      referencedRelation: "customers"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"customer_identities": {
                  Row: {
                    "business_id": string,"channel_kind": string,"created_at": string,"customer_id": string,"id": string,"identity_kind": string,"value": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"channel_kind": string,"created_at"?: string,"customer_id": string,"id"?: string,"identity_kind": string,"value": string
                  }
                  Update: {
                    "business_id"?: string,"channel_kind"?: string,"created_at"?: string,"customer_id"?: string,"id"?: string,"identity_kind"?: string,"value"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "customer_identities_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "customer_identities_customer_is_ours"
      columns: ["business_id","customer_id"]
isOneToOne: false
      referencedRelation: "customers"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"customers": {
                  Row: {
                    "blocked_at": string | null,"blocked_by": string | null,"blocked_reason": string | null,"business_id": string,"created_at": string,"id": string,"language": string | null,"name": string | null,"phone": string | null,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "blocked_at"?: string | null,"blocked_by"?: string | null,"blocked_reason"?: string | null,"business_id": string,"created_at"?: string,"id"?: string,"language"?: string | null,"name"?: string | null,"phone"?: string | null,"updated_at"?: string
                  }
                  Update: {
                    "blocked_at"?: string | null,"blocked_by"?: string | null,"blocked_reason"?: string | null,"business_id"?: string,"created_at"?: string,"id"?: string,"language"?: string | null,"name"?: string | null,"phone"?: string | null,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "customers_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"date_overrides": {
                  Row: {
                    "business_id": string,"ends": string | null,"id": string,"instructor_id": string,"on_date": string,"starts": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"ends"?: string | null,"id"?: string,"instructor_id": string,"on_date": string,"starts"?: string | null
                  }
                  Update: {
                    "business_id"?: string,"ends"?: string | null,"id"?: string,"instructor_id"?: string,"on_date"?: string,"starts"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "date_overrides_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "date_overrides_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"instructor_services": {
                  Row: {
                    "business_id": string,"instructor_id": string,"service_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"instructor_id": string,"service_id": string
                  }
                  Update: {
                    "business_id"?: string,"instructor_id"?: string,"service_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "instructor_services_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "instructor_services_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "instructor_services_service_is_ours"
      columns: ["business_id","service_id"]
isOneToOne: false
      referencedRelation: "services"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"instructors": {
                  Row: {
                    "active": boolean,"business_id": string,"created_at": string,"id": string,"name": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"business_id": string,"created_at"?: string,"id"?: string,"name": string,"updated_at"?: string
                  }
                  Update: {
                    "active"?: boolean,"business_id"?: string,"created_at"?: string,"id"?: string,"name"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "instructors_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"knowledge": {
                  Row: {
                    "active": boolean,"answer": string,"business_id": string,"created_at": string,"id": string,"language": string | null,"position": number,"question": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"answer": string,"business_id": string,"created_at"?: string,"id"?: string,"language"?: string | null,"position"?: number,"question": string,"updated_at"?: string
                  }
                  Update: {
                    "active"?: boolean,"answer"?: string,"business_id"?: string,"created_at"?: string,"id"?: string,"language"?: string | null,"position"?: number,"question"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "knowledge_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"memberships": {
                  Row: {
                    "business_id": string,"created_at": string,"instructor_id": string | null,"role": string,"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"created_at"?: string,"instructor_id"?: string | null,"role": string,"user_id": string
                  }
                  Update: {
                    "business_id"?: string,"created_at"?: string,"instructor_id"?: string | null,"role"?: string,"user_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "memberships_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "memberships_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"messages": {
                  Row: {
                    "answered_by": string | null,"brain": string | null,"business_id": string,"channel_id": string,"content": NonNullable<Json>,"conversation_id": string,"created_at": string,"deleted_at": string | null,"edited_at": string | null,"error_code": string | null,"error_detail": string | null,"id": string,"job_id": number | null,"mode_epoch": number | null,"model": string | null,"outcome": string | null,"prompt_version": string | null,"provider_at": string | null,"provider_id": string | null,"reply_to": string | null,"role": string,"send_started_at": string | null,"seq": number,"status": string,"status_at": string | null,"template_name": string | null,"usage": Json | null,"went_out_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "answered_by"?: string | null,"brain"?: string | null,"business_id": string,"channel_id": string,"content": NonNullable<Json>,"conversation_id": string,"created_at"?: string,"deleted_at"?: string | null,"edited_at"?: string | null,"error_code"?: string | null,"error_detail"?: string | null,"id"?: string,"job_id"?: number | null,"mode_epoch"?: number | null,"model"?: string | null,"outcome"?: string | null,"prompt_version"?: string | null,"provider_at"?: string | null,"provider_id"?: string | null,"reply_to"?: string | null,"role": string,"send_started_at"?: string | null,"seq": number,"status"?: string,"status_at"?: string | null,"template_name"?: string | null,"usage"?: Json | null,"went_out_at"?: string | null
                  }
                  Update: {
                    "answered_by"?: string | null,"brain"?: string | null,"business_id"?: string,"channel_id"?: string,"content"?: NonNullable<Json>,"conversation_id"?: string,"created_at"?: string,"deleted_at"?: string | null,"edited_at"?: string | null,"error_code"?: string | null,"error_detail"?: string | null,"id"?: string,"job_id"?: number | null,"mode_epoch"?: number | null,"model"?: string | null,"outcome"?: string | null,"prompt_version"?: string | null,"provider_at"?: string | null,"provider_id"?: string | null,"reply_to"?: string | null,"role"?: string,"send_started_at"?: string | null,"seq"?: number,"status"?: string,"status_at"?: string | null,"template_name"?: string | null,"usage"?: Json | null,"went_out_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "messages_answer_is_ours"
      columns: ["business_id","answered_by"]
isOneToOne: false
      referencedRelation: "messages"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "messages_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "messages_channel_is_ours"
      columns: ["business_id","channel_id"]
isOneToOne: false
      referencedRelation: "channels"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "messages_conversation_is_ours"
      columns: ["business_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"notifications": {
                  Row: {
                    "booking_id": string | null,"business_id": string,"conversation_id": string | null,"created_at": string,"id": string,"kind": string,"payload": NonNullable<Json>,"read_at": string | null,"severity": string
                  }
                  ComputedFields: never
                  Insert: {
                    "booking_id"?: string | null,"business_id": string,"conversation_id"?: string | null,"created_at"?: string,"id"?: string,"kind": string,"payload"?: NonNullable<Json>,"read_at"?: string | null,"severity": string
                  }
                  Update: {
                    "booking_id"?: string | null,"business_id"?: string,"conversation_id"?: string | null,"created_at"?: string,"id"?: string,"kind"?: string,"payload"?: NonNullable<Json>,"read_at"?: string | null,"severity"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "notifications_booking_is_ours"
      columns: ["business_id","booking_id"]
isOneToOne: false
      referencedRelation: "bookings"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "notifications_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notifications_conversation_is_ours"
      columns: ["business_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"place_holds": {
                  Row: {
                    "business_id": string,"conversation_id": string,"created_at": string,"expires_at": string,"id": string,"places": number,"proposal_id": string | null,"session_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"conversation_id": string,"created_at"?: string,"expires_at": string,"id"?: string,"places": number,"proposal_id"?: string | null,"session_id": string
                  }
                  Update: {
                    "business_id"?: string,"conversation_id"?: string,"created_at"?: string,"expires_at"?: string,"id"?: string,"places"?: number,"proposal_id"?: string | null,"session_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "place_holds_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "place_holds_conversation_is_ours"
      columns: ["business_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "place_holds_proposal_is_ours"
      columns: ["business_id","proposal_id"]
isOneToOne: false
      referencedRelation: "proposals"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "place_holds_session_is_ours"
      columns: ["business_id","session_id"]
isOneToOne: false
      referencedRelation: "sessions"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"proposal_lines": {
                  Row: {
                    "booking_id": string | null,"business_id": string,"currency": string,"customer_name": string | null,"ends_at": string,"instructor_id": string,"kind": string,"line": number,"notes": string | null,"participants": number,"price_minor": number,"proposal_id": string,"service_id": string,"starts_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "booking_id"?: string | null,"business_id": string,"currency": string,"customer_name"?: string | null,"ends_at": string,"instructor_id": string,"kind": string,"line": number,"notes"?: string | null,"participants"?: number,"price_minor": number,"proposal_id": string,"service_id": string,"starts_at": string
                  }
                  Update: {
                    "booking_id"?: string | null,"business_id"?: string,"currency"?: string,"customer_name"?: string | null,"ends_at"?: string,"instructor_id"?: string,"kind"?: string,"line"?: number,"notes"?: string | null,"participants"?: number,"price_minor"?: number,"proposal_id"?: string,"service_id"?: string,"starts_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "proposal_lines_booking_is_ours"
      columns: ["business_id","booking_id"]
isOneToOne: false
      referencedRelation: "bookings"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "proposal_lines_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "proposal_lines_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "proposal_lines_proposal_is_ours"
      columns: ["business_id","proposal_id","kind"]
isOneToOne: false
      referencedRelation: "proposals"
      referencedColumns: ["business_id","id","kind"]
    },{
      foreignKeyName: "proposal_lines_service_is_ours"
      columns: ["business_id","service_id"]
isOneToOne: false
      referencedRelation: "services"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"proposals": {
                  Row: {
                    "business_id": string,"conversation_id": string,"created_at": string,"expires_at": string,"id": string,"kind": string,"message_id": string | null,"status": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"conversation_id": string,"created_at"?: string,"expires_at": string,"id": string,"kind": string,"message_id"?: string | null,"status"?: string
                  }
                  Update: {
                    "business_id"?: string,"conversation_id"?: string,"created_at"?: string,"expires_at"?: string,"id"?: string,"kind"?: string,"message_id"?: string | null,"status"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "proposals_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "proposals_conversation_is_ours"
      columns: ["business_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "proposals_message_is_ours"
      columns: ["business_id","message_id"]
isOneToOne: false
      referencedRelation: "messages"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"seasons": {
                  Row: {
                    "business_id": string,"first_date": string,"id": string,"last_date": string,"name": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"first_date": string,"id"?: string,"last_date": string,"name"?: string
                  }
                  Update: {
                    "business_id"?: string,"first_date"?: string,"id"?: string,"last_date"?: string,"name"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "seasons_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"services": {
                  Row: {
                    "active": boolean,"aliases": (string)[],"auto_confirm": boolean,"buffer_after_min": number,"buffer_before_min": number,"business_id": string,"capacity": number | null,"created_at": string,"currency": string,"description": string,"duration_min": number,"horizon_days": number,"id": string,"min_notice_min": number,"name": string,"position": number,"price_minor": number,"slot_step_min": number,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"aliases"?: (string)[],"auto_confirm"?: boolean,"buffer_after_min"?: number,"buffer_before_min"?: number,"business_id": string,"capacity"?: number | null,"created_at"?: string,"currency": string,"description"?: string,"duration_min": number,"horizon_days"?: number,"id"?: string,"min_notice_min"?: number,"name": string,"position"?: number,"price_minor": number,"slot_step_min"?: number,"updated_at"?: string
                  }
                  Update: {
                    "active"?: boolean,"aliases"?: (string)[],"auto_confirm"?: boolean,"buffer_after_min"?: number,"buffer_before_min"?: number,"business_id"?: string,"capacity"?: number | null,"created_at"?: string,"currency"?: string,"description"?: string,"duration_min"?: number,"horizon_days"?: number,"id"?: string,"min_notice_min"?: number,"name"?: string,"position"?: number,"price_minor"?: number,"slot_step_min"?: number,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "services_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    }
                  ]
                },"sessions": {
                  Row: {
                    "business_id": string,"capacity": number,"created_at": string,"ends_at": string,"id": string,"instructor_id": string,"places_booked": number,"service_id": string,"starts_at": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"capacity": number,"created_at"?: string,"ends_at": string,"id"?: string,"instructor_id": string,"places_booked"?: number,"service_id": string,"starts_at": string,"updated_at"?: string
                  }
                  Update: {
                    "business_id"?: string,"capacity"?: number,"created_at"?: string,"ends_at"?: string,"id"?: string,"instructor_id"?: string,"places_booked"?: number,"service_id"?: string,"starts_at"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "sessions_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "sessions_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "sessions_service_is_ours"
      columns: ["business_id","service_id"]
isOneToOne: false
      referencedRelation: "services"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"templates": {
                  Row: {
                    "business_id": string,"channel_id": string,"created_at": string,"id": string,"language": string,"name": string,"parameters": (string)[],"purpose": string,"status": string,"updated_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"channel_id": string,"created_at"?: string,"id"?: string,"language": string,"name": string,"parameters"?: (string)[],"purpose": string,"status"?: string,"updated_at"?: string
                  }
                  Update: {
                    "business_id"?: string,"channel_id"?: string,"created_at"?: string,"id"?: string,"language"?: string,"name"?: string,"parameters"?: (string)[],"purpose"?: string,"status"?: string,"updated_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "templates_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "templates_channel_is_ours"
      columns: ["business_id","channel_id"]
isOneToOne: false
      referencedRelation: "channels"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"time_claims": {
                  Row: {
                    "booking_id": string | null,"business_id": string,"conversation_id": string | null,"created_at": string,"during": unknown,"ends_at": string,"expires_at": string | null,"id": string,"instructor_id": string,"kind": string,"proposal_id": string | null,"service_id": string,"session_id": string | null,"starts_at": string
                  }
                  ComputedFields: never
                  Insert: {
                    "booking_id"?: string | null,"business_id": string,"conversation_id"?: string | null,"created_at"?: string,"during": unknown,"ends_at": string,"expires_at"?: string | null,"id"?: string,"instructor_id": string,"kind": string,"proposal_id"?: string | null,"service_id": string,"session_id"?: string | null,"starts_at": string
                  }
                  Update: {
                    "booking_id"?: string | null,"business_id"?: string,"conversation_id"?: string | null,"created_at"?: string,"during"?: unknown,"ends_at"?: string,"expires_at"?: string | null,"id"?: string,"instructor_id"?: string,"kind"?: string,"proposal_id"?: string | null,"service_id"?: string,"session_id"?: string | null,"starts_at"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "time_claims_booking_is_ours"
      columns: ["business_id","booking_id"]
isOneToOne: true
      referencedRelation: "bookings"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "time_claims_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "time_claims_conversation_is_ours"
      columns: ["business_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "time_claims_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "time_claims_proposal_is_ours"
      columns: ["business_id","proposal_id"]
isOneToOne: false
      referencedRelation: "proposals"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "time_claims_service_is_ours"
      columns: ["business_id","service_id"]
isOneToOne: false
      referencedRelation: "services"
      referencedColumns: ["business_id","id"]
    },{
      foreignKeyName: "time_claims_session_is_ours"
      columns: ["business_id","session_id"]
isOneToOne: true
      referencedRelation: "sessions"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"time_off": {
                  Row: {
                    "business_id": string,"during": unknown,"id": string,"instructor_id": string,"reason": string
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"during": unknown,"id"?: string,"instructor_id": string,"reason"?: string
                  }
                  Update: {
                    "business_id"?: string,"during"?: unknown,"id"?: string,"instructor_id"?: string,"reason"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "time_off_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "time_off_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    }
                  ]
                },"weekly_hours": {
                  Row: {
                    "business_id": string,"ends": string,"id": string,"instructor_id": string,"starts": string,"weekday": number
                  }
                  ComputedFields: never
                  Insert: {
                    "business_id": string,"ends": string,"id"?: string,"instructor_id": string,"starts": string,"weekday": number
                  }
                  Update: {
                    "business_id"?: string,"ends"?: string,"id"?: string,"instructor_id"?: string,"starts"?: string,"weekday"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "weekly_hours_business_id_fkey"
      columns: ["business_id"]
isOneToOne: false
      referencedRelation: "businesses"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "weekly_hours_instructor_is_ours"
      columns: ["business_id","instructor_id"]
isOneToOne: false
      referencedRelation: "instructors"
      referencedColumns: ["business_id","id"]
    }
                  ]
                }
          }
          Views: {
            [_ in never]: never
          }
          Functions: {
            "block_customer":
{ Args: { "p_customer_id": string }; Returns: undefined
                           },
"book":
{ Args: { "p_business_id": string,"p_by_hand"?: boolean,"p_conversation_id"?: string,"p_customer_id": string,"p_lines": Json }; Returns: {
              "business_id": string,
"conversation_id": string | null,
"created_at": string,
"currency": string,
"customer_id": string,
"customer_name": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string | null,
"duration_min": number,
"ends_at": string,
"id": string,
"instructor_id": string,
"local_date": string,
"local_time": string,
"notes": string | null,
"participants": number,
"price_minor": number,
"proposal_id": string | null,
"proposal_line": number | null,
"reference": string,
"service_id": string,
"session_id": string | null,
"starts_at": string,
"status": string,
"time_zone": string,
"updated_at": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "bookings"
        isOneToOne: false
        isSetofReturn: true
      } },
"cancel_bookings":
{ Args: { "p_booking_ids": (string)[],"p_business_id": string,"p_note"?: string }; Returns: {
              "business_id": string,
"conversation_id": string | null,
"created_at": string,
"currency": string,
"customer_id": string,
"customer_name": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string | null,
"duration_min": number,
"ends_at": string,
"id": string,
"instructor_id": string,
"local_date": string,
"local_time": string,
"notes": string | null,
"participants": number,
"price_minor": number,
"proposal_id": string | null,
"proposal_line": number | null,
"reference": string,
"service_id": string,
"session_id": string | null,
"starts_at": string,
"status": string,
"time_zone": string,
"updated_at": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "bookings"
        isOneToOne: false
        isSetofReturn: true
      } },
"claim_deliveries":
{ Args: { "p_lease_ms": number,"p_limit": number,"p_worker": string }; Returns: {
              "access_token": string,"account": string,"attempt": number,"business_id": string,"channel_kind": string,"content": Json,"conversation_id": string,"job_id": number,"lease": string,"message_id": string,"recipient": Json,"waits": number
            }[]
                           },
"claim_turns":
{ Args: { "p_lease_ms": number,"p_limit": number,"p_worker": string }; Returns: {
              "access_token": string,"account": string,"attempt": number,"business_id": string,"channel_kind": string,"conversation_id": string,"job_id": number,"kind": string,"last_inbound_provider_id": string,"lease": string
            }[]
                           },
"decide_booking":
{ Args: { "p_booking_id": string,"p_decision": string,"p_note"?: string,"p_seen_status"?: string }; Returns: {
              "business_id": string,
"conversation_id": string | null,
"created_at": string,
"currency": string,
"customer_id": string,
"customer_name": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string | null,
"duration_min": number,
"ends_at": string,
"id": string,
"instructor_id": string,
"local_date": string,
"local_time": string,
"notes": string | null,
"participants": number,
"price_minor": number,
"proposal_id": string | null,
"proposal_line": number | null,
"reference": string,
"service_id": string,
"session_id": string | null,
"starts_at": string,
"status": string,
"time_zone": string,
"updated_at": string
            }
                          SetofOptions: {
        from: "*"
        to: "bookings"
        isOneToOne: true
        isSetofReturn: false
      } },
"defer_delivery":
{ Args: { "p_code": string,"p_detail": string,"p_job_id": number,"p_lease": string,"p_retry_after_ms": number }; Returns: Json
                           },
"fail_job":
{ Args: { "p_error": string,"p_job_id": number,"p_lease": string,"p_retry_after_ms"?: number }; Returns: Json
                           },
"find_free_slots":
{ Args: { "p_booking_id"?: string,"p_business_id": string,"p_conversation_id"?: string,"p_customer_id"?: string,"p_from": string,"p_instructor_id"?: string,"p_limit"?: number,"p_now"?: string,"p_part_of_day"?: string,"p_participants"?: number,"p_service_id": string,"p_to": string }; Returns: {
              "currency": string,"ends_at": string,"instructor_id": string,"instructor_name": string,"local_date": string,"local_time": string,"places_left": number,"price_minor": number,"starts_at": string
            }[]
                           },
"finish_delivery":
{ Args: { "p_job_id": number,"p_lease": string,"p_provider_id": string }; Returns: Json
                           },
"finish_notice":
{ Args: { "p_job_id": number,"p_lease": string,"p_reply": Json,"p_usage": Json }; Returns: Json
                           },
"finish_turn":
{ Args: { "p_actions": Json,"p_final"?: boolean,"p_job_id": number,"p_lease": string,"p_reply": Json,"p_revision"?: number,"p_state": Json,"p_up_to_seq": number,"p_usage": Json }; Returns: Json
                           },
"get_turn_context":
{ Args: { "p_job_id": number,"p_lease": string }; Returns: Json
                           },
"health_report":
{ Args: Record<PropertyKey, never>; Returns: Json
                           },
"list_dead_letters":
{ Args: { "p_business_id": string }; Returns: {
              "attempts": number,"conversation_id": string,"created_at": string,"died_at": string,"job_id": number,"kind": string,"last_error": string,"message_id": string
            }[]
                           },
"move_bookings":
{ Args: { "p_business_id": string,"p_by_hand"?: boolean,"p_moves": Json }; Returns: {
              "business_id": string,
"conversation_id": string | null,
"created_at": string,
"currency": string,
"customer_id": string,
"customer_name": string | null,
"decided_at": string | null,
"decided_by": string | null,
"decision_note": string | null,
"duration_min": number,
"ends_at": string,
"id": string,
"instructor_id": string,
"local_date": string,
"local_time": string,
"notes": string | null,
"participants": number,
"price_minor": number,
"proposal_id": string | null,
"proposal_line": number | null,
"reference": string,
"service_id": string,
"session_id": string | null,
"starts_at": string,
"status": string,
"time_zone": string,
"updated_at": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "bookings"
        isOneToOne: false
        isSetofReturn: true
      } },
"receive_messages":
{ Args: { "p_channel_kind": string,"p_events": Json }; Returns: Json
                           },
"refuse_delivery":
{ Args: { "p_alert"?: boolean,"p_code": string,"p_detail": string,"p_job_id": number,"p_lease": string }; Returns: Json
                           },
"renew_lease":
{ Args: { "p_job_id": number,"p_lease": string,"p_lease_ms": number }; Returns: boolean
                           },
"rerun_dead_letter":
{ Args: { "p_job_id": number }; Returns: boolean
                           },
"rerun_dead_letters":
{ Args: { "p_business_id": string,"p_kind"?: string }; Returns: number
                           },
"rest_worker":
{ Args: { "p_worker": string }; Returns: boolean
                           },
"unblock_customer":
{ Args: { "p_customer_id": string }; Returns: undefined
                           },
"unpause_business":
{ Args: { "p_business_id": string }; Returns: undefined
                           }
          }
          Enums: {
            [_ in never]: never
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            
          }
        }
} as const
