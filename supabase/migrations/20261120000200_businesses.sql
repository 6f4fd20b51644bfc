-- A business is the tenant. Every other row carries its id, and every foreign key between tenant tables
-- carries it too, so that no row can point into another tenant.

create table public.businesses (
    id uuid primary key default gen_random_uuid(),
    slug text not null,
    name text not null,
    time_zone text not null,
    currency text not null,
    locale text not null default 'en',
    country text not null,
    quiet_ms integer not null default 2000,
    offer_hold_min integer not null default 10,
    proposal_hold_min integer not null default 30,
    meeting_point text,
    settings jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint businesses_slug_is_unique unique (slug),
    constraint businesses_slug_reads_as_a_name check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 63),
    constraint businesses_name_is_said check (length(trim(name)) between 1 and 200),
    constraint businesses_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
    constraint businesses_locale_is_bcp47 check (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
    constraint businesses_country_is_iso check (country ~ '^[A-Z]{2}$'),
    constraint businesses_quiet_is_short check (quiet_ms between 0 and 60000),
    constraint businesses_offer_hold_is_sane check (offer_hold_min between 1 and 1440),
    constraint businesses_proposal_hold_is_sane check (proposal_hold_min between 1 and 1440),
    constraint businesses_settings_is_an_object check (jsonb_typeof(settings) = 'object')
);

create function private.is_time_zone(p_name text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
    -- The pattern keeps out POSIX rules such as 'CET-1', which Postgres accepts and nobody means.
    if p_name !~ '^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+)+)$' then
        return false;
    end if;
    perform now() at time zone p_name;
    return true;
exception
    when invalid_parameter_value then
        return false;
end
$$;

alter table public.businesses
    add constraint businesses_time_zone_is_iana check (private.is_time_zone(time_zone));

alter table public.businesses enable row level security;
revoke all on public.businesses from anon, authenticated, service_role;
grant select on public.businesses to authenticated, service_role;

comment on table public.businesses is 'A tenant: one small service business.';
comment on column public.businesses.id is 'Tenant key, repeated as business_id on every row of the tenant.';
comment on column public.businesses.slug is 'Short name for links and logs.';
comment on column public.businesses.name is 'What customers know it by.';
comment on column public.businesses.time_zone is 'IANA zone in which working hours and local times are meant.';
comment on column public.businesses.currency is 'ISO 4217 code of its prices.';
comment on column public.businesses.locale is 'Language (BCP 47) used when the customer''s is unknown.';
comment on column public.businesses.country is 'ISO 3166-1 alpha-2 code.';
comment on column public.businesses.quiet_ms is 'How long a turn waits for the rest of a thought, in milliseconds.';
comment on column public.businesses.offer_hold_min is 'Minutes an offered time is held.';
comment on column public.businesses.proposal_hold_min is 'Minutes a proposed time is held, waiting for a YES.';
comment on column public.businesses.meeting_point is 'Where customers come to, as a sentence.';
comment on column public.businesses.settings is 'Personality and other settings without a column of their own.';
comment on column public.businesses.created_at is 'When the row was made.';
comment on column public.businesses.updated_at is 'When the row last changed.';
comment on function private.is_time_zone(text) is 'True for a zone of the IANA database by its full name, or UTC.';

create function private.tg_businesses__check_time_zone()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
    if not private.is_time_zone(new.time_zone) then
        raise exception 'there is no time zone %', new.time_zone using errcode = 'D0016';
    end if;
    return new;
end
$$;

comment on function private.tg_businesses__check_time_zone() is
    'Refuses an unknown zone with a house error before the check does it with a bare one.';

create trigger _100_timestamps
    before update on public.businesses
    for each row execute function private.tg__timestamps();

create trigger _200_check_time_zone
    before insert or update of time_zone on public.businesses
    for each row execute function private.tg_businesses__check_time_zone();
