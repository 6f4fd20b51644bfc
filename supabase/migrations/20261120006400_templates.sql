-- The 24-hour window, and what can be said outside it. WhatsApp takes free words only within a day of the
-- customer's last message; later it takes a template that Meta approved before, filled with particulars. A
-- message carries those particulars beside its words: {template: {purpose, language?, parameters: {name: text}}}.

alter table public.conversations add column window_until timestamptz;

alter table public.messages add column template_name text;

create table public.templates (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    channel_id uuid not null,
    purpose text not null,
    language text not null,
    name text not null,
    parameters text[] not null default '{}',
    status text not null default 'approved',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint templates_channel_is_ours
        foreign key (business_id, channel_id)
        references public.channels (business_id, id) on delete cascade,
    constraint templates_serve_a_purpose_once unique (channel_id, purpose, language),
    constraint templates_purpose_reads_as_a_name check (purpose ~ '^[a-z]+(_[a-z]+)*$'),
    constraint templates_language_is_metas check (language ~ '^[a-z]{2,3}(_[A-Z]{2})?$'),
    constraint templates_name_is_metas check (name ~ '^[a-z0-9_]+$' and length(name) <= 512),
    constraint templates_status_is_known check (status in ('approved', 'paused', 'rejected'))
);

create index templates_channel_idx on public.templates (business_id, channel_id);

alter table public.templates enable row level security;

create policy members_see_templates on public.templates
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy managers_add_templates on public.templates
    for insert to authenticated
    with check (business_id = any (array(select private.businesses_i_manage())));

create policy managers_change_templates on public.templates
    for update to authenticated
    using (business_id = any (array(select private.businesses_i_manage())))
    with check (business_id = any (array(select private.businesses_i_manage())));

revoke all on public.templates from anon, authenticated, service_role;
grant select on public.templates to authenticated, service_role;
grant insert (business_id, channel_id, purpose, language, name, parameters, status) on public.templates to authenticated;
grant update (name, parameters, status) on public.templates to authenticated;

comment on column public.conversations.window_until is
    'Until when free words may be sent: a day after the customer last wrote, or less when the provider says so.';
comment on column public.messages.template_name is 'The template it was sent as; null: in its own words.';
comment on table public.templates is 'What a channel may say outside the 24-hour window, by purpose and language.';
comment on column public.templates.id is 'Key.';
comment on column public.templates.business_id is 'Tenant key.';
comment on column public.templates.channel_id is 'The channel whose provider approved it.';
comment on column public.templates.purpose is 'What it is for: booking_confirmed, booking_cancelled, message_waiting.';
comment on column public.templates.language is 'The provider''s code of its language: en, pt_BR.';
comment on column public.templates.name is 'The provider''s name of it.';
comment on column public.templates.parameters is 'The particulars it takes, by name, in order of its placeholders.';
comment on column public.templates.status is 'approved; or paused or rejected by the provider, or by a person.';
comment on column public.templates.created_at is 'When the row was made.';
comment on column public.templates.updated_at is 'When the row last changed.';

create trigger _100_timestamps
    before update on public.templates
    for each row execute function private.tg__timestamps();

create trigger _800_record_audit
    after insert or update or delete on public.templates
    for each row execute function private.tg__record_audit();

create function private.window_is_open(p_conversation public.conversations, p_channel public.channels)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    return p_channel.kind not in ('whatsapp', 'instagram', 'messenger')
        or coalesce(p_conversation.window_until > now(), false);
end
$$;

comment on function private.window_is_open(public.conversations, public.channels) is
    'True when free words may be sent to the customer now.';

create function private.as_template(p_message public.messages, p_conversation public.conversations)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
    v_wanted jsonb := p_message.content -> 'template';
    v_language text := left(coalesce(v_wanted ->> 'language', p_conversation.language), 2);
begin
    return (
        select jsonb_build_object(
            'type', 'template',
            'name', template.name,
            'language', template.language,
            'parameters', (
                select coalesce(jsonb_agg(v_wanted -> 'parameters' ->> given.name order by given.place), '[]')
                from unnest(template.parameters) with ordinality as given (name, place)
            )
        )
        from public.templates as template
        join public.businesses as business on business.id = template.business_id
        where template.business_id = p_message.business_id
            and template.channel_id = p_message.channel_id
            and template.purpose = v_wanted ->> 'purpose'
            and template.status = 'approved'
            -- The provider refuses a template with a gap in it.
            and not exists (
                select
                from unnest(template.parameters) as given (name)
                where coalesce(trim(v_wanted -> 'parameters' ->> given.name), '') = ''
            )
        order by
            left(template.language, 2) is not distinct from v_language desc,
            left(template.language, 2) = left(business.locale, 2) desc,
            template.language
        limit 1
    );
end
$$;

comment on function private.as_template(public.messages, public.conversations) is
    'What a message looks like outside the window: an approved template of its purpose, filled; null when none fits.';

create function private.tell_failure(p_message public.messages, p_code text, p_alert boolean)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_about jsonb := jsonb_strip_nulls(
        jsonb_build_object(
            'message_id', p_message.id,
            'code', p_code,
            'purpose', p_message.content -> 'template' -> 'purpose',
            'template', p_message.template_name
        )
    );
begin
    if p_alert then
        perform private.notify(
            p_message.business_id, 'channel_needs_attention', 'critical', null,
            jsonb_build_object('channel_id', p_message.channel_id, 'code', p_code)
        );
    elsif p_message.template_name is not null and p_code ~ '^132[0-9]{3}$' then
        -- 132015: paused by Meta for its quality; 132016: disabled for good.
        update public.templates as template
        set status = case p_code when '132015' then 'paused' else 'rejected' end
        where template.business_id = p_message.business_id
            and template.channel_id = p_message.channel_id
            and template.name = p_message.template_name
            and p_code in ('132015', '132016');
        perform private.notify(
            p_message.business_id, 'template_failed', 'warning', p_message.conversation_id, v_about
        );
    elsif p_code in ('131047', 'window_closed') and p_message.content ? 'template' then
        perform private.notify(
            p_message.business_id, 'template_missing', 'warning', p_message.conversation_id, v_about
        );
    elsif p_code in ('131047', 'window_closed') then
        perform private.notify(
            p_message.business_id, 'window_closed', 'warning', p_message.conversation_id, v_about
        );
    end if;
end
$$;

comment on function private.tell_failure(public.messages, text, boolean) is
    'Tells the owner of a failure that somebody can do something about: the channel, a template, the window.';

create function private.fail_outside_window(p_job private.jobs, p_message public.messages)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    update public.messages as message
    set
        status = 'failed',
        status_at = now(),
        error_code = 'window_closed',
        error_detail = 'The customer last wrote more than 24 hours ago, and no approved template fits.',
        send_started_at = null
    where message.id = p_message.id;
    delete from private.jobs as job where job.id = p_job.id;
    perform private.tell_failure(p_message, 'window_closed', false);
end
$$;

comment on function private.fail_outside_window(private.jobs, public.messages) is
    'Fails a message that the provider would refuse anyway, where the owner sees it.';

create function private.close_window(p_message public.messages)
returns public.conversations
language plpgsql
volatile
set search_path = ''
as $$
declare
    v_conversation public.conversations;
begin
    update public.conversations as conversation
    set window_until = least(conversation.window_until, now())
    where conversation.business_id = p_message.business_id
        and conversation.id = p_message.conversation_id
    returning *
    into strict v_conversation;
    return v_conversation;
end
$$;

comment on function private.close_window(public.messages) is 'The provider says that the window is closed, and it knows best.';
