-- A customer who taps a button of ours has seen it, whatever the provider's answer to the send was.

create function private.tg_messages__prove_by_tap()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    v_shown public.messages;
begin
    select message.*
    into v_shown
    from public.proposals as proposal
    join public.messages as message
        on message.business_id = proposal.business_id
        and message.id = proposal.message_id
    where proposal.business_id = new.business_id
        and proposal.conversation_id = new.conversation_id
        and proposal.id = private.uuid_or_null(split_part(new.content ->> 'id', ':', 2))
        and message.status in ('queued', 'sending');
    if not found then
        return null;
    end if;
    update public.messages as message
    set
        status = 'accepted',
        status_at = now(),
        send_started_at = null
    where message.id = v_shown.id
        and message.status in ('queued', 'sending');
    perform private.free_lane(v_shown);
    return null;
end
$$;

comment on function private.tg_messages__prove_by_tap() is
    'Settles a send whose end nobody knew: it is not repeated, and what it asked was asked.';

create trigger _500_prove_by_tap
    after insert on public.messages
    for each row
    when (
        new.role = 'user'
        and new.content ->> 'type' = 'choice'
        and split_part(new.content ->> 'id', ':', 1) in ('yes', 'no')
    )
    execute function private.tg_messages__prove_by_tap();
