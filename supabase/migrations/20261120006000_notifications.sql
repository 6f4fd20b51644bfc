-- What the owner should know without looking for it. A row stands until a member has read it; the same news
-- again, while it is unread, renews the row instead of adding another.

create table public.notifications (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    kind text not null,
    severity text not null,
    conversation_id uuid,
    booking_id uuid,
    payload jsonb not null default '{}',
    created_at timestamptz not null default now(),
    read_at timestamptz,
    constraint notifications_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint notifications_booking_is_ours
        foreign key (business_id, booking_id)
        references public.bookings (business_id, id) on delete cascade,
    constraint notifications_kind_reads_as_a_name check (kind ~ '^[a-z]+(_[a-z]+)*$'),
    constraint notifications_severity_is_known check (severity in ('info', 'warning', 'critical')),
    constraint notifications_payload_is_an_object check (jsonb_typeof(payload) = 'object')
);

create unique index notifications_unread_is_told_once_idx
    on public.notifications (business_id, kind, conversation_id, booking_id)
    nulls not distinct
    where read_at is null;
create index notifications_latest_idx on public.notifications (business_id, created_at desc);
create index notifications_conversation_idx on public.notifications (business_id, conversation_id);
create index notifications_booking_idx on public.notifications (business_id, booking_id);

alter table public.notifications enable row level security;

create policy members_see_notifications on public.notifications
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy members_read_notifications on public.notifications
    for update to authenticated
    using (business_id = any (array(select private.my_businesses())))
    with check (business_id = any (array(select private.my_businesses())));

revoke all on public.notifications from anon, authenticated, service_role;
grant select on public.notifications to authenticated, service_role;
-- A person can have read it, and nothing else.
grant update (read_at) on public.notifications to authenticated;

comment on table public.notifications is 'What the owner should know: one row for each piece of unread news.';
comment on column public.notifications.id is 'Key.';
comment on column public.notifications.business_id is 'Tenant key.';
comment on column public.notifications.kind is
    'hand_off, customer_blocked, business_paused, stale_message, dead_letters, template_missing, template_failed, window_closed, notice_failed or channel_needs_attention.';
comment on column public.notifications.severity is 'info, warning or critical.';
comment on column public.notifications.conversation_id is 'The conversation it is about, if it is about one.';
comment on column public.notifications.booking_id is 'The booking it is about, if it is about one.';
comment on column public.notifications.payload is 'The particulars, by kind; never what a customer wrote.';
comment on column public.notifications.created_at is 'When it happened, or last happened while unread.';
comment on column public.notifications.read_at is 'When a member read it.';

create function private.notify(
    p_business_id uuid,
    p_kind text,
    p_severity text,
    p_conversation_id uuid,
    p_payload jsonb
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    if p_conversation_id is null then
        -- Many transactions may have the same news of a business: none of them waits to say it again.
        insert into public.notifications (business_id, kind, severity, payload)
        values (p_business_id, p_kind, p_severity, p_payload)
        on conflict do nothing;
    else
        insert into public.notifications as notification (business_id, kind, severity, conversation_id, payload)
        values (p_business_id, p_kind, p_severity, p_conversation_id, p_payload)
        on conflict (business_id, kind, conversation_id, booking_id) where read_at is null do update
        set
            severity = excluded.severity,
            payload = excluded.payload,
            created_at = excluded.created_at;
    end if;
end
$$;

comment on function private.notify(uuid, text, text, uuid, jsonb) is
    'Tells the owner, about a business or one of its conversations.';

create function private.tg_conversations__notify_hand_off()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform private.notify(
        new.business_id,
        'hand_off',
        -- Life, health or a house may hang on it: nothing stands above.
        case when new.handoff_reason = 'emergency' then 'critical' else 'warning' end,
        new.id,
        jsonb_build_object('reason', new.handoff_reason, 'summary', new.handoff_summary)
    );
    return null;
end
$$;

comment on function private.tg_conversations__notify_hand_off() is
    'Tells the owner that the desk handed a conversation over; whoever takes one over knows already.';

create trigger _600_notify_hand_off
    after update of mode on public.conversations
    for each row
    when (old.mode = 'ai' and new.mode = 'human' and new.handoff_reason is not null)
    execute function private.tg_conversations__notify_hand_off();

create trigger _900_broadcast
    after insert or update on public.notifications
    for each row execute function private.tg__broadcast();
