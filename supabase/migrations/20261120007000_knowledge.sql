-- What a business has written down for its customers: questions and answers that every brain may use.

create table public.knowledge (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    question text not null,
    answer text not null,
    language text,
    position integer not null default 0,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint knowledge_question_is_asked check (length(trim(question)) between 1 and 300),
    constraint knowledge_answer_is_short check (length(trim(answer)) between 1 and 1000),
    constraint knowledge_language_is_bcp47 check (language ~ '^[a-z]{2}(-[A-Z]{2})?$')
);

create index knowledge_business_idx on public.knowledge (business_id, position);

alter table public.knowledge enable row level security;

create policy members_see_knowledge on public.knowledge
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy managers_add_knowledge on public.knowledge
    for insert to authenticated
    with check (business_id = any (array(select private.businesses_i_manage())));

create policy managers_change_knowledge on public.knowledge
    for update to authenticated
    using (business_id = any (array(select private.businesses_i_manage())))
    with check (business_id = any (array(select private.businesses_i_manage())));

revoke all on public.knowledge from anon, authenticated, service_role;
grant select on public.knowledge to authenticated;
grant insert (business_id, question, answer, language, position) on public.knowledge to authenticated;
grant update (question, answer, language, position, active) on public.knowledge to authenticated;
grant select on public.knowledge to service_role;

comment on table public.knowledge is 'Questions of customers and the business''s own answers.';
comment on column public.knowledge.id is 'Key.';
comment on column public.knowledge.business_id is 'Tenant key.';
comment on column public.knowledge.question is 'What customers ask, in the words they use.';
comment on column public.knowledge.answer is 'What they are told.';
comment on column public.knowledge.language is 'Language (BCP 47) both are written in; null when it does not matter.';
comment on column public.knowledge.position is 'Order: the first ones are told to a model first.';
comment on column public.knowledge.active is 'False: not told to anybody any more.';
comment on column public.knowledge.created_at is 'When the row was made.';
comment on column public.knowledge.updated_at is 'When the row last changed.';
create function private.context_knowledge(p_business_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select coalesce(
            jsonb_agg(
                jsonb_build_object('question', told.question, 'answer', told.answer, 'language', told.language)
                order by told.position, told.created_at
            ),
            '[]'
        )
        from (
            -- A model reads all of it in every turn: a business that writes more pays in tokens and attention.
            select *
            from public.knowledge as knowledge
            where knowledge.business_id = p_business_id
                and knowledge.active
            order by knowledge.position, knowledge.created_at
            limit 40
        ) as told
    );
end
$$;

comment on function private.context_knowledge(uuid) is 'What a business has written down, as the concierge sees it.';

create trigger _100_timestamps
    before update on public.knowledge
    for each row execute function private.tg__timestamps();
