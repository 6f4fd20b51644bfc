-- The history of a booking: every change leaves an event that says what became of what, and by whose hand.

create table public.booking_events (
    id bigint generated always as identity primary key,
    business_id uuid not null references public.businesses on delete cascade,
    booking_id uuid not null,
    event text not null,
    before jsonb not null default '{}',
    after jsonb not null,
    actor_id uuid,
    at timestamptz not null default now(),
    constraint booking_events_booking_is_ours
        foreign key (business_id, booking_id)
        references public.bookings (business_id, id) on delete cascade,
    constraint booking_events_event_is_known
        check (event in ('created', 'confirmed', 'cancelled', 'moved', 'changed'))
);

create index booking_events_booking_idx on public.booking_events (business_id, booking_id, id);

alter table public.booking_events enable row level security;

create policy members_see_booking_events on public.booking_events
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.booking_events from anon, authenticated, service_role;
grant select on public.booking_events to authenticated, service_role;

comment on table public.booking_events is 'The history of a booking; written by trigger, changed by nobody.';
comment on column public.booking_events.id is 'Key, in order of happening.';
comment on column public.booking_events.business_id is 'Tenant key.';
comment on column public.booking_events.booking_id is 'The booking.';
comment on column public.booking_events.event is 'created, confirmed, cancelled, moved or changed.';
comment on column public.booking_events.before is 'The changed columns as they were.';
comment on column public.booking_events.after is 'The changed columns as they are; of a new booking, all of them.';
comment on column public.booking_events.actor_id is 'The signed-in person; null when it was the customer or the desk.';
comment on column public.booking_events.at is 'When.';

create function private.changed_columns(p_before jsonb, p_after jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_object_agg(field.key, field.value), '{}')
        from jsonb_each(p_after) as field
        where field.value is distinct from p_before -> field.key
            and field.key not in ('updated_at', 'created_at')
    );
end
$$;

comment on function private.changed_columns(jsonb, jsonb) is
    'The fields of the second row that differ from the first, without the time stamps.';

create function private.tg_bookings__record_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_before jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
    v_after jsonb := private.changed_columns(v_before, to_jsonb(new));
begin
    if v_after = '{}' then
        return null;
    end if;
    insert into public.booking_events (business_id, booking_id, event, before, after, actor_id)
    values (
        new.business_id,
        new.id,
        case
            when tg_op = 'INSERT' then 'created'
            when new.status is distinct from old.status then new.status
            when v_after ?| array['starts_at', 'ends_at', 'instructor_id'] then 'moved'
            else 'changed'
        end,
        private.changed_columns(to_jsonb(new), v_before),
        v_after,
        auth.uid()
    );
    return null;
end
$$;

comment on function private.tg_bookings__record_event() is 'Writes the history of a booking.';

create trigger _800_record_event
    after insert or update on public.bookings
    for each row execute function private.tg_bookings__record_event();
