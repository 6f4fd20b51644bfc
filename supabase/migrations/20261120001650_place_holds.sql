-- Places in a group session that are held for a conversation. They expire as held time does, and block nobody
-- after that.

create table public.place_holds (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    session_id uuid not null,
    conversation_id uuid not null,
    proposal_id uuid,
    places integer not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint place_holds_session_is_ours
        foreign key (business_id, session_id)
        references public.sessions (business_id, id) on delete cascade,
    constraint place_holds_conversation_is_ours
        foreign key (business_id, conversation_id)
        references public.conversations (business_id, id) on delete cascade,
    constraint place_holds_proposal_is_ours
        foreign key (business_id, proposal_id)
        references public.proposals (business_id, id) on delete cascade,
    constraint place_holds_are_of_some_places check (places between 1 and 100)
);

create index place_holds_session_idx on public.place_holds (business_id, session_id);
create index place_holds_conversation_idx on public.place_holds (business_id, conversation_id);
create index place_holds_proposal_idx on public.place_holds (business_id, proposal_id)
    where proposal_id is not null;
create index place_holds_expiry_idx on public.place_holds (business_id, expires_at);

alter table public.place_holds enable row level security;

create policy members_see_place_holds on public.place_holds
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.place_holds from anon, authenticated, service_role;
grant select on public.place_holds to authenticated, service_role;

comment on table public.place_holds is 'Places in a group session that are held for a conversation.';
comment on column public.place_holds.id is 'Key.';
comment on column public.place_holds.business_id is 'Tenant key.';
comment on column public.place_holds.session_id is 'Where.';
comment on column public.place_holds.conversation_id is 'For whom.';
comment on column public.place_holds.proposal_id is 'The proposal they are held for; null while they are only offered.';
comment on column public.place_holds.places is 'How many.';
comment on column public.place_holds.expires_at is 'When the hold ends by itself.';
comment on column public.place_holds.created_at is 'When they were held.';
