-- An address at which a business is written to: a WhatsApp number, later others. The token that sends through
-- it lies in Vault; here is only the secret's id, and no API role may read even that.

create table public.channels (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    kind text not null,
    external_id text not null,
    display_address text not null default '',
    access_token_secret_id uuid,
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint channels_are_of_one_business unique (business_id, id),
    constraint channels_account_is_answered_once unique (kind, external_id),
    constraint channels_kind_is_known check (kind in ('whatsapp', 'instagram', 'messenger', 'sms', 'web', 'phone')),
    constraint channels_external_id_is_said check (length(external_id) between 1 and 200)
);

alter table public.channels enable row level security;

create policy members_see_channels on public.channels
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.channels from anon, authenticated, service_role;
grant select (id, business_id, kind, external_id, display_address, active, created_at, updated_at)
    on public.channels to authenticated, service_role;

comment on table public.channels is 'An address at which a business is written to.';
comment on column public.channels.id is 'Key.';
comment on column public.channels.business_id is 'Tenant key.';
comment on column public.channels.kind is 'whatsapp, instagram, messenger, sms, web or phone.';
comment on column public.channels.external_id is 'The provider''s id of the address; WhatsApp''s phone_number_id.';
comment on column public.channels.display_address is 'The address as people write it.';
comment on column public.channels.access_token_secret_id is 'Vault id of the token that sends through it; granted to nobody.';
comment on column public.channels.active is 'False: what arrives is kept aside and nothing is sent.';
comment on column public.channels.created_at is 'When the row was made.';
comment on column public.channels.updated_at is 'When the row last changed.';

create function private.channel_token(p_secret_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
    return (
        select secret.decrypted_secret
        from vault.decrypted_secrets as secret
        where secret.id = p_secret_id
    );
end
$$;

comment on function private.channel_token(uuid) is 'The token behind a channel''s secret id, or null.';

create trigger _100_timestamps
    before update on public.channels
    for each row execute function private.tg__timestamps();
