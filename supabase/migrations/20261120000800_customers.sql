-- One person, many addresses. WhatsApp may send a user id without a phone number (a username) or, from old
-- webhooks, a phone number without a user id; both lead to the same customer once they have come together.

create table public.customers (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    name text,
    language text,
    phone text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customers_are_of_one_business unique (business_id, id),
    constraint customers_name_is_short check (length(name) between 1 and 200),
    constraint customers_language_is_bcp47 check (language ~ '^[a-z]{2}(-[A-Z]{2})?$'),
    constraint customers_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{4,14}$')
);

create index customers_phone_idx on public.customers (business_id, phone);

create table public.customer_identities (
    id uuid primary key default gen_random_uuid(),
    business_id uuid not null references public.businesses on delete cascade,
    customer_id uuid not null,
    channel_kind text not null,
    identity_kind text not null,
    value text not null,
    created_at timestamptz not null default now(),
    constraint customer_identities_customer_is_ours
        foreign key (business_id, customer_id)
        references public.customers (business_id, id) on delete cascade,
    constraint customer_identities_name_one_customer
        unique (business_id, channel_kind, identity_kind, value),
    constraint customer_identities_kind_is_known check (identity_kind in ('user_id', 'phone')),
    constraint customer_identities_value_is_said check (length(value) between 1 and 200),
    constraint customer_identities_phone_is_e164
        check (identity_kind <> 'phone' or value ~ '^\+[1-9][0-9]{4,14}$')
);

create index customer_identities_customer_idx
    on public.customer_identities (business_id, customer_id, channel_kind);

alter table public.customers enable row level security;
alter table public.customer_identities enable row level security;

create policy members_see_customers on public.customers
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

create policy members_see_customer_identities on public.customer_identities
    for select to authenticated
    using (business_id = any (array(select private.my_businesses())));

revoke all on public.customers, public.customer_identities from anon, authenticated, service_role;
grant select on public.customers, public.customer_identities to authenticated, service_role;

comment on table public.customers is 'A person who writes to a business.';
comment on column public.customers.id is 'Key.';
comment on column public.customers.business_id is 'Tenant key.';
comment on column public.customers.name is 'The name they gave, or their profile''s.';
comment on column public.customers.language is 'Language (BCP 47) they write in, once known.';
comment on column public.customers.phone is 'E.164 phone number, once known.';
comment on column public.customers.created_at is 'When they first wrote.';
comment on column public.customers.updated_at is 'When the row last changed.';
comment on table public.customer_identities is 'An address of a customer on a kind of channel.';
comment on column public.customer_identities.id is 'Key.';
comment on column public.customer_identities.business_id is 'Tenant key.';
comment on column public.customer_identities.customer_id is 'Whose address it is.';
comment on column public.customer_identities.channel_kind is 'The kind of channel it is an address on.';
comment on column public.customer_identities.identity_kind is 'user_id (the provider''s) or phone (E.164).';
comment on column public.customer_identities.value is 'The address, unmodified.';
comment on column public.customer_identities.created_at is 'When it was learned; the newest is written to.';

create trigger _100_timestamps
    before update on public.customers
    for each row execute function private.tg__timestamps();
