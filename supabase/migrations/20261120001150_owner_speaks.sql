-- Promise 6: the AI never talks over a person. Whoever of the business writes into a conversation has it.

create function private.tg_messages__take_over()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- A change of mode makes whatever the AI composed before stale: it is not committed, or not sent.
    update public.conversations as conversation
    set mode = 'human'
    where conversation.business_id = new.business_id
        and conversation.id = new.conversation_id
        and conversation.mode = 'ai';
    return null;
end
$$;

comment on function private.tg_messages__take_over() is
    'Hands a conversation to the person who writes into it.';

create trigger _600_take_over
    after insert on public.messages
    for each row
    when (new.role = 'owner')
    execute function private.tg_messages__take_over();
