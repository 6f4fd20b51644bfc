-- The way back from a person to the desk: the owner says so (conversations.mode), or nobody has written for the
-- time the business has set. Emergencies stay with a person until that person lets go.

alter table public.businesses
    add column ai_returns_after_min integer,
    add constraint businesses_ai_returns_in_time check (ai_returns_after_min between 5 and 43200);

comment on column public.businesses.ai_returns_after_min is
    'Minutes without a message after which the desk answers again in a conversation that a person has taken; null: only when the owner says so.';

-- What the concierge is like and when it comes back is the business's to decide, under its policy for updates.
grant update (settings, ai_returns_after_min) on public.businesses to authenticated;

create index conversations_with_a_person_idx on public.conversations (business_id, last_message_at)
    where mode = 'human';

create function private.return_to_the_desk()
returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_returned integer;
begin
    update public.conversations as conversation
    set mode = 'ai'
    where conversation.id in (
        select idle.id
        from public.businesses as business
        join public.conversations as idle on idle.business_id = business.id
        where business.ai_returns_after_min is not null
            and idle.mode = 'human'
            and idle.handoff_reason is distinct from 'emergency'
            and greatest(idle.last_message_at, idle.handed_over_at)
                < now() - make_interval(mins => business.ai_returns_after_min)
        order by idle.id
        limit 500
        for no key update of idle skip locked
    );
    get diagnostics v_returned = row_count;
    return v_returned;
end
$$;

comment on function private.return_to_the_desk() is
    'Gives conversations back to the desk where nobody has written for the time set. Runs every minute; what was said meanwhile stays the person''s.';

select cron.schedule('frostdesk-return', '* * * * *', 'select private.return_to_the_desk()');
